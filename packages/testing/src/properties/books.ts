import {
  addsUp,
  chainText,
  type Digest,
  isSound,
  type LedgerEntry,
  levelKey,
  type Order,
  type OrganizationId,
  type Reservation,
  type Return,
  reconcile,
  returnsFit,
  type Sku,
} from '@rappit/domain';
import { expectEqual, expectThat } from '../contracts/expecting.js';
import { allPages } from '../contracts/paging.js';
import type { PersistenceWorld } from '../contracts/persistence-world.js';
import { onReturns } from './model-returns.js';
import type { Seen } from './picture.js';

type Ports = Pick<PersistenceWorld, 'unitOfWork'>;

/** Everything of an organization in one consistent state. */
export const look = ({ unitOfWork }: Ports, organizationId: OrganizationId): Promise<Seen> =>
  unitOfWork.read(organizationId, async ({ stock, orders, shipments, returns }) => {
    const summaries = await allPages(100, (page) => orders.list(page, {}));
    const found = [];
    for (const { id } of [...summaries].reverse()) found.push(await orders.find(id));
    return {
      levels: await allPages(100, (page) => stock.levels(page, {})),
      reservations: await allPages(100, (page) => stock.reservations(page, {})),
      orders: found.filter((order) => order !== undefined),
      shipments: [...(await allPages(100, (page) => shipments.list(page, {})))].reverse(),
      returns: [...(await allPages(100, (page) => returns.list(page, {})))].reverse(),
    };
  });

/** I1, I4 and I5, that money adds up (of orders without totals of their shop's own), and what a cancelled order is, of what is seen now and was seen before. */
export const checkInvariants = (before: Seen | undefined, { levels, orders, reservations, returns }: Seen): void => {
  for (const level of levels) expectThat(isSound(level), `I1: ${level.reserved} of ${level.onHand} × ${level.sku} are reserved`);
  for (const level of levels) {
    const open = reservations
      .filter((one) => one.status === 'open' && levelKey(one) === levelKey(level))
      .reduce((sum, { quantity }) => sum + quantity, 0);
    expectEqual(level.reserved, open, `I2: units of ${level.sku} that are reserved, by its open reservations`);
  }
  for (const order of orders) {
    expectThat(order.lines.every(addsUp), `I4: the lines of order ${order.number} add up`);
    const { subtotalMinor, discountMinor, taxMinor, shippingMinor, totalMinor } = order.totals;
    expectEqual(
      subtotalMinor,
      order.lines.reduce((sum, line) => sum + line.unitPriceMinor * line.ordered, 0),
      `what the lines of order ${order.number} come to`,
    );
    expectEqual(totalMinor, subtotalMinor - discountMinor + taxMinor + shippingMinor, `the total of order ${order.number}`);
    expectThat(order.refundedMinor <= order.paidMinor, `of order ${order.number} no more is given back than was paid`);
    checkReturns(order, returns);
    const left = order.lines.some(
      ({ pending, reserved, backordered, shipped }) => pending + reserved + backordered + shipped > 0,
    );
    expectThat(
      order.status !== 'cancelled' || !left,
      `of the cancelled order ${order.number} nothing is shipped, promised or waiting`,
    );
    for (const line of order.lines)
      for (const { sku, quantity } of line.components ?? [{ sku: line.sku, quantity: 1 }])
        expectEqual(
          line.reserved * quantity,
          openUnits(reservations, line.id, sku),
          `I2: units of ${sku} for a line of order ${order.number}, by its open reservations`,
        );
  }
  for (const was of before?.reservations ?? []) {
    const is = reservations.find(({ id }) => id === was.id);
    expectThat(is !== undefined, `I5: the reservation ${was.id} is still there`);
    if (was.status !== 'open') expectEqual(is, was, 'I5: a reservation that has left open');
  }
};

/** Over all its returns no more of an order comes back than was shipped, its lines say what the returns do, and no more is given back for them than of its payment. */
const checkReturns = (order: Order, returns: readonly Return[]): void => {
  const mine = returns.filter(({ orderId }) => orderId === order.id);
  for (const line of order.lines) {
    const { returning, returned } = line;
    expectEqual(
      { returning, returned },
      onReturns(mine, line),
      `what is on returns of a line of order ${order.number}, by the returns`,
    );
    expectThat(returnsFit(line), `no more comes back of a line of order ${order.number} than was shipped`);
  }
  const refunded = mine.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0);
  expectThat(
    refunded <= order.refundedMinor,
    `what was given back for returns of order ${order.number} is a refund of its payment`,
  );
  const isAllBack = order.lines.every(({ shipped, returned }) => shipped === returned);
  expectThat(order.status !== 'returned' || isAllBack, `all of the returned order ${order.number} came back`);
};

const openUnits = (reservations: readonly Reservation[], lineId: string, sku: Sku | null): number =>
  reservations
    .filter((one) => one.status === 'open' && one.orderLineId === lineId && one.sku === sku)
    .reduce((sum, { quantity }) => sum + quantity, 0);

/** I2, I3 and I4 as the store itself adds them up. */
export const checkReconciled = async (ports: Ports, organizationId: OrganizationId): Promise<void> => {
  const { levels, lines, complete } = await reconcile(ports)(organizationId);
  expectEqual({ levels, lines, complete }, { levels: [], lines: [], complete: true }, 'what the books say');
};

/** What the ledger says came back with a return, and what of it went as damaged, is what the return says of each SKU. */
const checkReturnedGoods = (returns: readonly Return[], movements: readonly LedgerEntry[]): void => {
  for (const { id, number, lines } of returns) {
    const booked = movements.filter(({ reference }) => reference?.kind === 'return' && reference.id === id);
    for (const { sku, sellable, damaged } of lines.flatMap(({ parts }) => parts)) {
      const sum = (kind: LedgerEntry['kind']): number =>
        booked.reduce((units, one) => (one.sku === sku && one.kind === kind ? units + one.onHandDelta : units), 0);
      expectEqual(
        [sum('restock'), sum('adjustment')],
        [sellable + damaged, 0 - damaged],
        `${sku} of return ${number}, by the ledger`,
      );
    }
  }
};

/** I3, movement by movement: each level's ledger has no gap, adds up to the level, and each hash follows from the one before. */
export const checkLedger = async (
  { unitOfWork }: Ports,
  organizationId: OrganizationId,
  digest: Digest | undefined,
): Promise<void> => {
  const { levels, returns } = await look({ unitOfWork }, organizationId);
  const movements = await allPages<LedgerEntry>(100, (page) =>
    unitOfWork.read(organizationId, ({ stock }) => stock.movements(page, {})),
  );
  checkReturnedGoods(returns, movements);
  for (const level of levels) {
    const entries = movements.filter((entry) => levelKey(entry) === levelKey(level)).sort((a, b) => a.number - b.number);
    let [onHand, reserved, previousHash] = [0, 0, ''];
    for (const [index, entry] of entries.entries()) {
      onHand += entry.onHandDelta;
      reserved += entry.reservedDelta;
      expectEqual(
        [entry.number, entry.onHandAfter, entry.reservedAfter],
        [index + 1, onHand, reserved],
        `I3: movement ${index + 1} of ${level.sku}`,
      );
      expectEqual(entry.previousHash, previousHash, `I3: the hash before movement ${entry.number} of ${level.sku}`);
      if (digest)
        expectEqual(
          entry.hash,
          digest(chainText(entry, entry.number, previousHash)),
          `I3: the hash of movement ${entry.number} of ${level.sku}`,
        );
      previousHash = entry.hash;
    }
    expectEqual([level.onHand, level.reserved], [onHand, reserved], `I3: the level of ${level.sku} by its ledger`);
  }
};
