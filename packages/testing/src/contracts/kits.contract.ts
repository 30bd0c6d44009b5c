import { adjustStock, fewestLocations, type Order, reconcile, removeItem, type Sku, system } from '@rappit/domain';
import { exampleItem, exampleLine, exampleSku } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';

const [MUG, PLATE, SET] = ['MUG', 'PLATE', 'SET'].map(exampleSku) as [Sku, Sku, Sku];

/** A set of two mugs and a plate, and shelves with so many of each. */
const kitStage = async (world: PersistenceWorld, ...shelves: readonly (readonly [mugs: number, plates: number])[]) => {
  const stage = await openStage(world);
  await stage.addItem('MUG');
  await stage.addItem('PLATE');
  const components = [
    { sku: MUG, quantity: 2 },
    { sku: PLATE, quantity: 1 },
  ];
  const kit = { ...exampleItem('A set', { components }), sku: SET };
  expectThat(await stage.run(({ items, now }) => items.add({ ...kit, createdAt: now })), 'the kit is added');
  const locations = [];
  for (const [index, [mugs, plates]] of shelves.entries()) {
    const locationId = await stage.addLocation(`L${index}`, { priority: index });
    if (mugs > 0) await stage.receive({ sku: MUG, locationId }, mugs);
    if (plates > 0) await stage.receive({ sku: PLATE, locationId }, plates);
    locations.push(locationId);
  }
  const [first] = locations;
  expectThat(first !== undefined, 'a stage with kits has a location');
  return { stage, components, locations, first };
};

/** Each line's SKU with its units that are reserved and that wait. */
const unitsOf = (order: Order | undefined) => order?.lines.map(({ sku, reserved, backordered }) => [sku, reserved, backordered]);

const now = async (stage: Stage, { id }: Order) => stage.read(({ orders }) => orders.find(id));

const noDifferences = async (stage: Stage): Promise<void> => {
  const { levels, lines } = await reconcile(stage)(stage.organizationId);
  expectEqual({ levels, lines }, { levels: [], lines: [] }, 'the differences in the books');
};

export const kitsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'promises each kit whole and from one location, and keeps what it was made of',
    keeps: async (world) => {
      const { stage, components, locations } = await kitStage(world, [5, 1], [2, 3]);
      const order = await stage.place([exampleLine('SET', 2)]);
      expectEqual(order.lines[0]?.components, components, 'what the line says the kit is made of');
      expectEqual(await now(stage, order), order, 'the stored order');
      const open = await stage.run(({ stock }) => stock.openOf(order.id));
      const parts = open.map(({ sku, quantity, unitQuantity, locationId }) => [
        locations.indexOf(locationId),
        sku,
        quantity,
        unitQuantity,
      ]);
      const expected = locations.flatMap((_, index) => [
        [index, 'MUG', 2, 2],
        [index, 'PLATE', 1, 1],
      ]);
      expectEqual(parts.sort(), expected, 'the reservations');
      await noDifferences(stage);
    },
  },
  {
    promise: 'never lets a kit and its component both win',
    keeps: async (world) => {
      const { stage } = await kitStage(world, [3, 5]);
      const [refused] = await stage.placeAll([stage.asking([exampleLine('MUG', 2), exampleLine('SET', 1)])]);
      const shortfalls = [{ sku: MUG, wanted: 2, available: 1 }];
      expectEqual(refused, { ok: false, error: { code: 'order.insufficient_stock', shortfalls } }, 'the answer');
      expectEqual(
        unitsOf(await stage.place([exampleLine('MUG', 1), exampleLine('SET', 1)])),
        [
          ['MUG', 1, 0],
          ['SET', 1, 0],
        ],
        'what fits',
      );
      await noDifferences(stage);
    },
  },
  {
    promise: 'serves a waiting kit when its last part arrives, as many as are whole',
    keeps: async (world) => {
      const { stage, first } = await kitStage(world, [7, 1]);
      const order = await stage.place([exampleLine('SET', 3)], { onShortage: 'backorder' });
      expectEqual(unitsOf(order), [['SET', 1, 2]], 'the line when placed');
      expectEqual(await stage.read(({ stock }) => stock.kitPartners([PLATE])), ['MUG'], 'what the kit needs beside a plate');
      await stage.receive({ sku: PLATE, locationId: first }, 5);
      expectEqual(unitsOf(await now(stage, order)), [['SET', 3, 0]], 'the line when plates arrived');
      await noDifferences(stage);
    },
  },
  {
    promise: 'lets nobody wait behind a kit whose other parts are missing',
    keeps: async (world) => {
      const { stage, first } = await kitStage(world, [2, 0], [0, 4]);
      const kit = await stage.place([exampleLine('SET', 1)], { onShortage: 'backorder' });
      expectEqual(unitsOf(await stage.place([exampleLine('MUG', 2)])), [['MUG', 2, 0]], 'a new order of mugs');
      const waiting = await stage.place([exampleLine('MUG', 1)], { onShortage: 'backorder' });
      const served = await stage.run(({ orders }) => orders.waitingFor([MUG, PLATE], 1));
      expectEqual(
        served.map(({ id }) => id),
        [waiting.id],
        'whom mugs may be given to while there is no plate beside them',
      );
      await stage.receive({ sku: MUG, locationId: first }, 3);
      expectEqual(
        [unitsOf(await now(stage, kit)), unitsOf(await now(stage, waiting))],
        [[['SET', 0, 1]], [['MUG', 1, 0]]],
        'who got mugs',
      );
    },
  },
  {
    promise: 'names the parts of a waiting kit that some location has whole, and no others',
    keeps: async (world) => {
      const { stage, first } = await kitStage(world, [0, 0], [1, 9]);
      await stage.place([exampleLine('SET', 1)], { onShortage: 'backorder' });
      expectEqual(await stage.read(({ orders }) => orders.servable(10, '')), [], 'what may be served of parts that are apart');
      await stage.run(({ stock }) => stock.lock([MUG]));
      await stage.run(async ({ locations }) => {
        const location = await locations.lock(first);
        expectThat(location !== undefined, 'the location is there');
        return locations.save({ ...location, active: false });
      });
      await stage.receive({ sku: PLATE, locationId: first }, 1);
      await stage.receive({ sku: MUG, locationId: first }, 2);
      expectEqual(await stage.read(({ orders }) => orders.servable(10, '')), [], 'what may be served of a closed location');
      await stage.run(async ({ locations }) => {
        const location = await locations.lock(first);
        return location && locations.save({ ...location, active: true });
      });
      expectEqual(await stage.read(({ orders }) => orders.servable(10, '')), ['MUG', 'PLATE'], 'the parts that may be served');
      expectEqual(await stage.read(({ orders }) => orders.servable(10, 'MUG')), ['PLATE'], 'the parts behind a mug');
    },
  },
  {
    promise: 'breaks a kit whole when one of its parts is lost, and gives its other parts back',
    keeps: async (world) => {
      const { stage, first } = await kitStage(world, [6, 3]);
      const order = await stage.place([exampleLine('SET', 3)]);
      const lose = adjustStock({ ...stage, policy: fewestLocations });
      const caller = { organizationId: stage.organizationId, actor: system('contract') };
      const lost = expectOk(await lose(caller, { sku: MUG, locationId: first, delta: -3, reason: 'loss' }), 'losing mugs');
      expectEqual(
        lost.broken.map(({ sku, quantity }) => [sku, quantity]),
        [['MUG', 4]],
        'what broke: mugs of two sets, though only three are missing',
      );
      expectEqual(unitsOf(await now(stage, order)), [['SET', 1, 2]], 'the line');
      const levels = await stage.read(({ stock }) => stock.levels({ limit: 10 }, {}));
      expectEqual(
        levels.data.map(({ sku, onHand, reserved }) => [sku, onHand, reserved]),
        [
          ['MUG', 3, 2],
          ['PLATE', 3, 1],
        ],
        'the levels',
      );
      await noDifferences(stage);
    },
  },
  {
    promise: 'tells of a kit of which a part is no longer reserved',
    keeps: async (world) => {
      const { stage } = await kitStage(world, [2, 1]);
      const order = await stage.place([exampleLine('SET', 1)]);
      const before = await stage.read(({ orders }) => orders.lineBooks(10));
      expectEqual(
        before.map(({ sku, promised, openReserved }) => [sku, promised, openReserved]).sort(),
        [
          ['MUG', 2, 2],
          ['PLATE', 1, 1],
        ],
        'the books of the line',
      );
      expectEqual(before[0]?.orderId, order.id, 'whose books they are');
    },
  },
  {
    promise: 'keeps an item from being removed while a kit is made of it',
    keeps: async (world) => {
      const { stage } = await kitStage(world, [0, 0]);
      const caller = { organizationId: stage.organizationId, actor: system('contract') };
      const refused = await removeItem(stage)(caller, PLATE);
      expectEqual(refused.ok ? 'removed' : refused.error.code, 'item.in_use', 'removing a part');
      expectOk(await removeItem(stage)(caller, SET), 'removing the kit');
      expectOk(await removeItem(stage)(caller, PLATE), 'removing what is part of nothing');
    },
  },
];
