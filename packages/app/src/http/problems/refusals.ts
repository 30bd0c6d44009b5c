import type { DomainRefusal, SubscriptionStatus } from '@rappit/domain';
import type { Readiness } from '../ready.js';

/** One thing that is wrong with a request: where, and what it should be. */
export type Fault = { readonly path: string; readonly message: string };

/** What the HTTP layer refuses by itself, before or after the domain was asked. */
export type HttpRefusal =
  | { readonly code: 'request.invalid'; readonly faults: readonly Fault[] }
  | { readonly code: 'request.malformed' }
  | { readonly code: 'request.url_malformed' }
  | { readonly code: 'request.too_large' }
  | { readonly code: 'request.uri_too_long' }
  | { readonly code: 'request.headers_too_large' }
  | { readonly code: 'request.media_type_unsupported' }
  | { readonly code: 'request.timed_out' }
  | { readonly code: 'import.unreadable'; readonly faults: readonly Fault[] }
  | { readonly code: 'rate_limit.exceeded'; readonly retryAfterSeconds: number; readonly policies: readonly string[] }
  | { readonly code: 'route.not_found' }
  | { readonly code: 'route.method_not_allowed'; readonly allowed: readonly string[] }
  | { readonly code: 'shipment.label_not_found' }
  | { readonly code: 'shipment.document_not_found' }
  | ({ readonly code: 'server.not_ready' } & Omit<Readiness, 'ready'>)
  | { readonly code: 'server.unavailable' }
  /** The subscription gives no access; `billingUrl` is where that is changed, in a browser. */
  | { readonly code: 'subscription.inactive'; readonly status: SubscriptionStatus; readonly billingUrl: string }
  | { readonly code: 'server.fault' };

/** Everything that may be answered with a problem. A replayed answer isn't one: it is sent as it was. */
export type AnyRefusal = Exclude<DomainRefusal, { readonly code: 'idempotency.replayed' }> | HttpRefusal;
export type RefusalCode = AnyRefusal['code'];

/** An error that carries a refusal up to the error handler, from where no answer can be given. */
export const refusing = (refusal: AnyRefusal): Error & { readonly refusal: AnyRefusal } =>
  Object.assign(new Error(refusal.code), { refusal });
