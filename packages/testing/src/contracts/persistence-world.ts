import type {
  AccountRequests,
  Accounts,
  ApiKeyDoor,
  ApiKeyStores,
  BillingDoor,
  CarrierAccountStores,
  ChannelDoor,
  ChannelStores,
  ConnectionDoor,
  Digest,
  IdSource,
  ImportStores,
  InvitationDoor,
  InvitationStores,
  OrderIntake,
  OrganizationId,
  OutboxStore,
  PickupStores,
  ReturnStores,
  SavedFilterStores,
  SealStores,
  SubscriptionStores,
  TenancyStores,
  TrackingDoor,
  UnitOfWork,
  WebhookStores,
} from '@rappit/domain';

/** Every store that a unit of work hands out. */
export type AllStores = ChannelStores &
  ReturnStores &
  PickupStores &
  CarrierAccountStores &
  TenancyStores &
  ApiKeyStores &
  InvitationStores &
  SealStores &
  ImportStores &
  SubscriptionStores &
  SavedFilterStores &
  WebhookStores & { readonly outbox: OutboxStore };

/** What the suites of persistence need: the ports over one store, and organizations that nobody has used before. */
export type PersistenceWorld = {
  readonly unitOfWork: UnitOfWork<AllStores>;
  /** Decides by the domain's `decidePlacements`, with `ids`. */
  readonly intake: OrderIntake;
  readonly accounts: Accounts;
  readonly accountRequests: AccountRequests;
  readonly door: ChannelDoor & ConnectionDoor & ApiKeyDoor & InvitationDoor & TrackingDoor & BillingDoor;
  readonly ids: IdSource;
  /** What the store hashes its ledger with. */
  readonly digest: Digest;
  readonly newOrganization: () => Promise<OrganizationId>;
};
