import {
  deliveryTransitions,
  importTransitions,
  orderActions,
  orderStatuses,
  orderTransitions,
  paymentTransitions,
  pickupTransitions,
  reservationTransitions,
  returnTransitions,
  shipmentTransitions,
} from '@rappit/domain';
import { made, table } from './page.js';

type Machine = {
  readonly of: string;
  /** Where it may begin. */
  readonly begins: readonly string[];
  readonly moves: Readonly<Record<string, readonly string[]>>;
  readonly says: string;
};

const machines: readonly Machine[] = [
  {
    of: 'An order',
    begins: ['new', 'reserved', 'backordered', 'onHold'],
    moves: orderTransitions,
    says: 'It is held for goods that belong to no item yet, suspected fraud, an address, or by hand, and keeps what is reserved for it meanwhile. An order that its shop cancelled begins again as `new` when the shop goes on with it; nobody else can do that.',
  },
  {
    of: 'The payment of an order',
    begins: Object.keys(paymentTransitions),
    moves: paymentTransitions,
    says: 'As people and programs record it. A shop’s own statuses are taken as they come.',
  },
  {
    of: 'A reservation',
    begins: ['open'],
    moves: reservationTransitions,
    says: 'Units of an order line that are `consumed` are shipped; `expired` or `broken` ones wait for stock again; `released` ones are cancelled, or tried again later. What comes back is a new reservation.',
  },
  {
    of: 'A shipment',
    begins: ['draft'],
    moves: shipmentTransitions,
    says: 'From `labelled` on, scans of the carrier move it, and may skip what nobody scanned. `unknown` means that the label may have been bought.',
  },
  {
    of: 'A return',
    begins: ['requested'],
    moves: returnTransitions,
    says: 'One that is called off after something came back is `received`, and the rest of it isn’t awaited any more.',
  },
  {
    of: 'A pickup',
    begins: ['booking'],
    moves: pickupTransitions,
    says: '`unknown` means that the carrier may come.',
  },
  {
    of: 'An import of a sheet',
    begins: ['receiving'],
    moves: importTransitions,
    says: 'One that never arrives whole is removed.',
  },
  {
    of: 'A delivery of a webhook',
    begins: ['due'],
    moves: deliveryTransitions,
    says: 'It is `due` for as long as it is tried, and `dead` once it was given up.',
  },
];

/** One machine as Mermaid draws it. What has no way out ends there. */
export const diagramOf = ({ begins, moves }: Pick<Machine, 'begins' | 'moves'>): string => {
  const ways = Object.entries(moves).flatMap(([from, to]) =>
    to.length > 0 ? to.map((next) => `  ${from} --> ${next}`) : [`  ${from} --> [*]`],
  );
  return ['```mermaid', 'stateDiagram-v2', ...begins.map((first) => `  [*] --> ${first}`), ...ways, '```'].join('\n');
};

/** docs/states.md: every state machine, and what may be done to an order in which status. */
export const statesDocument = (): string => {
  const rows = Object.entries(orderActions).map(([action, statuses]) => [
    `\`${action}\``,
    ...orderStatuses.map((status) => ((statuses as readonly string[]).includes(status) ? 'yes' : '')),
  ]);
  return `# States

${made}

The arrows are those of the tables in the domain, which the code goes by: a move that isn't drawn is refused, or stops as a fault of ours.

${machines.map((machine) => `## ${machine.of}\n\n${machine.says}\n\n${diagramOf(machine)}`).join('\n\n')}

## What may be done to an order

Anything else is refused with \`order.invalid_transition\`, which names the status and the action.

${table(['Action', ...orderStatuses.map((status) => `\`${status}\``)], rows)}
`;
};
