import { type Movement, MovementId, noChange, type ReservationExit, type StockChange } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectNotDone } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { promisedStage, stockOf } from './stock-stage.js';

type Promised = Awaited<ReturnType<typeof promisedStage>>;

/** A movement that claims whatever balances it likes. */
const forged = ({ stage, place }: Promised, facts: Partial<Movement>): Movement => ({
  id: MovementId(stage.ids.next()),
  kind: 'adjustment',
  ...place,
  onHandDelta: 0,
  reservedDelta: 0,
  onHandAfter: 10,
  reservedAfter: 4,
  reason: null,
  reference: null,
  actor: { kind: 'system', id: 'contract' },
  at: new Date('2026-01-05T09:00:00.000Z'),
  ...facts,
});

/** Hands the store a change that no decision of the domain would make, and sees that nothing came of it. */
const refuses = (promise: string, make: (promised: Promised) => StockChange): ContractCase<PersistenceWorld> => ({
  promise,
  keeps: async (world) => {
    const promised = await promisedStage(world);
    const before = await stockOf(promised.stage);
    await expectNotDone(
      promised.stage.attemptChange(promised.place.sku, () => make(promised)),
      promise,
    );
    expectEqual(await stockOf(promised.stage), before, 'the stock afterwards');
  },
});

const exit = ({ reservation }: Promised, facts: Partial<ReservationExit> = {}): ReservationExit => ({
  id: reservation.id,
  quantity: reservation.quantity,
  to: 'released',
  at: new Date('2026-01-05T09:00:00.000Z'),
  ...facts,
});

const moved = (promised: Promised, facts: Partial<Movement>): StockChange => ({
  ...noChange,
  movements: [forged(promised, facts)],
});

/** The domain decides nothing of this kind. The store is the net below it, and holds whatever falls into it. */
export const stockGuardContract: readonly ContractCase<PersistenceWorld>[] = [
  refuses('never lets more be reserved than is on hand', (it) =>
    moved(it, { kind: 'reserve', reservedDelta: 7, reservedAfter: 11 }),
  ),
  refuses('never lets more be reserved than is on hand, even when the movement claims less', (it) =>
    moved(it, { kind: 'reserve', reservedDelta: 7, reservedAfter: 10 }),
  ),
  refuses('never lets what is promised be taken away', (it) => moved(it, { onHandDelta: -7, onHandAfter: 3 })),
  refuses('never lets less than nothing be on hand', (it) =>
    moved(it, { onHandDelta: -11, reservedDelta: -4, onHandAfter: -1, reservedAfter: 0 }),
  ),
  refuses('never lets less than nothing be reserved', (it) =>
    moved(it, { kind: 'release', reservedDelta: -5, reservedAfter: -1 }),
  ),
  refuses('never ends a reservation twice in one change', (it) => ({
    ...noChange,
    exits: [exit(it), exit(it, { to: 'consumed' })],
  })),
  refuses('never ends a reservation with another quantity than it has', (it) => ({
    ...noChange,
    exits: [exit(it, { quantity: 3 })],
  })),
  refuses('never splits a reservation of another quantity than it has', (it) => ({
    ...noChange,
    splits: [
      {
        id: it.reservation.id,
        of: 9,
        off: { ...it.reservation, id: it.stage.ids.next() as typeof it.reservation.id, quantity: 1 },
      },
    ],
  })),
  refuses('never opens a reservation under an id that one has', (it) => ({ ...noChange, opened: [it.reservation] })),
  {
    promise: 'never ends, splits or pins a reservation that has left open before',
    keeps: async (world) => {
      const promised = await promisedStage(world);
      const { stage, place, reservation } = promised;
      await stage.change(place.sku, () => ({
        ...moved(promised, { kind: 'release', reservedDelta: -4, reservedAfter: 0 }),
        exits: [exit(promised)],
      }));
      const before = await stockOf(stage);
      const off = { ...reservation, id: world.ids.next() as typeof reservation.id, quantity: 1 };
      const changes: readonly StockChange[] = [
        { ...noChange, exits: [exit(promised, { to: 'consumed' })] },
        { ...noChange, pins: [{ id: reservation.id, shipmentId: world.ids.next() }] },
        { ...noChange, splits: [{ id: reservation.id, of: 4, off }] },
      ];
      for (const change of changes)
        await expectNotDone(
          stage.attemptChange(place.sku, () => change),
          'a change of an ended reservation',
        );
      expectEqual(await stockOf(stage), before, 'the stock afterwards');
    },
  },
];
