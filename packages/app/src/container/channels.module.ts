import { shopifyReader } from '@rappit/channels/shopify';
import { wooReader } from '@rappit/channels/woocommerce';
import { shopBreakers } from '@rappit/resilience';
import { wiring } from './provide.js';
import { shopConnections } from './shop-connections.js';
import { tokens } from './tokens.js';

/** Shops, each behind its own breaker, and how they are read and let us in. */
export const channelsModule = wiring((provide) => {
  provide(tokens.readers, [], () => ({ shopify: shopifyReader, woocommerce: wooReader }));
  provide(
    tokens.shopBreakers,
    [],
    () => shopBreakers(),
    (breakers) => breakers.close(),
  );
  provide(tokens.shopConnections, [tokens.settings, tokens.guardedFetch, tokens.shopBreakers], (settings, guard, breakers) =>
    shopConnections({ ...settings, guard, breakers }),
  );
});
