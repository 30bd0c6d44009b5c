export {
  ENDPOINT_DISABLED,
  type EventField,
  type PublicEvent,
  type PublicEventType,
  publicEvents,
  publicEventTypes,
} from './catalogue.js';
export { type DeliverWebhooks, deliverWebhooks } from './deliver.js';
export {
  type AttemptOutcome,
  attemptOutcomes,
  type DeliveryStatus,
  deliveryStatuses,
  deliveryTransitions,
  type WebhookAttempt,
  type WebhookDelivery,
  WebhookDeliveryId,
} from './delivery.js';
export {
  type DisabledReason,
  disabledReasons,
  MAX_ENDPOINTS,
  MAX_SECRETS,
  signingSecretOf,
  WEBHOOK_SECRET,
  type WebhookEndpoint,
  WebhookEndpointId,
  webhookSecretOf,
} from './endpoint.js';
export { handOverToWebhooks } from './hand-over.js';
export {
  type AddWebhookEndpoint,
  addWebhookEndpoint,
  type ChangeWebhookEndpoint,
  changeWebhookEndpoint,
  type EndpointWithSecret,
  type NewWebhookEndpoint,
  type RemoveWebhookEndpoint,
  type RotateWebhookSecret,
  removeWebhookEndpoint,
  rotateWebhookSecret,
  type TooManyEndpoints,
  type WebhookEndpointChange,
  type WebhookEndpointNotFound,
  type WebhookUrlRefused,
} from './keep-endpoints.js';
export { mailEndpointDisabled } from './mail-disabled.js';
export {
  type Redeliver,
  redeliver,
  type WebhookDeliveryNotFound,
  type WebhookDeliveryUnderWay,
  type WebhookEndpointDisabled,
} from './redeliver.js';
export type { WebhookAnswer, WebhookMessage, WebhookSender } from './sender.port.js';
export type {
  ClaimedDelivery,
  LoggedDelivery,
  NewDelivery,
  SecretRotation,
  Settlement,
  WebhookDeliveryStore,
  WebhookEndpointStore,
  WebhookStores,
} from './stores.port.js';
export { tidyWebhooks, type WebhooksWaiting, webhooksWaiting } from './waiting.js';
