import {
  ApiKeyId,
  CarrierAccountId,
  ChannelId,
  ImportId,
  InvitationId,
  LocationId,
  OrderFilterId,
  OrderId,
  OrderLineId,
  OrganizationId,
  PickupBookingId,
  parseSku,
  ReservationId,
  ReturnId,
  SessionId,
  ShipmentId,
  type Sku,
  UserId,
  WebhookDeliveryId,
  WebhookEndpointId,
} from '@rappit/domain';
import { refusing } from './problems/refusals.js';

/** UUIDs are taken in either case, and are known in lower case. */
const lower = (text: string): string => text.toLowerCase();

export const orderIdOf = (text: string): OrderId => OrderId(lower(text));
export const orderFilterIdOf = (text: string): OrderFilterId => OrderFilterId(lower(text));
export const orderLineIdOf = (text: string): OrderLineId => OrderLineId(lower(text));
export const locationIdOf = (text: string): LocationId => LocationId(lower(text));
export const importIdOf = (text: string): ImportId => ImportId(lower(text));
export const reservationIdOf = (text: string): ReservationId => ReservationId(lower(text));
export const shipmentIdOf = (text: string): ShipmentId => ShipmentId(lower(text));
export const returnIdOf = (text: string): ReturnId => ReturnId(lower(text));
export const apiKeyIdOf = (text: string): ApiKeyId => ApiKeyId(lower(text));
export const carrierAccountIdOf = (text: string): CarrierAccountId => CarrierAccountId(lower(text));
export const channelIdOf = (text: string): ChannelId => ChannelId(lower(text));
export const organizationIdOf = (text: string): OrganizationId => OrganizationId(lower(text));
export const invitationIdOf = (text: string): InvitationId => InvitationId(lower(text));
export const sessionIdOf = (text: string): SessionId => SessionId(lower(text));
export const userIdOf = (text: string): UserId => UserId(lower(text));
export const webhookEndpointIdOf = (text: string): WebhookEndpointId => WebhookEndpointId(lower(text));
export const webhookDeliveryIdOf = (text: string): WebhookDeliveryId => WebhookDeliveryId(lower(text));

/** The SKU that a text is. */
export const skuOf = (text: string): Sku => {
  const sku = parseSku(text);
  if (!sku.ok) throw refusing(sku.error);
  return sku.value;
};
export const pickupIdOf = (text: string): PickupBookingId => PickupBookingId(lower(text));
