import {
  type OrderLine,
  OrderLineId,
  type OrderStatus,
  orderStatuses,
  orderTransitions,
  shipmentStatuses,
  shipmentTransitions,
  statusOfLines,
} from '@rappit/domain';
import fc from 'fast-check';
import { expectEqual, expectThat } from '../contracts/expecting.js';
import { exampleSku } from '../fakes/examples.js';
import { type Law, law } from './law.js';

type Units = Pick<OrderLine, 'pending' | 'reserved' | 'backordered' | 'shipped' | 'cancelled'>;

const anyUnits = (): fc.Arbitrary<Units> => {
  const some = fc.oneof(fc.constant(0), fc.nat({ max: 3 }));
  return fc.record({ pending: some, reserved: some, backordered: some, shipped: some, cancelled: some });
};

const lineOf = (units: Units): OrderLine => ({
  id: OrderLineId('line'),
  sku: exampleSku('MUG'),
  components: null,
  name: 'Mug',
  ordered: Object.values(units).reduce((sum, part) => sum + part, 0),
  ...units,
  returning: 0,
  returned: 0,
  unitPriceMinor: 0,
  taxMinor: 0,
  discountMinor: 0,
  external: null,
});

/** The status by its definition in the design's table, written the other way round than the domain has it. */
const expectedStatus = (lines: readonly Units[]): OrderStatus => {
  const some = (state: keyof Units): boolean => lines.some((line) => line[state] > 0);
  const rules: readonly (readonly [OrderStatus, boolean])[] = [
    ['shipped', some('shipped') && !some('pending') && !some('reserved') && !some('backordered')],
    ['partiallyShipped', some('shipped')],
    ['backordered', some('backordered')],
    ['new', some('pending')],
    ['reserved', some('reserved')],
  ];
  return rules.find(([, applies]) => applies)?.[0] ?? 'cancelled';
};

export const statusFollowsFromLines = (derive: typeof statusOfLines = statusOfLines): Law =>
  law("an order's status follows from its lines", fc.array(anyUnits(), { minLength: 1, maxLength: 4 }), (units) => {
    expectEqual(derive(units.map(lineOf)), expectedStatus(units), 'the status');
  });

/** What lines say doesn't depend on how they are cut: several lines of one SKU count like one. */
export const statusIgnoresTheCut = (derive: typeof statusOfLines = statusOfLines): Law =>
  law('the order and the cut of lines change nothing', fc.array(anyUnits(), { minLength: 1, maxLength: 4 }), (units) => {
    const whole = units.reduce((a, b) => ({
      pending: a.pending + b.pending,
      reserved: a.reserved + b.reserved,
      backordered: a.backordered + b.backordered,
      shipped: a.shipped + b.shipped,
      cancelled: a.cancelled + b.cancelled,
    }));
    expectEqual(derive([...units].reverse().map(lineOf)), derive([lineOf(whole)]), 'the status');
  });

type Machine = Readonly<Record<string, readonly string[]>>;

const reachable = (machine: Machine, from: string): ReadonlySet<string> => {
  const seen = new Set([from]);
  for (const status of seen) for (const next of machine[status] ?? []) seen.add(next);
  return seen;
};

/** A machine is whole: it leads nowhere unknown, reaches every status from the first, and never from a status to itself. */
const checkMachine = (machine: Machine, statuses: readonly string[], ends: readonly string[]): void => {
  expectEqual(Object.keys(machine).sort(), [...statuses].sort(), 'the statuses of the machine');
  const [first = ''] = statuses;
  expectEqual([...reachable(machine, first)].sort(), [...statuses].sort(), `what can be reached from ${first}`);
  for (const [from, to] of Object.entries(machine)) {
    expectThat(
      to.every((status) => statuses.includes(status) && status !== from),
      `${from} leads to other known statuses only`,
    );
    expectThat(
      ends.some((end) => reachable(machine, from).has(end)),
      `${from} leads to an end`,
    );
    expectEqual(to.length === 0, ends.includes(from), `whether ${from} is an end`);
  }
};

export const machinesAreWhole: Law = async () => {
  checkMachine(orderTransitions, orderStatuses, ['cancelled', 'returned']);
  checkMachine(shipmentTransitions, shipmentStatuses, ['returned', 'cancelled']);
};
