import { type Gate, noGo } from './gate.js';

/** GATE-005: the database itself refuses to promise stock twice. */
export const stockGate: Gate = {
  id: 'GATE-005',
  title: 'Stock under concurrency',
  rule: [
    'The checks that keep `0 ≤ reserved ≤ onHand` in the table of stock levels are there and valid.',
    'Whether the books hold is no matter of configuration: `rappit reconcile` and `inventory_oversold_units` tell.',
    'How orders meet is shown by `npm run test:e2e:concurrent-inventory` before a release, and not by a gate.',
  ],
  owns: (variable) => ['ALLOCATION_POLICY', 'PAYMENT_WINDOW_MINUTES'].includes(variable),
  reasons: ({ probes: { database } }) =>
    database === undefined || database === 'away'
      ? []
      : database.missingChecks.map((check) => noGo(`check ${check}`, 'is missing or was never validated')),
};
