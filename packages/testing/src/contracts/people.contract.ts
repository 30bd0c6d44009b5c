import {
  addNote,
  ChannelId,
  type Concerned,
  type Delivery,
  type Order,
  type OrderId,
  type ShipmentId,
  system,
} from '@rappit/domain';
import { exampleAddress, exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { draftShipment } from './shipment-stage.js';
import { openStage, type Stage } from './stage.js';

const at = new Date('2026-01-05T09:00:00.000Z');

const customer = (number: number, email: string) => ({
  externalId: `gid://shop/Customer/${number}`,
  name: 'Mina Okafor',
  email,
  phone: null,
});

/** A channel with three orders of two people, of which one has a note and a delivery about it. */
const shopWith = async (world: PersistenceWorld) => {
  const stage = await openStage(world);
  const channelId = ChannelId(world.ids.next());
  await stage.run(({ channels }) =>
    channels.add(
      {
        id: channelId,
        kind: 'shopify',
        name: 'A shop',
        shopDomain: 'demo.myshopify.com',
        status: 'connected',
        access: 'webhookSecret',
        buffer: 0,
        locations: [],
        createdAt: at,
      },
      ['sealed'],
    ),
  );
  const mugs = await stage.shelve('MUG', 100);
  const place = (number: number, who: ReturnType<typeof customer>): Promise<Order> =>
    stage.place([exampleLine('MUG', 1)], {
      source: {
        kind: 'channel',
        channelId,
        externalId: `gid://shop/Order/70${number}`,
        externalNumber: `#${number}`,
        updatedAt: at,
      },
      customer: who,
      shippingAddress: exampleAddress,
      billingAddress: exampleAddress,
      onShortage: 'backorder',
    });
  const [first, second, other] = [
    await place(1, customer(1, 'Mina@quokka.example')),
    await place(2, customer(2, 'mina@quokka.example')),
    await place(3, customer(3, 'jo@quokka.example')),
  ];
  return { stage, channelId, mugs, first, second, other };
};

const person = (facts: Partial<Exclude<Concerned, 'everybody'>>): Concerned => ({
  externalId: null,
  email: null,
  externalOrderIds: [],
  ...facts,
});

const ordersOf = (stage: Stage, channelId: ChannelId, who: Concerned, limit = 10): Promise<readonly OrderId[]> =>
  stage.read(({ people }) => people.ordersOf(channelId, who, limit));

const delivery = (stage: Stage, sourceId: string, body: string): Delivery => ({
  id: stage.ids.next(),
  sourceId,
  topic: 'orders/create',
  deliveryId: stage.ids.next(),
  body,
  receivedAt: at,
});

/** What a delivery says when it is worked off again. */
const saidAgain = async (stage: Stage, id: string): Promise<string | undefined> => {
  await stage.run(({ inbox }) => inbox.replay(id));
  const claimed = await stage.run(({ inbox }) => inbox.claim(100, 3_600));
  return claimed.find((one) => one.id === id)?.body;
};

export const peopleContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds the orders of a person by their account, by their e-mail in any case, and by the orders that the shop names',
    keeps: async (world) => {
      const { stage, channelId, first, second, other } = await shopWith(world);
      const found = async (who: Concerned) => ordersOf(stage, channelId, who);
      expectEqual(await found(person({ externalId: 'gid://shop/Customer/1' })), [first.id], 'by the account');
      expectEqual(await found(person({ email: 'MINA@quokka.example' })), [first.id, second.id], 'by the e-mail');
      expectEqual(await found(person({ externalOrderIds: ['gid://shop/Order/703'] })), [other.id], 'by an order');
      expectEqual(await found(person({})), [], 'of nobody');
      expectEqual(await found('everybody'), [first.id, second.id, other.id], 'of everybody');
      expectEqual(await ordersOf(stage, channelId, 'everybody', 2), [first.id, second.id], 'the oldest two');
      expectEqual(await ordersOf(stage, ChannelId(world.ids.next()), 'everybody'), [], 'of another channel');
    },
  },
  {
    promise: 'forgets whose orders they were, keeps what was sold, and says nothing of anybody afterwards',
    keeps: async (world) => {
      const { stage, channelId, first, other } = await shopWith(world);
      await stage.run(({ people }) => people.forget(channelId, [first.id]));
      const forgotten = await stage.read(({ orders }) => orders.find(first.id));
      expectEqual(
        forgotten && [forgotten.customer, forgotten.shippingAddress, forgotten.billingAddress],
        [null, null, null],
        'what is known of the person',
      );
      expectEqual(
        forgotten && [forgotten.lines, forgotten.totals, forgotten.status],
        [first.lines, first.totals, first.status],
        'what was sold',
      );
      expectEqual(forgotten?.version, first.version + 1, 'its version, so that nobody writes over it what they read before');
      expectEqual(await stage.read(({ orders }) => orders.find(other.id)), other, 'an order of somebody else');
      expectEqual(
        (await stage.read(({ orders }) => orders.list({ limit: 10 }, { customer: 'mina' }))).data
          .map(({ id }) => id)
          .includes(first.id),
        false,
        'whether it is still found by the name',
      );
      expectThat(!(await ordersOf(stage, channelId, 'everybody')).includes(first.id), 'it says nothing of anybody any more');
      await stage.run(({ people }) => people.forget(channelId, []));
    },
  },
  {
    promise: 'forgets the notes that people wrote about an order, and the papers of its shipments, and leaves those of others',
    keeps: async (world) => {
      const { stage, channelId, mugs, first, other } = await shopWith(world);
      const caller = { organizationId: stage.organizationId, actor: system('contract') };
      const documents = [{ kind: 'label', format: 'pdf', content: Uint8Array.of(37, 80) }] as const;
      const parcels: ShipmentId[] = [];
      for (const order of [first, other]) {
        expectOk(await addNote(stage)(caller, order.id, 'Mina rang twice'), 'a note');
        const shipment = draftShipment(stage, order, mugs);
        await stage.run(({ shipments }) => shipments.save({ ...shipment, version: 1 }));
        await stage.run(({ shipments }) => shipments.addDocuments(shipment.id, documents));
        parcels.push(shipment.id);
      }
      await stage.run(({ people }) => people.forget(channelId, [first.id]));
      const notesOf = async ({ id }: Order) => {
        const { data } = await stage.read(({ orders }) => orders.timeline(id, { limit: 10 }));
        return data.flatMap(({ what, text }) => (what === 'noted' ? [text] : []));
      };
      expectEqual([await notesOf(first), await notesOf(other)], [[null], ['Mina rang twice']], 'the notes');
      const papers = await stage.read(({ shipments }) => shipments.papers(parcels));
      expectEqual(
        papers.map(({ shipmentId }) => shipmentId),
        parcels.slice(1),
        'whose papers are left',
      );
    },
  },
  {
    promise: 'forgets what deliveries said of an order, but for those still to be worked off, and nothing of another channel',
    keeps: async (world) => {
      const { stage, channelId, first } = await shopWith(world);
      const bodies = ['{"id":701,"email":"mina@quokka.example"}', '{"id":703}', '{"id":701,"late":true}'];
      const [about, unrelated, due] = bodies.map((body) => delivery(stage, channelId, body));
      const elsewhere = delivery(stage, 'another', '{"id":701}');
      if (!about || !unrelated || !due) return;
      for (const one of [about, unrelated, elsewhere]) {
        await stage.run(({ inbox }) => inbox.receive(one));
        await stage.run(({ inbox }) => inbox.done(one.id, 'placed'));
      }
      await stage.run(({ inbox }) => inbox.receive(due));
      await stage.run(({ people }) => people.forget(channelId, [first.id]));
      const claimed = await stage.run(({ inbox }) => inbox.claim(10, 3_600));
      expectEqual(
        claimed.map(({ body }) => body),
        [due.body],
        'what is still to be worked off',
      );
      expectEqual(await saidAgain(stage, about.id), '', 'what was said of the order');
      expectEqual(await saidAgain(stage, unrelated.id), unrelated.body, 'what was said of another order');
      expectEqual(await saidAgain(stage, elsewhere.id), elsewhere.body, 'what another channel said');
    },
  },
  {
    promise: 'forgets what all deliveries of a channel said, and what one alone did',
    keeps: async (world) => {
      const { stage, channelId } = await shopWith(world);
      const [one, other] = [delivery(stage, channelId, '{"a":1}'), delivery(stage, 'another', '{"b":2}')];
      for (const each of [one, other]) {
        await stage.run(({ inbox }) => inbox.receive(each));
        await stage.run(({ inbox }) => inbox.done(each.id, 'unused'));
      }
      await stage.run(({ people }) => people.forgetDeliveries(channelId));
      expectEqual(await saidAgain(stage, one.id), '', 'what it said');
      expectEqual(await saidAgain(stage, other.id), other.body, 'what another channel said');
      await stage.run(({ inbox }) => inbox.forget(other.id));
      await stage.run(({ inbox }) => inbox.done(other.id, 'unused'));
      expectEqual(await saidAgain(stage, other.id), '', 'what it said, after it alone was forgotten');
    },
  },
];
