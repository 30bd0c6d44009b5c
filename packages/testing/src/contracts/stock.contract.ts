import { leave, levelKey, noChange, openBooks, ReservationId, receive, split, together } from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectNotDone, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage } from './stage.js';
import { promisedStage, stockOf } from './stock-stage.js';

export const stockContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'opens a level with nothing on hand, and leaves one alone that is there',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 0);
      const nothing = { ...place, onHand: 0, reserved: 0, safetyStock: 0, lapsed: 0 };
      expectEqual(await stage.levelOf(place), nothing, 'the new level');
      await stage.receive(place, 4);
      await stage.run(({ stock }) => stock.open(place.sku, place.locationId));
      expectEqual(await stage.levelOf(place), { ...nothing, onHand: 4 }, 'the level after it was opened again');
    },
  },
  {
    promise: 'keeps back the safety stock of a level, and changes nothing else of it',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 4);
      await stage.run(async ({ stock }) => {
        await stock.lock([place.sku]);
        await stock.keepBack(place, 3);
      });
      expectEqual(await stage.levelOf(place), { ...place, onHand: 4, reserved: 0, safetyStock: 3, lapsed: 0 }, 'the level');
    },
  },
  {
    promise: 'opens many levels at once, and says which of them there were none of',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [near, far] = [await stage.addLocation('near'), await stage.addLocation('far')];
      const { sku } = await stage.shelve('MUG', 4, near);
      const cup = await stage.addItem('CUP');
      const places = [
        { sku, locationId: near },
        { sku, locationId: far },
        { sku: cup, locationId: near },
      ];
      const open = () => stage.run(({ stock }) => stock.openMany(places));
      expectEqual((await open()).map(levelKey).sort(), places.slice(1).map(levelKey).sort(), 'the levels that were opened');
      expectEqual(await open(), [], 'the levels that were opened again');
      expectEqual(await stage.run(({ stock }) => stock.openMany([])), [], 'no levels');
      const levels = await Promise.all(places.map(stage.levelOf));
      expectEqual(
        levels.map(({ onHand }) => onHand),
        [4, 0, 0],
        'on hand',
      );
    },
  },
  {
    promise: 'keeps back the safety stock of many levels at once, and of no other',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [mug, cup, other] = [await stage.shelve('MUG', 4), await stage.shelve('CUP', 5), await stage.shelve('OTHER', 6)];
      await stage.run(async ({ stock }) => {
        await stock.lock([mug.sku, cup.sku]);
        await stock.keepBackMany([
          { ...mug, safetyStock: 3 },
          { ...cup, safetyStock: 0 },
        ]);
        await stock.keepBackMany([]);
      });
      const levels = await Promise.all([mug, cup, other].map(stage.levelOf));
      const kept = levels.map(({ onHand, safetyStock }) => [onHand, safetyStock]);
      expectEqual(
        kept,
        [
          [4, 3],
          [5, 0],
          [6, 0],
        ],
        'on hand and kept back',
      );
    },
  },
  {
    promise: 'locks every level of the SKUs, with what allocating needs of its location',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [near, far] = [
        await stage.addLocation('near', { priority: 3 }),
        await stage.addLocation('far', { priority: 8, active: false }),
      ];
      const { sku } = await stage.shelve('MUG', 2, near);
      await stage.run(({ stock }) => stock.open(sku, far));
      await stage.shelve('OTHER', 5, near);
      const shelves = await stage.run(({ stock }) => stock.lock([sku, sku]));
      const sorted = [...shelves].sort((a, b) => a.location.priority - b.location.priority);
      const level = { sku, reserved: 0, safetyStock: 0 };
      expectEqual(
        sorted,
        [
          { level: { ...level, locationId: near, onHand: 2 }, location: { id: near, priority: 3, active: true } },
          { level: { ...level, locationId: far, onHand: 0 }, location: { id: far, priority: 8, active: false } },
        ],
        'the shelves',
      );
      expectEqual(await stage.run(({ stock }) => stock.lock([])), [], 'the shelves of no SKU');
    },
  },
  {
    promise: 'opens reservations with every fact, and finds them by order and by id',
    keeps: async (world) => {
      const { stage, order, place, reservation } = await promisedStage(world);
      const expected = {
        id: reservation.id,
        orderId: order.id,
        orderLineId: order.lines[0]?.id,
        ...place,
        quantity: 4,
        unitQuantity: null,
        status: 'open',
        shipmentId: null,
        expiresAt: null,
        createdAt: order.placedAt,
        endedAt: null,
      };
      expectEqual(await stage.openOf(order), [expected], 'the open reservations of the order');
      expectEqual(await stage.read(({ stock }) => stock.reservation(reservation.id)), expected, 'the reservation');
      expectEqual(await stage.read(({ stock }) => stock.reservation(world.ids.next())), undefined, 'an id that nobody has');
    },
  },
  {
    promise: 'ends a reservation as it was decided, and moves the level in the same step',
    keeps: async (world) => {
      const { stage, place, order, reservation } = await promisedStage(world);
      await stage.change(place.sku, (books, occasion) => leave(books, occasion, [reservation], 'consumed', null));
      const ended = await stage.read(({ stock }) => stock.reservation(reservation.id));
      expectEqual(
        [ended?.status, ended?.endedAt instanceof Date, ended?.quantity],
        ['consumed', true, 4],
        'the ended reservation',
      );
      expectEqual(await stage.openOf(order), [], 'the open ones of the order');
      const { onHand, reserved } = await stage.levelOf(place);
      expectEqual([onHand, reserved], [6, 0], 'on hand and reserved');
    },
  },
  {
    promise: 'splits an open reservation into two that hold as much together, unseen by the ledger',
    keeps: async (world) => {
      const { stage, place, order, reservation } = await promisedStage(world);
      const before = (await stockOf(stage)).movements;
      await stage.change(place.sku, (_, occasion) => split(occasion, reservation, 1).change);
      expectEqual(
        (await stage.openOf(order)).map(({ quantity }) => quantity),
        [3, 1],
        'the parts, the older one first',
      );
      expectEqual((await stockOf(stage)).movements, before, 'the ledger');
    },
  },
  {
    promise: 'pins an open reservation to a shipment, and hands it back',
    keeps: async (world) => {
      const { stage, place, reservation } = await promisedStage(world);
      const shipmentId = world.ids.next();
      const pinned = async (to: string | null) => {
        await stage.change(place.sku, () => ({
          splits: [],
          pins: [{ id: reservation.id, shipmentId: to }],
          keeps: [],
          exits: [],
          opened: [],
          movements: [],
        }));
        return (await stage.read(({ stock }) => stock.reservation(reservation.id)))?.shipmentId;
      };
      expectEqual(await pinned(shipmentId), shipmentId, 'the shipment it is pinned to');
      expectEqual(await pinned(null), null, 'the shipment after it was handed back');
    },
  },
  {
    promise: 'lets many who lock the same levels decide one after another',
    keeps: async (world) => {
      const { stage, place, reservation } = await promisedStage(world);
      await stage.place([exampleLine('MUG', 4)]);
      const release = () =>
        stage.attemptChange(place.sku, (books, occasion) => leave(books, occasion, [reservation], 'released', null));
      const answers = await Promise.all([release(), release(), release()].map((one) => one.catch(() => undefined)));
      expectEqual(answers.filter((answer) => answer?.ok).length, 1, 'releases of one reservation that were done');
      expectEqual((await stage.levelOf(place)).reserved, 4, 'units that are promised to the other order');
    },
  },
  {
    promise: 'writes nothing of a change of which a part is not possible',
    keeps: async (world) => {
      const { stage, place } = await promisedStage(world);
      const before = await stockOf(stage);
      const nobodys = {
        id: ReservationId(world.ids.next()),
        quantity: 1,
        to: 'released' as const,
        at: new Date('2026-01-05T09:00:00.000Z'),
      };
      const change = stage.attemptChange(place.sku, (books, occasion) => ({
        ...receive(books, occasion, { ...place, quantity: 1, reference: null }),
        exits: [nobodys],
      }));
      await expectNotDone(change, 'an exit of a reservation that nobody has');
      expectEqual(await stockOf(stage), before, 'the stock afterwards');
    },
  },
  {
    promise: 'takes several changes in one unit of work, each on what the one before left',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 1);
      await stage.place([exampleLine('MUG', 1)]);
      await stage.run(async ({ stock, now }) => {
        const books = openBooks((await stock.lock([place.sku])).map(({ level }) => level));
        const occasion = { actor: { kind: 'system', id: 'contract', name: 'contract' } as const, at: now, ids: world.ids };
        for (const quantity of [2, 3]) await stock.apply(receive(books, occasion, { ...place, quantity, reference: null }));
      });
      expectThat((await stage.levelOf(place)).onHand === 6, 'both receipts are there');
    },
  },
  {
    promise: 'finds what was consumed for a shipment of an order, and nothing else of the order',
    keeps: async (world) => {
      const { stage, place, order, reservation } = await promisedStage(world);
      const [mine, another] = [stage.ids.next(), stage.ids.next()];
      const consumedBy = (shipmentId: string) => stage.read(({ stock }) => stock.consumedBy(order.id, shipmentId));
      await stage.change(place.sku, (books, occasion) => {
        const { change, off } = split(occasion, reservation, 1);
        const rest = { ...reservation, quantity: 3, shipmentId: mine };
        const pins = [
          { id: reservation.id, shipmentId: mine },
          { id: off.id, shipmentId: another },
        ];
        return together([change, { ...noChange, pins }, leave(books, occasion, [rest], 'consumed', null)]);
      });
      expectEqual(
        (await consumedBy(mine)).map(({ id, quantity, status }) => ({ id, quantity, status })),
        [{ id: reservation.id, quantity: 3, status: 'consumed' }],
        'what was consumed for the shipment',
      );
      expectEqual(await consumedBy(another), [], 'what is only pinned to another');
    },
  },
];
