import type { MakeBackend } from './backend.test-kit.js';
import { type ProblemShape, read, refusalIn } from './client.test-kit.js';
import { type OrderShape, openScene, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

/** What the people who work with orders do to them. */
export const orderLife = (make: MakeBackend): void => {
  describe('the life of an order', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    beforeEach(async () => {
      scene = await openScene(world);
    });
    afterEach(() => world.carrier.mend());
    afterAll(() => world.close());

    const on = (path: string) => `/orders/${scene.orderId}${path}`;

    it('is stopped by a hold, told why, and goes on when it is resumed', async () => {
      const held = await scene.acts.post(on('/hold'), { reason: 'fraud', note: 'Three cards.' });
      expect(read<OrderShape>(held)).toMatchObject({ status: 'onHold', hold: 'fraud', lines: [{ reserved: 2 }] });
      const refused = await scene.acts.post(on('/ready'));
      expect(read<ProblemShape>(refused)).toMatchObject({
        code: 'order.invalid_transition',
        orderStatus: 'onHold',
        action: 'ready',
      });
      const resumed = await scene.acts.post(on('/resume'));
      expect(read<OrderShape>(resumed)).toMatchObject({ status: 'reserved', hold: null });
      const { data } = await scene.acts.get<{ data: readonly object[] }>(on('/timeline'));
      expect(data.slice(-2)).toMatchObject([
        { what: 'held', from: 'reserved', to: 'onHold', text: 'fraud: Three cards.', actor: { kind: 'user' } },
        { what: 'resumed', from: 'onHold', to: 'reserved', text: 'fraud' },
      ]);
    });

    it('is held for a known reason only', async () => {
      const refused = await scene.acts.post(on('/hold'), { reason: 'mood' });
      expect(refusalIn(refused)).toEqual({ status: 400, code: 'request.invalid', paths: ['reason'] });
      expect(await scene.acts.get(on(''))).toMatchObject({ status: 'reserved' });
    });
  });
};
