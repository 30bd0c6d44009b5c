export { type BillingStep, daysLater } from './billing/billing-books.js';
export { type FakeBilling, fakeBilling } from './billing/fake-billing.js';
export { type Away, type CarrierFault, carrierFaults, isAway, type Scan } from './carrier-fault.js';
export { byCodePoint } from './code-points.js';
export {
  exampleAddress,
  exampleCustoms,
  exampleDraft,
  exampleGoods,
  exampleItem,
  exampleLabelOrder,
  exampleLine,
  exampleLocation,
  exampleParcel,
  exampleSku,
} from './examples.js';
export { fakeAccountFormOf, fakeAccountForms, fakeConnections } from './fake-accounts.js';
export {
  FAKE_CARRIER_MAX_GRAMS,
  type FakeCarrier,
  type FakeCarrierOptions,
  fakeCarrier,
  fakeCarriers,
  type Sale,
} from './fake-carrier.js';
export { type FakeClock, fakeClock } from './fake-clock.js';
export { type FakeGuardedFetch, fakeGuardedFetch, type OutboundFault } from './fake-guarded-fetch.js';
export { fakeIds } from './fake-ids.js';
export { fakePaper } from './fake-label.js';
export { type FakeMailer, fakeMailer } from './fake-mailer.js';
export { type FakeMeter, fakeMeter, type Measured } from './fake-meter.js';
export { fakeLinkTokens, fakePasswords, fakeSecretSource, fakeTokens, fakeVault, fakeVaultOf } from './fake-secrets.js';
export { type FakeShop, fakeShop, type ShopFault } from './fake-shop.js';
export { type FakeShopConnection, fakeShopConnection } from './fake-shop-connection.js';
export { type FakeWebhookSender, fakeWebhookSender, webhookAnswer } from './fake-webhook-sender.js';
export { inMemory } from './memory/in-memory.js';
export type { MemoryOptions } from './memory/memory-options.js';
export { type MemoryPersistence, memoryPersistence } from './memory/memory-persistence.js';
export type { AllStores } from './memory/memory-stores.js';
export type { OrganizationState } from './memory/organization-state.js';
export { sha256 } from './sha256.js';
