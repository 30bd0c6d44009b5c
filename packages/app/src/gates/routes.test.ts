import { GatesClosed } from './gates.js';
import { passRoutes } from './production-gates.js';

const ours = ['/api/v1/orders', '/api/v1/channels/:id/test', '/api/v1/webhooks/shopify'];

describe('the routes of a server in production', () => {
  it('may be all of ours, also one that asks a shop whether it knows us', () => {
    expect(() => passRoutes('production', ours)).not.toThrow();
  });

  it('keep it from starting when one of them pretends to be a shop, and are told', () => {
    expect(() => passRoutes('production', [...ours, '/test/shopify/*'])).toThrow(GatesClosed);
    expect(() => passRoutes('production', [...ours, '/test/shopify/*'])).toThrow('route /test/shopify/*');
  });

  it('may pretend everywhere else', () => {
    expect(() => passRoutes('staging', [...ours, '/test/shopify/*'])).not.toThrow();
  });
});
