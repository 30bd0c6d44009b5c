import { accepted } from './accepted.test-kit.js';
import { access } from './access.test-kit.js';
import { apiDocument } from './api-document.test-kit.js';
import { apiKeys } from './api-keys.test-kit.js';
import { auditLog } from './audit-log.test-kit.js';
import type { MakeBackend } from './backend.test-kit.js';
import { badInput } from './bad-input.test-kit.js';
import { billing } from './billing.test-kit.js';
import { carrierAccounts } from './carrier-accounts.test-kit.js';
import { carrierWebhooks } from './carrier-webhooks.test-kit.js';
import { csvExport } from './csv-export.test-kit.js';
import { datedExport } from './dated-export.test-kit.js';
import { documents } from './documents.test-kit.js';
import { enumeration } from './enumeration.test-kit.js';
import { faults } from './faults.test-kit.js';
import { guessing } from './guessing.test-kit.js';
import { idempotency } from './idempotency.test-kit.js';
import { imports } from './imports.test-kit.js';
import { injection } from './injection.test-kit.js';
import { invitations } from './invitations.test-kit.js';
import { isolation } from './isolation.test-kit.js';
import { joining } from './joining.test-kit.js';
import { kits } from './kits.test-kit.js';
import { lists } from './lists.test-kit.js';
import { lowStock } from './low-stock.test-kit.js';
import { members } from './members.test-kit.js';
import { observing } from './observing.test-kit.js';
import { orderFilters } from './order-filters.test-kit.js';
import { orderLife } from './order-life.test-kit.js';
import { organization } from './organization.test-kit.js';
import { passwords } from './passwords.test-kit.js';
import { pickups } from './pickups.test-kit.js';
import { planLimits } from './plan-limits.test-kit.js';
import { proofOfDelivery } from './proof-of-delivery.test-kit.js';
import { rates } from './rates.test-kit.js';
import { returns } from './returns.test-kit.js';
import { sentSheets } from './sent-sheets.test-kit.js';
import { sessions } from './sessions.test-kit.js';
import { shipping } from './shipping.test-kit.js';
import { shippingInput } from './shipping-input.test-kit.js';
import { stockImports } from './stock-imports.test-kit.js';
import { stockMoves } from './stock-moves.test-kit.js';
import { subscribed } from './subscribed.test-kit.js';
import { tokens } from './tokens.test-kit.js';
import { tracking } from './tracking.test-kit.js';
import { webhookEndpoints } from './webhook-endpoints.test-kit.js';
import { webhooks } from './webhooks.test-kit.js';

type Suite = (make: MakeBackend) => void;

/** Who gets in, who may do what, and that nobody sees another's data. */
export const securitySuites: readonly Suite[] = [
  access,
  sessions,
  tokens,
  passwords,
  enumeration,
  members,
  organization,
  invitations,
  joining,
  apiKeys,
  isolation,
  guessing,
  injection,
  badInput,
  auditLog,
];

/** Everything else that the HTTP API promises, for a backend of any kind. */
export const suites: readonly Suite[] = [
  accepted,
  idempotency,
  lists,
  csvExport,
  datedExport,
  imports,
  sentSheets,
  stockImports,
  stockMoves,
  kits,
  lowStock,
  orderLife,
  shipping,
  shippingInput,
  rates,
  pickups,
  returns,
  documents,
  proofOfDelivery,
  tracking,
  carrierAccounts,
  carrierWebhooks,
  webhooks,
  orderFilters,
  billing,
  subscribed,
  planLimits,
  webhookEndpoints,
  faults,
  observing,
  apiDocument,
];
