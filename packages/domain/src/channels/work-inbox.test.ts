import {
  type DueDelivery,
  err,
  type InboxStore,
  type Moment,
  OrganizationId,
  ok,
  type Result,
  type UnitOfWork,
} from '../kernel/index.js';
import { OrderId } from '../orders/index.js';
import type { Channel } from './channel.js';
import { ChannelId } from './channel.js';
import type { ChannelMessage, DeliveryUnreadable, ExternalOrder, ShopReaders } from './external-order.js';
import type { ImportOrder } from './import-order.js';
import type { ShopAskRefused } from './sales-channel.port.js';
import type { ChannelStores } from './stores.port.js';
import { workInbox } from './work-inbox.js';

const now = new Date('2026-03-01T12:00:00Z');
const organizationId = OrganizationId('tenant');
const shop: Channel = {
  id: ChannelId('c1'),
  kind: 'shopify',
  name: 'Demo shop',
  shopDomain: 'demo.myshopify.com',
  status: 'connected',
  access: 'webhookSecret',
  buffer: 0,
  locations: [],
  createdAt: now,
};

const delivery = (body: string, facts: Partial<DueDelivery> = {}): DueDelivery => ({
  id: `d-${body}`,
  sourceId: shop.id,
  topic: 'orders/create',
  deliveryId: body,
  body,
  receivedAt: now,
  attempts: 1,
  ...facts,
});

/** The stores of one channel and an inbox that remembers what it was told. Nothing else is there to be touched. */
const storesOf = (due: readonly DueDelivery[]) => {
  const told: string[] = [];
  const inbox: Pick<InboxStore, 'claim' | 'done' | 'failed' | 'putOff'> = {
    claim: async (limit) => due.slice(0, limit),
    done: async (id, outcome) => {
      told.push(`${id} done: ${outcome}`);
    },
    failed: async (id, reason, retryAt) => {
      told.push(`${id} failed: ${reason}, ${retryAt ? `again at ${retryAt.toISOString().slice(11, 19)}` : 'dead'}`);
    },
    putOff: async (id, reason, until) => {
      told.push(`${id} put off: ${reason}, until ${until.toISOString().slice(11, 19)}`);
    },
  };
  const channels = { find: async (id: ChannelId) => (id === shop.id ? shop : undefined) };
  const stores = { inbox, channels, now } as unknown as ChannelStores & Moment;
  const unitOfWork: UnitOfWork<ChannelStores> = { run: (_, work) => work(stores), read: (_, work) => work(stores) };
  return { told, unitOfWork };
};

/** Reads a body as the id of an order, `unused` and `unreadable` as what they say. */
const read = (topic: string, body: string): Result<ChannelMessage, DeliveryUnreadable> => {
  if (body === 'unreadable') return err({ code: 'delivery.unreadable', path: 'line_items' });
  if (body === 'unused') return ok({ kind: 'unused', topic });
  if (body === 'farewell') return ok({ kind: 'disconnected' });
  if (topic === 'orders/edited') return ok({ kind: 'doubtful', externalId: body });
  return ok({ kind: 'order', order: { externalId: body } as ExternalOrder });
};
const readers: ShopReaders = { shopify: { verifies: () => true, read } };

const importing: ImportOrder = async (_, __, { externalId }) => {
  if (externalId === 'crash') throw new Error('with something secret in it');
  if (externalId === 'bought') return err({ code: 'order.purchase_in_progress' });
  if (externalId === 'conflict') return err({ code: 'store.conflict' });
  if (externalId === 'invalid') return err({ code: 'order.invalid', faults: [] });
  return ok({ orderId: OrderId('o1'), outcome: externalId === 'known' ? 'known' : 'placed' });
};

const asking = {
  readOrderAgain: async (_: OrganizationId, __: Channel, externalId: string) =>
    ['away', 'unauthorized', 'refused'].includes(externalId)
      ? err({ code: `shop.${externalId === 'away' ? 'unavailable' : externalId}` } as ShopAskRefused)
      : ok({ orderId: null, outcome: 'notThere' } as const),
  hearFarewell: async () => ok('parted'),
  eraseShop: async () => ok('forgotten'),
  beginShowing: async () => undefined,
};

const workedOff = async (...due: readonly DueDelivery[]): Promise<readonly string[]> => {
  const { told, unitOfWork } = storesOf(due);
  expect(await workInbox({ unitOfWork, readers, importOrder: importing, ...asking })(organizationId)).toBe(due.length);
  return told;
};

it.each([
  ['an order is placed', '1001', 'd-1001 done: placed'],
  ['one that is here already is left alone', 'known', 'd-known done: known'],
  ['what we have no use for is kept and left alone', 'unused', 'd-unused done: unused'],
  ['what cannot be read is a dead letter at once', 'unreadable', 'd-unreadable failed: delivery.unreadable, dead'],
  ['an order that can never be placed is a dead letter at once', 'invalid', 'd-invalid failed: order.invalid, dead'],
  ['what was in somebody’s way is tried again', 'conflict', 'd-conflict failed: store.conflict, again at 12:00:02'],
  [
    'a fault of ours is tried again, and its words are kept nowhere',
    'crash',
    'd-crash failed: delivery.failed, again at 12:00:02',
  ],
])('%s', async (_, body, outcome) => {
  expect(await workedOff(delivery(body))).toEqual([outcome]);
});

it('never lets one delivery hold up the next', async () => {
  const told = await workedOff(
    delivery('crash'),
    delivery('unreadable'),
    delivery('1001'),
    delivery('conflict'),
    delivery('1002'),
  );
  expect(told.filter((line) => line.endsWith('placed'))).toEqual(['d-1001 done: placed', 'd-1002 done: placed']);
});

it('waits longer after each attempt, and gives up in the end', async () => {
  const told = await workedOff(...[2, 5, 12].map((attempts) => delivery('conflict', { attempts })));
  expect(told.map((line) => line.split(', ')[1])).toEqual(['again at 12:00:04', 'again at 12:00:32', 'dead']);
});

it('waits for the end of a purchase as long again as it has waited, an hour at most, and never gives up', async () => {
  const hoursAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
  const told = await workedOff(
    delivery('bought'),
    ...[0.25, 1, 23, 100].map((hours) => delivery('bought', { attempts: 12, receivedAt: hoursAgo(hours) })),
  );
  const until = ['12:00:02', '12:15:00', '13:00:00', '13:00:00', '13:00:00'];
  expect(told).toEqual(until.map((at) => `d-bought put off: order.purchase_in_progress, until ${at}`));
});

it.each([
  ['what nobody has is done', 'gone', 'd-gone done: notThere'],
  ['a shop that is away is asked again later', 'away', 'd-away put off: shop.unavailable, until 12:00:02'],
  ['one that does not know us, too', 'unauthorized', 'd-unauthorized put off: shop.unauthorized, until 12:00:02'],
  ['what the shop refuses to tell is a dead letter at once', 'refused', 'd-refused failed: shop.refused, dead'],
])('of an order that is to be asked for %s', async (_, body, outcome) => {
  expect(await workedOff(delivery(body, { topic: 'orders/edited' }))).toEqual([outcome]);
  expect(await workedOff(delivery(body, { topic: 'rappit/read-again' }))).toEqual([outcome]);
});

it('gives up a shop that has been away for days', async () => {
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
  const told = await workedOff(
    ...[2.9, 3].map((days) => delivery('away', { topic: 'orders/edited', attempts: 12, receivedAt: daysAgo(days) })),
  );
  expect(told).toEqual(['d-away put off: shop.unavailable, until 13:00:00', 'd-away failed: shop.unavailable, dead']);
});

it('hears that a shop takes our access away', async () => {
  expect(await workedOff(delivery('farewell'))).toEqual(['d-farewell done: parted']);
});

it('asks a billing provider that is away again for as long as it takes, and gives up what it refuses', async () => {
  const due = [
    delivery('away', { sourceId: 'billing:events', attempts: 12, receivedAt: new Date(now.getTime() - 90_000_000) }),
    delivery('refused', { sourceId: 'billing:events', attempts: 12 }),
  ];
  const { told, unitOfWork } = storesOf(due);
  const others = {
    billing: async (_: OrganizationId, { body }: DueDelivery) =>
      err({ code: body === 'away' ? 'billing.unavailable' : 'billing.refused' }),
  };
  await workInbox({ unitOfWork, readers, importOrder: importing, ...asking, others })(organizationId);
  expect(told).toEqual(['d-away put off: billing.unavailable, until 13:00:00', 'd-refused failed: billing.refused, dead']);
});

it.each(['gone', 'elsewhere:gone'])('keeps what came from %s, which nobody knows, as a dead letter', async (sourceId) => {
  expect(await workedOff(delivery('1001', { sourceId }))).toEqual(['d-1001 failed: channel.not_found, dead']);
});

it('takes up nothing when nothing is due', async () => {
  expect(await workedOff()).toEqual([]);
});
