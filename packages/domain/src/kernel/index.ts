export { type Actor, system } from './actor.js';
export type { Address } from './address.js';
export type { Brand } from './brand.js';
export { bug } from './bug.js';
export type { Caller } from './caller.js';
export type { ClaimedKeys } from './claimed-keys.port.js';
export type { StoreConflict, StoreUnstorable } from './conflict.js';
export { type Digest, digestVectors } from './digest.port.js';
export type { DomainEvent } from './event.js';
export {
  type GuardedFetch,
  type OutboundAnswer,
  type OutboundObjection,
  type OutboundRefused,
  type OutboundRequest,
  type OutboundUnavailable,
  type OutboundUnknown,
  outboundObjections,
} from './guarded-fetch.port.js';
export { hearing } from './hearing.js';
export { IDEMPOTENCY_HOURS, type Once, type OnceRefusal, type StoredAnswer } from './idempotency.js';
export type { IdSource } from './ids.port.js';
export { inProcessSignals } from './in-process-signals.js';
export { type Delivery, type DueDelivery, type InboxEntry, type InboxStore, inboxStatuses } from './inbox.port.js';
export type { Insist } from './insist.port.js';
export { type LimitKind, type LimitReached, limitKinds } from './limit.js';
export type { Labels, Meter } from './meter.port.js';
export { decimalText, type Money, type MoneyInvalid, minorDigits, minorFromDecimal } from './money.js';
export { OrganizationId } from './organization-id.js';
export type { Announcements, EventKeeper, EventSubscriber, OutboxEntry, OutboxStore } from './outbox.port.js';
export { MAX_PAGE, type Page, type PageRequest } from './page.js';
export { isCount, isQuantity, MAX_QUANTITY, type QuantityInvalid } from './quantity.js';
export { relayOutbox } from './relay-outbox.js';
export { type Err, err, type Ok, ok, type Refusal, type Result } from './result.js';
export { lookAgainAt, MAX_ATTEMPTS, retryAt } from './retry.js';
export type { Signal, Signals } from './signals.port.js';
export type { Moment, RunRefusal, UnitOfWork } from './unit-of-work.port.js';
export { type SealedFor, type SealStore, type SealStores, type StoredSeal, sealPlace, type Vault } from './vault.port.js';
