import {
  type AllocationExplanation,
  type ApiKey,
  type ApiKeyId,
  type AuditEntry,
  type BillingAuditEntry,
  type BooksSummary,
  type CarrierAccount,
  type CarrierAccountId,
  type Channel,
  type ChannelId,
  type ChannelSync,
  type ConnectionBegun,
  type DomainEvent,
  type DueDelivery,
  emptyStock,
  type Fulfilment,
  type Import,
  type ImportId,
  type Invitation,
  type InvitationId,
  type Item,
  type KeptFault,
  type KeptScan,
  type LedgerEntry,
  type LevelKey,
  type Listing,
  type Location,
  type LocationId,
  type LoggedDelivery,
  type Order,
  type OrderFilterId,
  type OrderId,
  type OrganizationProfile,
  type PickupBooking,
  type PickupBookingId,
  type Return,
  type ReturnId,
  type Role,
  type SavedOrderFilter,
  type SealedCredentials,
  type Shipment,
  type ShipmentDocument,
  type ShipmentId,
  type ShopVariant,
  type ShownStock,
  type Sku,
  type Stock,
  type StoredAnswer,
  type StoredRow,
  type Subscription,
  type TimelineEntry,
  type UserId,
  type WebhookDeliveryId,
  type WebhookEndpoint,
  type WebhookEndpointId,
} from '@rappit/domain';

/** Where something that has to be handed on stands: due, worked off, or given up. `attempts` counts the claims. */
export type Progress = {
  readonly status: 'due' | 'done' | 'dead';
  readonly dueAt: Date;
  readonly attempts: number;
  readonly said: string | null;
};

export type OutboxRow = Progress & { readonly id: string; readonly event: DomainEvent };
export type InboxRow = Progress & { readonly delivery: Omit<DueDelivery, 'attempts'> };
export type ClaimedKey = { readonly fingerprint: string; readonly answer: StoredAnswer; readonly claimedAt: Date };
export type StoredImport = {
  readonly about: Import;
  readonly rows: readonly StoredRow[];
  readonly faults: readonly KeptFault[];
};
export type StoredAllocation = AllocationExplanation & { readonly orderId: OrderId; readonly at: Date };

/** Secrets newest first. */
export type StoredEndpoint = {
  readonly endpoint: WebhookEndpoint;
  readonly secrets: readonly { readonly position: number; readonly sealed: string; readonly expiresAt: Date | null }[];
};

/** Credentials, and until when somebody renews them. */
export type KeptCredentials = SealedCredentials & { readonly renewingUntil: Date | null };

/** Everything that one organization has stored, as a value: whoever holds it holds a consistent state for ever. */
export type OrganizationState = {
  /** Null until it is opened. */
  readonly organization: OrganizationProfile | null;
  readonly members: ReadonlyMap<UserId, { readonly role: Role; readonly joinedAt: Date }>;
  readonly items: ReadonlyMap<Sku, { readonly item: Item; readonly removedAt: Date | null }>;
  readonly locations: ReadonlyMap<LocationId, Location>;
  readonly stock: Stock;
  readonly ledger: readonly LedgerEntry[];
  readonly chainEnds: ReadonlyMap<LevelKey, LedgerEntry>;
  readonly lastOrderNumber: number;
  readonly orders: ReadonlyMap<OrderId, Order>;
  /** The natural keys of channel orders (I6). */
  readonly externalOrders: ReadonlyMap<string, OrderId>;
  readonly timeline: readonly TimelineEntry[];
  readonly allocations: readonly StoredAllocation[];
  readonly shipments: ReadonlyMap<ShipmentId, Shipment>;
  /** By shipment, number, local time, code and place. */
  readonly scans: ReadonlyMap<string, KeptScan>;
  readonly orderFilters: ReadonlyMap<OrderFilterId, SavedOrderFilter>;
  readonly pickups: ReadonlyMap<PickupBookingId, PickupBooking>;
  readonly returns: ReadonlyMap<ReturnId, Return>;
  readonly documents: ReadonlyMap<ShipmentId, readonly ShipmentDocument[]>;
  readonly carrierAccounts: ReadonlyMap<CarrierAccountId, { readonly account: CarrierAccount; readonly sealed: string | null }>;
  readonly channels: ReadonlyMap<ChannelId, { readonly channel: Channel; readonly sealedSecrets: readonly string[] }>;
  /** By channel and variant; places by channel, item and location. */
  readonly channelVariants: ReadonlyMap<string, ShopVariant>;
  readonly channelSyncs: ReadonlyMap<ChannelId, ChannelSync>;
  readonly channelFulfilments: ReadonlyMap<string, Fulfilment>;
  readonly channelStock: ReadonlyMap<string, ShownStock>;
  readonly channelCredentials: ReadonlyMap<ChannelId, KeptCredentials>;
  /** By the digest of their tokens. */
  readonly connectionsBegun: ReadonlyMap<string, ConnectionBegun>;
  readonly listings: ReadonlyMap<string, Listing>;
  readonly apiKeys: ReadonlyMap<ApiKeyId, { readonly key: ApiKey; readonly secretHash: string }>;
  readonly invitations: ReadonlyMap<InvitationId, { readonly invitation: Invitation; readonly tokenHash: string | null }>;
  readonly audit: readonly AuditEntry[];
  readonly imports: ReadonlyMap<ImportId, StoredImport>;
  readonly outbox: readonly OutboxRow[];
  readonly inbox: readonly InboxRow[];
  readonly claimedKeys: ReadonlyMap<string, ClaimedKey>;
  readonly webhookEndpoints: ReadonlyMap<WebhookEndpointId, StoredEndpoint>;
  readonly webhookDeliveries: ReadonlyMap<WebhookDeliveryId, LoggedDelivery>;
  /** Null while nothing is kept but that the organization was opened. */
  readonly subscription: Subscription | null;
  readonly billingAudit: readonly BillingAuditEntry[];
  /** Of the last reconciliation. */
  readonly booksSummary: BooksSummary | null;
};

export const emptyOrganization: OrganizationState = {
  organization: null,
  members: new Map(),
  items: new Map(),
  locations: new Map(),
  stock: emptyStock,
  ledger: [],
  chainEnds: new Map(),
  lastOrderNumber: 1_000,
  orders: new Map(),
  externalOrders: new Map(),
  timeline: [],
  allocations: [],
  shipments: new Map(),
  scans: new Map(),
  orderFilters: new Map(),
  pickups: new Map(),
  returns: new Map(),
  documents: new Map(),
  carrierAccounts: new Map(),
  channels: new Map(),
  channelVariants: new Map(),
  channelStock: new Map(),
  channelSyncs: new Map(),
  channelFulfilments: new Map(),
  channelCredentials: new Map(),
  connectionsBegun: new Map(),
  listings: new Map(),
  apiKeys: new Map(),
  invitations: new Map(),
  audit: [],
  imports: new Map(),
  outbox: [],
  inbox: [],
  claimedKeys: new Map(),
  webhookEndpoints: new Map(),
  webhookDeliveries: new Map(),
  subscription: null,
  billingAudit: [],
  booksSummary: null,
};

/** A map with one entry more, or another value in its place. */
export const having = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value): ReadonlyMap<Key, Value> =>
  new Map(map).set(key, value);
