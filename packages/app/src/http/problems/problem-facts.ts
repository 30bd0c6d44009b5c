import type { OutboundObjection, Shortfall } from '@rappit/domain';
import type { Readiness } from '../ready.js';
import type { AnyRefusal, Fault } from './refusals.js';

/** What a problem says beyond its code. Each fact belongs to whoever asked. */
export type Facts = {
  readonly detail?: string;
  readonly errors?: readonly Fault[];
  readonly shortfalls?: readonly Shortfall[];
  readonly onHand?: number;
  readonly available?: number;
  readonly reserved?: number;
  readonly listings?: number;
  readonly waiting?: number;
  readonly kits?: number;
  readonly paymentStatus?: string;
  readonly limit?: number;
  readonly limitOf?: string;
  readonly usage?: number;
  readonly violatedPolicies?: readonly string[];
  readonly orderStatus?: string;
  readonly shipmentStatus?: string;
  readonly returnStatus?: string;
  readonly pickupStatus?: string;
  readonly reservationStatus?: string;
  readonly subscriptionStatus?: string;
  readonly billingUrl?: string;
  readonly action?: string;
  readonly orderId?: string;
  readonly shipmentId?: string;
  readonly shipmentIds?: readonly string[];
  readonly locationIds?: readonly string[];
  readonly version?: number;
  readonly mayTrackAt?: string;
  readonly checks?: Readiness['checks'];
  readonly tookMs?: Readiness['tookMs'];
  readonly queue?: Exclude<Readiness['queue'], undefined>;
};

const at = (path: string, message: string): Facts => ({ errors: [{ path, message }] });

/** What is wrong with a URL that may not be called. */
const urlFault: Readonly<Record<OutboundObjection, string>> = {
  malformed: 'must be a URL',
  scheme: 'must begin with https',
  credentials: 'must not hold a user name or a password',
  port: 'must not name a port',
  address: 'must not be an address, or one that is not public',
  header: 'must be a URL',
};

/** The facts of a refusal, each named here, so that nothing that a refusal carries is shown by accident. */
export const factsOf = (refusal: AnyRefusal): Facts => {
  switch (refusal.code) {
    case 'request.invalid':
    case 'order.invalid':
    case 'carrier_account.invalid':
    case 'kit.invalid':
    case 'shipment.customs_incomplete':
    case 'order.unknown_sku':
    case 'import.header_invalid':
    case 'import.unreadable':
      return { errors: refusal.faults };
    case 'rate_limit.exceeded':
      return { violatedPolicies: refusal.policies };
    case 'sku.invalid':
      return at('sku', 'must be 1 to 100 characters without control characters');
    case 'channel.shop_domain_invalid':
      return at('shopDomain', 'must be a domain such as demo.myshopify.com, or the address of a store that is open to the world');
    case 'channel.credentials_invalid':
      return at(`keys.${refusal.field}`, 'is missing, or not what it is called');
    case 'webhook_endpoint.url_refused':
      return at('url', urlFault[refusal.why]);
    case 'api_key.expiry_past':
      return at('expiresAt', 'must be in the future');
    case 'api_key.scope_refused':
      return { errors: refusal.scopes.map((scope) => ({ path: 'scopes', message: `${scope} is more than your role allows` })) };
    case 'quantity.invalid':
      return at(refusal.path, 'must be an integer from 1 to 1000000');
    case 'order.below_shipped':
      return at(refusal.path, `must be at least ${refusal.least}`);
    case 'order.quantity_exceeded':
    case 'return.quantity_exceeded':
    case 'shipment.quantity_exceeded':
      return { ...at(refusal.path, `must be at most ${refusal.available}`), available: refusal.available };
    case 'order.insufficient_stock':
      return { shortfalls: refusal.shortfalls };
    case 'order.invalid_transition':
      return { orderStatus: refusal.status, action: refusal.action };
    case 'shipment.special_goods_refused':
      return {
        errors: refusal.goods.map((goods, index) => ({ path: `specialGoods[${index}]`, message: `${goods} isn't taken` })),
      };
    case 'shipment.labels_missing':
    case 'shipment.labels_unmergeable':
      return { shipmentIds: refusal.shipmentIds };
    case 'pickup.already_booked':
      return { ...at(refusal.path, 'is in another pickup'), pickupStatus: refusal.status };
    case 'pickup.return_label':
      return at(refusal.path, 'is of a label that brings a return back');
    case 'pickup.settled':
    case 'pickup.unconfirmed':
      return { pickupStatus: refusal.status };
    case 'shipment.invalid_transition':
    case 'shipment.not_delivered':
      return { shipmentStatus: refusal.status };
    case 'return.invalid_transition':
      return { returnStatus: refusal.status, action: refusal.action };
    case 'return.line_not_found':
      return at(refusal.path, 'is not on this return');
    case 'reservation.not_open':
      return { reservationStatus: refusal.status };
    case 'order.already_placed':
      return { orderId: refusal.orderId };
    case 'import.too_many':
    case 'order.too_many_tags':
    case 'import.too_many_rows':
    case 'shipment.too_many_labels':
    case 'order_filter.too_many':
    case 'webhook_endpoint.too_many':
      return { limit: refusal.limit };
    case 'item.in_use':
      return {
        onHand: refusal.onHand,
        reserved: refusal.reserved,
        listings: refusal.listings,
        waiting: refusal.waiting,
        kits: refusal.kits,
      };
    case 'invitation.account_needed':
      return { errors: ['name', 'newPassword'].map((path) => ({ path, message: 'is needed for a new account' })) };
    case 'organization.changed':
    case 'order.changed':
      return { version: refusal.version };
    case 'payment.amount_invalid':
      return at('amountMinor', refusal.message);
    case 'payment.invalid_transition':
      return { paymentStatus: refusal.from };
    case 'transfer.insufficient_stock':
      return { available: refusal.available };
    case 'transfer.same_location':
      return at('toLocationId', 'must be another location');
    case 'adjustment.below_zero':
      return { onHand: refusal.onHand };
    case 'shipment.address_missing':
      return at(refusal.path, 'is needed before a label can be bought');
    case 'shipment.location_needed':
      return { ...at('locationId', 'is needed, since stock is reserved at several locations'), locationIds: refusal.locationIds };
    case 'shop.refused':
    case 'shop.unavailable':
    case 'shop.unauthorized':
    case 'shop.unknown_outcome':
    case 'carrier.refused':
    case 'carrier.unavailable':
    case 'carrier.unauthorized':
    case 'carrier.unknown_outcome':
    case 'carrier.unsupported':
    case 'carrier.reference_unknown':
    case 'carrier.reference_unsettled':
      return {
        detail: refusal.message,
        ...('path' in refusal && refusal.path !== null && at(refusal.path, refusal.message)),
        ...('shipmentId' in refusal && refusal.shipmentId !== undefined && { shipmentId: refusal.shipmentId }),
      };
    case 'subscription.limit_reached':
      return { limitOf: refusal.kind, limit: refusal.limit, usage: refusal.usage };
    case 'subscription.inactive':
      return { subscriptionStatus: refusal.status, billingUrl: refusal.billingUrl };
    case 'billing.refused':
      return { detail: refusal.message };
    case 'shipment.tracked_recently':
      return { mayTrackAt: refusal.mayTrackAt.toISOString() };
    case 'server.not_ready':
      return { checks: refusal.checks, tookMs: refusal.tookMs, ...(refusal.queue && { queue: refusal.queue }) };
    default:
      return {};
  }
};
