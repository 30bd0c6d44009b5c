import { type Channel, evolveShipment, type Shipment } from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { draftShipment } from './shipment-stage.js';
import { fromChannel, openStage, type Stage } from './stage.js';

const LABELS = 3;

/** A shop's order of which three labels were bought, one was begun, one is cancelled and one brings nothing to the customer. */
const shippedOrder = async (world: PersistenceWorld, stage: Stage, channel: Channel) => {
  const mugs = await stage.shelve('MUG', 10);
  const order = await stage.place([exampleLine('MUG', 6)], { source: fromChannel(channel.id, '1'), onShortage: 'backorder' });
  const draft = (): Shipment => {
    const made = draftShipment(world, order, mugs);
    return { ...made, lines: made.lines.map((line) => ({ ...line, quantity: 2 })), version: 1 };
  };
  const labelled = (trackingNumber: string): Shipment => ({ ...draft(), status: 'labelled', trackingNumber });
  const bought = Array.from({ length: LABELS }, (_, index) => labelled(`NUMBER-${index}`));
  const others = [draft(), { ...labelled('CANCELLED'), status: 'cancelled' as const }];
  await stage.run(async ({ shipments }) => {
    for (const shipment of [...bought, ...others]) await shipments.save(shipment);
  });
  return { order, bought };
};

export const channelFulfilmentsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'notes the parcels that left for an order of the channel, each once, and none of another organization',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const [channel, elsewhere] = [await stage.addChannel('demo.myshopify.com'), await stage.addChannel('two.myshopify.com')];
      const { order, bought } = await shippedOrder(world, stage, channel);
      const note = (who = stage, id = channel.id) => who.run(({ channelFulfilments }) => channelFulfilments.note(id, order.id));
      expectEqual([await note(other), await note(stage, elsewhere.id)], [0, 0], 'what is noted of strange orders');
      expectEqual([await note(), await note()], [LABELS, 0], 'how many were noted, and once more');
      const listed = (who = stage, limit = 10, cursor?: string) =>
        who.read(({ channelFulfilments }) =>
          channelFulfilments.list(channel.id, { limit, ...(cursor !== undefined && { cursor }) }),
        );
      const newestFirst = [...bought].sort((a, b) => (a.id < b.id ? 1 : -1)).map(({ id }) => id);
      const first = await listed(stage, 2);
      const rest = await listed(stage, 2, first.nextCursor ?? '');
      expectEqual(
        [...first.data, ...rest.data].map(({ shipmentId }) => shipmentId),
        newestFirst,
        'the list',
      );
      expectEqual([rest.nextCursor, (await listed(other)).data], [null, []], 'what is behind it, and elsewhere');
      const known = bought.find(({ id }) => id === newestFirst[0]);
      const { dueAt, ...facts } = first.data[0] ?? { dueAt: null };
      expectEqual(
        [facts, dueAt !== null],
        [
          {
            shipmentId: known?.id,
            channelId: channel.id,
            orderId: order.id,
            carrier: 'fake',
            trackingNumber: known?.trackingNumber,
            status: 'due',
            attempts: 0,
            toldAt: null,
            problem: null,
          },
          true,
        ],
        'one of them',
      );
    },
  },
  {
    promise: 'leases one parcel at a time to one, and keeps how it went',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const channel = await stage.addChannel('demo.myshopify.com');
      const { order, bought } = await shippedOrder(world, stage, channel);
      await stage.run(({ channelFulfilments }) => channelFulfilments.note(channel.id, order.id));
      const claim = (who = stage) => who.run(({ channelFulfilments }) => channelFulfilments.claim(channel.id, 60));
      expectEqual(await claim(other), undefined, 'what another organization leases');
      const claimed = [await claim(), await claim(), await claim()];
      const ids = new Set(claimed.map((one) => one?.shipmentId));
      expectEqual(ids, new Set(bought.map(({ id }) => id)), 'what is leased, each once');
      expectEqual(await claim(), undefined, 'what is leased twice');
      const [one] = claimed;
      expectThat(one !== undefined, 'one was leased');
      const past = new Date('2026-01-05T09:00:00.000Z');
      const failed = { ...one, attempts: 2, dueAt: past, problem: 'shop.unavailable' };
      await stage.run(({ channelFulfilments }) => channelFulfilments.save(failed));
      const lock = (who = stage) => who.run(({ channelFulfilments }) => channelFulfilments.lock(one.shipmentId));
      expectEqual([await lock(), await lock(other)], [failed, undefined], 'how it went');
      expectEqual((await claim())?.shipmentId, one.shipmentId, 'what is due again');
      const told = { ...failed, status: 'told' as const, toldAt: past, problem: null };
      await stage.run(({ channelFulfilments }) => channelFulfilments.save(told));
      expectEqual([await lock(), await claim()], [told, undefined], 'what the shop knows');
    },
  },
  {
    promise: 'knows what is in a parcel, until its label is cancelled',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const channel = await stage.addChannel('demo.myshopify.com');
      const { order, bought } = await shippedOrder(world, stage, channel);
      const [parcel] = bought;
      expectThat(parcel !== undefined, 'a label was bought');
      const content = (who = stage) => who.read(({ channelFulfilments }) => channelFulfilments.content(parcel.id));
      const line = { orderLineId: order.lines[0]?.id, quantity: 2 };
      expectEqual([await content(), await content(other)], [[line], undefined], 'what is in it');
      await stage.run(async ({ shipments }) => {
        const found = await shipments.lock(parcel.id);
        if (found) await shipments.save(evolveShipment(found, { status: 'cancelled' }));
      });
      expectEqual(await content(), undefined, 'what is in one that was cancelled');
    },
  },
];
