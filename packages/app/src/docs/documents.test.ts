import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents, doorsDocument, errorsDocument, eventsDocument, permissionsDocument } from './documents.js';

it.each(Object.keys(documents))('finds docs/%s as the code has it (npm run docs writes it)', (name) => {
  expect(readFileSync(join(__dirname, '../../../../docs', name), 'utf8')).toBe(documents[name]?.());
});

it('says the status and the meaning of a refusal, and who may what', () => {
  expect(errorsDocument()).toContain(
    "| `order.insufficient_stock` | 409 | There isn't enough stock for the whole order. Nothing was reserved. |",
  );
  expect(doorsDocument()).toContain('| `reconciliations` | `oversold_units`, `ledger_drift_units`, `orphaned_reservations` |');
  expect(eventsDocument()).toContain('| `order.placed` | An order is here. | the order | `orderId`, `number`, `status` |');
  expect(permissionsDocument()).toContain('| `channel.connect` | yes |  |  |');
  expect(permissionsDocument()).toContain('| `order.write` | yes | yes |  |');
});
