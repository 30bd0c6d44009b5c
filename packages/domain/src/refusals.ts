import type {
  AddChannelRefused,
  ChangeChannelRefused,
  ChannelExists,
  ChannelNotFound,
  ChannelUnaskable,
  DeliveryUnreadable,
  FinishRefused,
  FulfilmentNotFound,
  IgnoreRefused,
  ImportRefused,
  ReplayRefused,
  ResolveRefused,
  SecretMissing,
  ShopDomainInvalid,
  SignatureInvalid,
} from './channels/index.js';
import type {
  AddItemRefused,
  AdjustmentRefused,
  ChangeItemRefused,
  ImportNotFound,
  ItemExists,
  ItemInUse,
  ItemNotFound,
  LocationCodeTaken,
  LocationNotFound,
  ReceiveImportRefused,
  SkuInvalid,
} from './inventory/index.js';
import type { MoneyInvalid, QuantityInvalid, RunRefusal } from './kernel/index.js';
import type {
  AdjustRefused,
  CancelLinesRefused,
  CancelRefused,
  ChangeRefused,
  EditRefused,
  HoldRefused,
  KeepBackRefused,
  MoveRefused,
  OrderFilterExists,
  OrderFilterNotFound,
  PlaceRefused,
  ReceiveRefused,
  RecordPaymentRefused,
  ReleaseRefused,
  ResumeRefused,
  TagRefused,
  TooManyOrderFilters,
} from './orders/index.js';
import type {
  DecideReturnRefused,
  LabelReturnRefused,
  ReceiveReturnRefused,
  RefundReturnRefused,
  RequestReturnRefused,
} from './returns/index.js';
import type {
  BookRefused,
  CancelPickupRefused,
  CancelShipmentRefused,
  CarrierAccountInvalid,
  MergeRefused,
  ProveRefused,
  RatesRefused,
  SettlePickupRefused,
  ShipmentNotFound,
  ShipRefused,
  TrackRefused,
  ValidateRefused,
} from './shipments/index.js';
import type {
  BillingEventRefused,
  BillingRefused,
  BillingUnavailable,
  SubscriptionExists,
  SubscriptionNotBought,
} from './subscriptions/index.js';
import type {
  AccountNeeded,
  ApiKeyNotFound,
  CredentialsWrong,
  EmailTaken,
  ExpiryPast,
  InvitationExists,
  InvitationNotFound,
  InvitationSentTooOften,
  LastAdmin,
  LinkInvalid,
  MemberExists,
  MemberNotFound,
  OrganizationChanged,
  OrganizationNotFound,
  PasswordWrong,
  PermissionDenied,
  ScopeRefused,
  SessionNotFound,
  SignInNeeded,
  TokenInvalid,
} from './tenancy/index.js';
import type {
  TooManyEndpoints,
  WebhookDeliveryNotFound,
  WebhookDeliveryUnderWay,
  WebhookEndpointDisabled,
  WebhookEndpointNotFound,
  WebhookUrlRefused,
} from './webhooks/index.js';

/** Everything that the domain may refuse: whoever translates refusals translates all of these. */
export type DomainRefusal =
  | MoneyInvalid
  | QuantityInvalid
  | RunRefusal
  | CredentialsWrong
  | EmailTaken
  | TokenInvalid
  | LinkInvalid
  | PasswordWrong
  | OrganizationNotFound
  | OrganizationChanged
  | PermissionDenied
  | MemberNotFound
  | LastAdmin
  | MemberExists
  | InvitationExists
  | InvitationNotFound
  | InvitationSentTooOften
  | SignInNeeded
  | AccountNeeded
  | SessionNotFound
  | ApiKeyNotFound
  | ScopeRefused
  | ExpiryPast
  | SkuInvalid
  | AddItemRefused
  | ChangeItemRefused
  | ImportNotFound
  | ReceiveImportRefused
  | ItemExists
  | ItemInUse
  | ItemNotFound
  | LocationCodeTaken
  | LocationNotFound
  | AdjustmentRefused
  | AdjustRefused
  | ReceiveRefused
  | ReleaseRefused
  | MoveRefused
  | KeepBackRefused
  | CancelRefused
  | CancelLinesRefused
  | ChangeRefused
  | EditRefused
  | HoldRefused
  | ResumeRefused
  | TagRefused
  | PlaceRefused
  | OrderFilterExists
  | OrderFilterNotFound
  | TooManyOrderFilters
  | RecordPaymentRefused
  | RequestReturnRefused
  | LabelReturnRefused
  | DecideReturnRefused
  | ReceiveReturnRefused
  | RefundReturnRefused
  | ShipRefused
  | CancelShipmentRefused
  | MergeRefused
  | BookRefused
  | CancelPickupRefused
  | SettlePickupRefused
  | RatesRefused
  | ValidateRefused
  | CarrierAccountInvalid
  | ShipmentNotFound
  | ProveRefused
  | TrackRefused
  | ChannelExists
  | ChannelNotFound
  | ShopDomainInvalid
  | SecretMissing
  | SignatureInvalid
  | DeliveryUnreadable
  | FulfilmentNotFound
  | ReplayRefused
  | ResolveRefused
  | AddChannelRefused
  | ChangeChannelRefused
  | ChannelUnaskable
  | FinishRefused
  | IgnoreRefused
  | ImportRefused
  | WebhookEndpointNotFound
  | WebhookEndpointDisabled
  | WebhookUrlRefused
  | TooManyEndpoints
  | WebhookDeliveryNotFound
  | WebhookDeliveryUnderWay
  | SubscriptionExists
  | SubscriptionNotBought
  | BillingUnavailable
  | BillingRefused
  | BillingEventRefused;
