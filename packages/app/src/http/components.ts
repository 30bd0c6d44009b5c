import type { TSchema } from 'typebox';
import { Actor } from './actor.schemas.js';
import { Address, AddressInput } from './address.schemas.js';
import { billingComponents } from './billing/billing.schemas.js';
import { channelComponents } from './channels/channels.schemas.js';
import { connectionComponents } from './channels/connections.schemas.js';
import { fulfilmentComponents } from './channels/fulfilments.schemas.js';
import { stockPushComponents } from './channels/stock-pushes.schemas.js';
import { syncComponents } from './channels/sync.schemas.js';
import { importComponents } from './inventory/imports.schemas.js';
import { inventoryComponents } from './inventory/inventory.schemas.js';
import { Availability, Item, ItemChange, ItemPage, NewItem } from './inventory/items.schemas.js';
import { Location, LocationChange, LocationPage, NewLocation } from './inventory/locations.schemas.js';
import { Reconciliation } from './inventory/reconciliation.schemas.js';
import { stockChangeComponents } from './inventory/stock-changes.schemas.js';
import { opsComponents } from './ops.routes.js';
import { batchComponents } from './orders/batch.schemas.js';
import { bulkComponents } from './orders/bulk.schemas.js';
import { newOrderComponents } from './orders/new-order.schemas.js';
import { orderChangeComponents } from './orders/order-changes.schemas.js';
import { orderFilterComponents } from './orders/order-filters.schemas.js';
import { orderHistoryComponents } from './orders/order-history.schemas.js';
import { orderComponents } from './orders/orders.schemas.js';
import { proposalComponents } from './orders/proposals.schemas.js';
import { Problem } from './problems/problem.schemas.js';
import { returnComponents } from './returns/returns.schemas.js';
import { carrierAccountComponents } from './shipments/carrier-accounts.schemas.js';
import { documentComponents } from './shipments/documents.schemas.js';
import { pickupComponents } from './shipments/pickups.schemas.js';
import { rateComponents } from './shipments/rates.schemas.js';
import { shipmentComponents } from './shipments/shipments.schemas.js';
import { trackingComponents } from './shipments/tracking.schemas.js';
import { apiKeyComponents } from './tenancy/api-keys.schemas.js';
import { auditComponents } from './tenancy/audit.schemas.js';
import {
  Access,
  Confirmation,
  Me,
  NewAccount,
  OrganizationChoice,
  RefreshToken,
  Session,
  SignIn,
} from './tenancy/auth.schemas.js';
import { invitationComponents } from './tenancy/invitations.schemas.js';
import { memberComponents } from './tenancy/members.schemas.js';
import { organizationComponents } from './tenancy/organization.schemas.js';
import { passwordComponents } from './tenancy/passwords.schemas.js';
import { sessionComponents } from './tenancy/sessions.schemas.js';
import { webhookEndpointComponents } from './webhooks/webhook-endpoints.schemas.js';

/** Every schema with a name, for the validators, the serializers and the API document alike. */
export const components: readonly { readonly schema: TSchema }[] = [
  Problem,
  Actor,
  Address,
  AddressInput,
  NewAccount,
  SignIn,
  Confirmation,
  RefreshToken,
  OrganizationChoice,
  Session,
  Access,
  Me,
  ...sessionComponents,
  ...passwordComponents,
  NewItem,
  ItemChange,
  Item,
  ItemPage,
  Availability,
  NewLocation,
  LocationChange,
  Location,
  LocationPage,
  ...inventoryComponents,
  ...importComponents,
  ...stockChangeComponents,
  Reconciliation,
  ...newOrderComponents,
  ...orderComponents,
  ...orderChangeComponents,
  ...orderHistoryComponents,
  ...proposalComponents,
  ...batchComponents,
  ...bulkComponents,
  ...returnComponents,
  ...shipmentComponents,
  ...documentComponents,
  ...rateComponents,
  ...pickupComponents,
  ...trackingComponents,
  ...carrierAccountComponents,
  ...channelComponents,
  ...fulfilmentComponents,
  ...stockPushComponents,
  ...syncComponents,
  ...connectionComponents,
  ...organizationComponents,
  ...memberComponents,
  ...invitationComponents,
  ...apiKeyComponents,
  ...auditComponents,
  ...orderFilterComponents,
  ...webhookEndpointComponents,
  ...billingComponents,
  ...opsComponents,
];
