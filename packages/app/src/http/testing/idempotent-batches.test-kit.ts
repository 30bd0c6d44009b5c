import { type ProblemShape, read, refusalIn } from './client.test-kit.js';
import { order, wasReplayed } from './replayed.test-kit.js';
import { openScene, type Scene } from './scene.test-kit.js';
import type { World } from './world.test-kit.js';

type BatchShape = {
  readonly placed: number;
  readonly data: readonly {
    readonly status: number;
    readonly order?: { readonly id: string };
    readonly problem?: ProblemShape;
  }[];
};

/** Orders in batches, each with an answer of its own. */
export const inBatches = (world: () => World, scene: () => Scene): void => {
  it('answers each order of a batch by itself, one bad one never failing its neighbours', async () => {
    const { acts, sku } = await openScene(world());
    const orders = [order(sku), order(sku, 100_000), order(sku, 0), order('NOT-THERE'), { currency: 'EUR' }, order(sku)];
    const answer = await acts.post('/orders/batch', { orders });
    expect(answer.status).toBe(200);
    const { data, placed } = read<BatchShape>(answer);
    expect(placed).toBe(2);
    expect(data.map(({ status, problem }) => [status, problem?.code])).toEqual([
      [201, undefined],
      [409, 'order.insufficient_stock'],
      [400, 'request.invalid'],
      [422, 'order.unknown_sku'],
      [400, 'request.invalid'],
      [201, undefined],
    ]);
    expect(data[2]?.problem?.errors).toEqual([{ path: 'lines[0].quantity', message: 'must be at least 1' }]);
    expect(await acts.orders()).toHaveLength(5);
  });

  it.each([
    [{ orders: [] }, 'orders'],
    [{ orders: 'all' }, 'orders'],
    [{}, 'orders'],
    [{ orders: [order('A')], dryRun: true }, 'dryRun'],
    [{ orders: Array.from({ length: 101 }, () => order('A')) }, 'orders'],
  ])('refuses what is no batch at all (%#)', async (json, path) => {
    const answer = await scene().acts.post('/orders/batch', json);
    expect(answer.status).toBe(400);
    expect(refusalIn(answer).paths).toContain(path);
  });

  it('gives each order of a repeated batch its first answer, and another order in its place a refusal', async () => {
    const { acts, sku } = await openScene(world());
    const orders = [order(sku), order(sku, 100_000), order(sku, 2)];
    const first = await acts.post('/orders/batch', { orders }, 'batch');
    const second = await acts.post('/orders/batch', { orders }, 'batch');
    expect([second.text, wasReplayed(first), wasReplayed(second)]).toEqual([first.text, false, true]);
    const changed = read<BatchShape>(
      await acts.post('/orders/batch', { orders: [order(sku), order(sku, 3), order(sku, 2), order(sku)] }, 'batch'),
    );
    expect(changed.data.map(({ status, problem }) => problem?.code ?? status)).toEqual([201, 'idempotency.key_reused', 201, 201]);
    expect(await acts.orders()).toHaveLength(6);
  });
};
