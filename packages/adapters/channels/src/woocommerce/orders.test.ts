import type { ChangedOrders } from '@rappit/domain';
import { simulatedOrder, type WooWorld, wooWorld } from './woo-world.test-kit.js';

let world: WooWorld;
beforeEach(async () => {
  world = await wooWorld();
});
afterEach(() => world.close());

const page = async (cursor: string | null): Promise<ChangedOrders> => {
  const read = await world.channel.ordersSince(cursor);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};
const idsOf = ({ orders }: ChangedOrders): readonly string[] => orders.map(({ externalId }) => externalId);
const put = (...ids: readonly number[]): void => {
  for (const id of ids) world.shop.putOrder(simulatedOrder(String(id), world.tick()));
};
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('reading changed orders', () => {
  it('goes through all of them, and says how many are to come', async () => {
    put(...upTo(120));
    const ids = new Set<string>();
    const remaining: (number | null)[] = [];
    let cursor: string | null = null;
    for (let more = true; more; ) {
      const read: ChangedOrders = await page(cursor);
      for (const id of idsOf(read)) ids.add(id);
      remaining.push(read.remaining);
      ({ cursor, more } = read);
    }
    expect(ids.size).toBe(120);
    expect(remaining).toEqual([70, 25, 0]);
  });

  it('misses none when some are deleted between two pages', async () => {
    put(...upTo(60));
    const first = await page(null);
    for (const id of ['1', '2', '3']) world.shop.deleteOrder(id);
    const second = await page(first.cursor);
    const seen = new Set([...idsOf(first), ...idsOf(second)]);
    expect(upTo(60).filter((id) => !seen.has(String(id)))).toEqual([]);
  });

  it('misses none that changes while it is under way', async () => {
    put(...upTo(60));
    const first = await page(null);
    world.shop.changeOrder('7', { status: 'completed', modifiedAt: world.tick() });
    const second = await page(first.cursor);
    const third = await page(second.cursor);
    expect(third.orders.find(({ externalId }) => externalId === '7')).toMatchObject({ statuses: { order: 'completed' } });
  });

  it('reads what changed shortly before once more, and nothing that is older', async () => {
    put(1);
    for (let second = 0; second < 400; second += 1) world.tick();
    put(2);
    const { cursor } = await page(null);
    put(3);
    expect(idsOf(await page(cursor))).toEqual(['2', '3']);
  });

  it('is not led astray by an order that changed in the future', async () => {
    put(1);
    world.shop.putOrder(simulatedOrder('2', new Date(Date.UTC(2030, 0, 1))));
    const { cursor } = await page(null);
    put(3);
    expect(idsOf(await page(cursor))).toContain('3');
  });

  it('leaves out what is not sold, and says of an order that is not that it isn’t there', async () => {
    for (const [id, status] of [
      ['1', 'pending'],
      ['2', 'failed'],
      ['3', 'trash'],
      ['4', 'on-hold'],
    ] as const)
      world.shop.putOrder(simulatedOrder(id, world.tick(), { status }));
    expect(idsOf(await page(null))).toEqual(['4']);
    expect(await world.channel.orderById('1')).toEqual({ ok: true, value: null });
    expect(await world.channel.orderById('no id')).toEqual({ ok: true, value: null });
  });

  it('begins anew from a cursor that is none', async () => {
    put(1);
    expect(idsOf(await page('{"offset":-1}'))).toEqual(['1']);
  });
});

describe('a refund', () => {
  it('gives up the units that it was of, wherever the order is read', async () => {
    put(1);
    world.tick();
    world.shop.refund('1', [{ lineId: '12', quantity: 1 }]);
    world.shop.refund('1', [{ lineId: '12', quantity: 1 }]);
    const refunded = {
      refundedMinor: 2_000,
      paymentStatus: 'partiallyRefunded',
      lines: [{ cancelled: 0 }, { quantity: 2, cancelled: 2, shipped: 0 }],
    };
    expect(await world.channel.orderById('1')).toMatchObject({ ok: true, value: refunded });
    expect((await page(null)).orders).toMatchObject([refunded]);
  });

  it('of an order that was sent gives up nothing: the units had left', async () => {
    put(1);
    world.shop.completeOrder('1');
    world.shop.refund('1', [{ lineId: '12', quantity: 1 }]);
    expect(await world.channel.orderById('1')).toMatchObject({
      value: { lines: [{ shipped: 1 }, { shipped: 2, cancelled: 0 }] },
    });
  });

  it('may be of money alone', async () => {
    put(1);
    world.shop.changeOrder('1', { refunds: [{ id: '9', totalMinor: 500, lines: [] }] });
    expect(await world.channel.orderById('1')).toMatchObject({
      value: { refundedMinor: 500, lines: [{ cancelled: 0 }, { cancelled: 0 }] },
    });
  });
});
