import { type Facts, factsOf } from './problem-facts.js';
import { titleOf } from './problem-titles.js';
import type { AnyRefusal, RefusalCode } from './refusals.js';

/** The status of every refusal: the one place that knows. A new refusal doesn't compile until it stands here. */
export const statusOf = {
  'account.credentials_wrong': 401,
  'account.email_taken': 409,
  'account.password_wrong': 422,
  'api_key.expiry_past': 400,
  'api_key.not_found': 404,
  'api_key.scope_refused': 403,
  'adjustment.below_zero': 409,
  'transfer.insufficient_stock': 409,
  'transfer.same_location': 400,
  'carrier.reference_unknown': 409,
  'carrier.reference_unsettled': 503,
  'carrier.refused': 422,
  'carrier.unauthorized': 502,
  'carrier.unavailable': 503,
  'carrier.unknown': 422,
  'carrier.unsupported': 422,
  'carrier.unknown_outcome': 504,
  'carrier_account.invalid': 400,
  'carrier_account.not_found': 404,
  'channel.secret_missing': 400,
  'channel.exists': 409,
  'channel.not_found': 404,
  'channel.shop_domain_invalid': 400,
  'delivery.unreadable': 422,
  'idempotency.in_progress': 409,
  'idempotency.key_reused': 422,
  'import.empty': 400,
  'import.header_invalid': 400,
  'import.not_found': 404,
  'import.too_many': 409,
  'import.too_many_rows': 413,
  'import.unreadable': 400,
  'invitation.account_needed': 400,
  'invitation.exists': 409,
  'invitation.not_found': 404,
  'invitation.sent_too_often': 429,
  'invitation.sign_in_needed': 409,
  'item.exists': 409,
  'item.in_use': 409,
  'item.is_kit': 409,
  'item.kit_fixed': 409,
  'item.not_found': 404,
  'kit.invalid': 400,
  'link.invalid': 400,
  'location.code_taken': 409,
  'location.not_found': 404,
  'member.exists': 409,
  'member.last_admin': 409,
  'member.not_found': 404,
  'money.invalid': 400,
  'organization.changed': 409,
  'organization.not_found': 404,
  'order.already_placed': 409,
  'order.below_shipped': 409,
  'order.changed': 409,
  'order.insufficient_stock': 409,
  'order.invalid': 400,
  'order.invalid_transition': 409,
  'order.line_not_found': 404,
  'order.lines_unmapped': 409,
  'order.not_found': 404,
  'order.nothing_left': 409,
  'order.nothing_reserved': 409,
  'order.purchase_in_progress': 409,
  'order.quantity_exceeded': 409,
  'order.too_many_tags': 409,
  'order.unknown_sku': 422,
  'payment.amount_invalid': 422,
  'payment.invalid_transition': 409,
  'permission.denied': 403,
  'pickup.already_booked': 409,
  'pickup.not_found': 404,
  'pickup.shipments_differ': 422,
  'pickup.unconfirmed': 409,
  'quantity.invalid': 400,
  'request.headers_too_large': 431,
  'request.invalid': 400,
  'request.malformed': 400,
  'request.media_type_unsupported': 415,
  'request.timed_out': 408,
  'request.too_large': 413,
  'request.uri_too_long': 414,
  'request.url_malformed': 400,
  'reservation.not_found': 404,
  'reservation.not_open': 409,
  'return.invalid_transition': 409,
  'return.line_not_found': 404,
  'return.not_found': 404,
  'return.quantity_exceeded': 409,
  'route.method_not_allowed': 405,
  'route.not_found': 404,
  'server.fault': 500,
  'server.not_ready': 503,
  'server.unavailable': 503,
  'session.not_found': 404,
  'shipment.address_missing': 422,
  'shipment.invalid_transition': 409,
  'shipment.customs_incomplete': 422,
  'shipment.special_goods_refused': 422,
  'shipment.document_not_found': 404,
  'shipment.label_not_found': 404,
  'shipment.labels_missing': 409,
  'shipment.labels_unmergeable': 422,
  'shipment.too_many_labels': 422,
  'shipment.location_needed': 422,
  'shipment.not_found': 404,
  'shipment.not_labelled': 409,
  'shipment.goods_on_return': 409,
  'shipment.nothing_to_ship': 409,
  'shipment.purchase_under_way': 409,
  'shipment.tracked_recently': 429,
  'sku.invalid': 400,
  'store.conflict': 409,
  'store.unstorable': 400,
  'token.invalid': 401,
  'webhook.signature_invalid': 401,
  'webhook_delivery.not_found': 404,
  'webhook_delivery.under_way': 409,
  'webhook_endpoint.disabled': 409,
  'webhook_endpoint.not_found': 404,
  'webhook_endpoint.too_many': 409,
  'webhook_endpoint.url_refused': 400,
} as const satisfies Record<RefusalCode, number>;

/** Seconds after which the same request may be made again as it is. */
const retryAfter: Partial<Record<RefusalCode, number>> = {
  'carrier.reference_unsettled': 300,
  'carrier.unavailable': 30,
  'idempotency.in_progress': 1,
  'import.too_many': 30,
  'order.purchase_in_progress': 5,
  'server.not_ready': 5,
  'server.unavailable': 5,
  'shipment.purchase_under_way': 5,
  'store.conflict': 1,
};

/** RFC 9457. `type` is the code as a URN; there is no `instance`, and no id in `detail`. */
export type Problem = Facts & {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: RefusalCode;
};

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export const problemOf = (refusal: AnyRefusal): Problem => ({
  type: `urn:rappit:problem:${refusal.code}`,
  title: titleOf[refusal.code],
  status: statusOf[refusal.code],
  code: refusal.code,
  ...factsOf(refusal),
});

/** What a refusal says in headers: when to come back, how to sign in, which methods there are. */
export const headersOf = (refusal: AnyRefusal): Readonly<Record<string, string>> => {
  const seconds = 'retryAfterSeconds' in refusal ? refusal.retryAfterSeconds : retryAfter[refusal.code];
  return {
    ...(seconds !== undefined && { 'retry-after': String(seconds) }),
    ...(statusOf[refusal.code] === 401 && {
      'www-authenticate': refusal.code === 'webhook.signature_invalid' ? 'Signature' : 'Bearer realm="rappit"',
    }),
    ...(refusal.code === 'route.method_not_allowed' && { allow: refusal.allowed.join(', ') }),
  };
};

export const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(statusOf, code);
