import { auditEntry, evolveShipment, type OrganizationId, system } from '@rappit/domain';
import { exampleItem, exampleLine } from '../fakes/examples.js';
import { exampleKey } from './api-keys.contract.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import { importOf } from './imports.contract.js';
import { exampleInvitation } from './invitations.contract.js';
import type { PersistenceWorld } from './persistence-world.js';
import { draftShipment } from './shipment-stage.js';
import { fromChannel, openStage, type Stage } from './stage.js';

const limit = 100;

/** A stage on which something of everything has happened. */
const busyStage = async (world: PersistenceWorld) => {
  const stage = await openStage(world);
  const place = await stage.shelve('MUG', 5);
  const channel = await stage.addChannel('demo.myshopify.com');
  const order = await stage.place([exampleLine('MUG', 2), exampleLine('UNMAPPED', 1)], {
    source: fromChannel(channel.id, '1001'),
  });
  const key = exampleKey(world);
  const shipment = evolveShipment(draftShipment(stage, order, place), { status: 'purchasing' });
  const sheet = importOf(world);
  const invitation = exampleInvitation(world);
  await stage.run(async ({ channels, inbox, shipments, imports, audit, apiKeys, invitations, now }) => {
    await channels.saveListing({ channelId: channel.id, externalVariantId: '42', sku: place.sku });
    await inbox.receive({
      id: world.ids.next(),
      sourceId: channel.id,
      topic: 'orders/create',
      deliveryId: 'd1',
      body: '{}',
      receivedAt: now,
    });
    await shipments.save(shipment);
    await imports.add(sheet);
    await imports.addRows(sheet.id, [{ line: 2, key: 'MUG', cells: ['MUG'] }]);
    await apiKeys.add(key, world.digest(key.id));
    await invitations.save(invitation, world.digest(invitation.id));
    const connected = { kind: 'channel.connected', targetId: channel.id, facts: { channelKind: 'shopify' } } as const;
    await audit.append([auditEntry({ caller: { actor: system('contract') }, at: now, ids: world.ids }, connected)]);
  });
  return { stage, place, channel, order, shipment, sheet, key, invitation };
};

/** Every list of an organization, as it would show to its members. */
const everything = (stage: Stage) =>
  stage.read(async ({ items, locations, stock, orders, shipments, channels, audit, apiKeys, invitations, imports }) => ({
    imports: (await imports.list({ limit })).data,
    items: (await items.list({ limit })).data,
    locations: (await locations.list({ limit })).data,
    levels: (await stock.levels({ limit }, {})).data,
    movements: (await stock.movements({ limit }, {})).data,
    reservations: (await stock.reservations({ limit }, {})).data,
    books: await stock.books(limit),
    orders: (await orders.list({ limit }, {})).data,
    lineBooks: await orders.lineBooks(limit),
    returnBooks: await orders.returnBooks(limit),
    shipments: (await shipments.list({ limit }, {})).data,
    channels: (await channels.list({ limit })).data,
    listings: (await channels.listings({ limit })).data,
    unmapped: (await channels.unmapped({ limit })).data,
    audit: (await audit.list({ limit }, {})).data,
    apiKeys: (await apiKeys.list({ limit })).data,
    invitations: (await invitations.list({ limit })).data,
  }));

export const organizationsApartContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'shows one organization nothing in any list of another',
    keeps: async (world) => {
      await busyStage(world);
      const lists = await everything(await openStage(world));
      for (const [name, rows] of Object.entries(lists)) expectEqual(rows, [], `the ${name} of an organization that has none`);
    },
  },
  {
    promise: 'finds nothing of another organization by its id, whichever it is',
    keeps: async (world) => {
      const { stage, place, channel, order, shipment, sheet, key, invitation } = await busyStage(world);
      const [reservation] = await stage.openOf(order);
      const other = await openStage(world);
      const found = await other.run(
        async ({ items, locations, stock, orders, shipments, channels, imports, apiKeys, invitations }) => ({
          manyLocked: await items.lockMany([place.sku]),
          sheet: await imports.find(sheet.id),
          lockedSheet: await imports.lock(sheet.id),
          nextSheet: await imports.next(),
          sheetRows: await imports.rows(sheet.id, 0, limit),
          sheetFaults: (await imports.faults(sheet.id, { limit })).data,
          item: await items.find(place.sku),
          items: await items.findMany([place.sku]),
          lockedItem: await items.lock(place.sku),
          location: await locations.find(place.locationId),
          lockedLocation: await locations.lock(place.locationId),
          shelves: await stock.lock([place.sku]),
          open: await stock.openOf(order.id),
          breakable: await stock.breakableAt(place.sku, place.locationId),
          reservation: await stock.reservation(reservation?.id ?? ''),
          order: await orders.find(order.id),
          orders: await orders.findMany([order.id]),
          locked: await orders.lock([order.id]),
          waiting: await orders.waitingFor([place.sku], limit),
          timeline: (await orders.timeline(order.id, { limit })).data,
          allocations: await orders.allocations(order.id),
          shipment: await shipments.find(shipment.id),
          lockedShipment: await shipments.lock(shipment.id),
          shipments: await shipments.findMany([shipment.id]),
          papers: await shipments.papers([shipment.id]),
          documents: await shipments.documents([{ shipmentId: shipment.id, position: 0 }]),
          channel: await channels.find(channel.id),
          secrets: await channels.secretsOf(channel.id),
          listings: await channels.listingsOf(channel.id, ['42']),
          apiKey: await apiKeys.find(key.id),
          invitation: await invitations.find(invitation.id),
          invitationByEmail: await invitations.findByEmail(invitation.email),
          invitationByToken: await invitations.findByToken(world.digest(invitation.id)),
          invitationsSent: await invitations.sentSince(invitation.email, new Date(0)),
        }),
      );
      for (const [name, value] of Object.entries(found)) {
        const nothing = value === undefined || (Array.isArray(value) && value.length === 0);
        expectThat(nothing, `the ${name} of another organization can be seen`);
      }
    },
  },
  {
    promise: 'hands out no deliveries and no events of another organization',
    keeps: async (world) => {
      await busyStage(world);
      const other = await openStage(world);
      const claimed = await other.run(async ({ inbox, outbox }) => [await inbox.claim(limit, 60), await outbox.claim(limit, 60)]);
      expectEqual(claimed, [[], []], 'what an organization claims that has nothing');
    },
  },
  {
    promise: 'changes nothing of another organization that uses the same SKU and the same codes',
    keeps: async (world) => {
      const { stage, place } = await busyStage(world);
      const before = await everything(stage);
      const other = await openStage(world);
      const theirs = await other.shelve('MUG', 9);
      await other.addLocation('at MUG 2');
      await other.place([exampleLine('MUG', 9)]);
      await other.run(async ({ items, now }) => {
        await items.change({ ...exampleItem('Another mug'), sku: theirs.sku, createdAt: now });
        await items.remove(theirs.sku, now);
      });
      expectEqual(await everything(stage), before, 'what the first organization sees');
      expectEqual((await stage.levelOf(place)).reserved, 2, 'units of the first organization that are promised');
    },
  },
  {
    promise: 'promises no stock of another organization',
    keeps: async (world) => {
      await busyStage(world);
      const other = await openStage(world);
      await other.shelve('MUG', 0);
      const [answer] = await other.placeAll([other.asking([exampleLine('MUG', 1)])]);
      expectThat(
        answer !== undefined && !answer.ok && answer.error.code === 'order.insufficient_stock',
        'an order on an empty shelf is refused',
      );
    },
  },
  {
    promise: 'answers an organization that has never been heard of like one that has nothing',
    keeps: async (world) => {
      await busyStage(world);
      const stranger = await openStage(world, world.ids.next() as OrganizationId);
      for (const [name, rows] of Object.entries(await everything(stranger)))
        expectEqual(rows, [], `the ${name} of an unknown organization`);
    },
  },
];
