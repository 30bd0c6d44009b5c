import type { TSchema } from 'typebox';
import { Actor } from './actor.schemas.js';
import { Address, AddressInput } from './address.schemas.js';
import { apiKeyComponents } from './api-keys.schemas.js';
import { auditComponents } from './audit.schemas.js';
import { Access, Confirmation, Me, NewAccount, OrganizationChoice, RefreshToken, Session, SignIn } from './auth.schemas.js';
import { batchComponents } from './batch.schemas.js';
import { bulkComponents } from './bulk.schemas.js';
import { carrierAccountComponents } from './carrier-accounts.schemas.js';
import { channelComponents } from './channels.schemas.js';
import { documentComponents } from './documents.schemas.js';
import { importComponents } from './imports.schemas.js';
import { inventoryComponents } from './inventory.schemas.js';
import { invitationComponents } from './invitations.schemas.js';
import { Availability, Item, ItemChange, ItemPage, NewItem } from './items.schemas.js';
import { Location, LocationChange, LocationPage, NewLocation } from './locations.schemas.js';
import { memberComponents } from './members.schemas.js';
import { newOrderComponents } from './new-order.schemas.js';
import { opsComponents } from './ops.routes.js';
import { orderChangeComponents } from './order-changes.schemas.js';
import { orderHistoryComponents } from './order-history.schemas.js';
import { orderComponents } from './orders.schemas.js';
import { organizationComponents } from './organization.schemas.js';
import { passwordComponents } from './passwords.schemas.js';
import { pickupComponents } from './pickups.schemas.js';
import { Problem } from './problem.schemas.js';
import { rateComponents } from './rates.schemas.js';
import { Reconciliation } from './reconciliation.schemas.js';
import { sessionComponents } from './sessions.schemas.js';
import { shipmentComponents } from './shipments.schemas.js';
import { stockChangeComponents } from './stock-changes.schemas.js';
import { trackingComponents } from './tracking.schemas.js';
import { webhookEndpointComponents } from './webhook-endpoints.schemas.js';

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
  ...batchComponents,
  ...bulkComponents,
  ...shipmentComponents,
  ...documentComponents,
  ...rateComponents,
  ...pickupComponents,
  ...trackingComponents,
  ...carrierAccountComponents,
  ...channelComponents,
  ...organizationComponents,
  ...memberComponents,
  ...invitationComponents,
  ...apiKeyComponents,
  ...auditComponents,
  ...webhookEndpointComponents,
  ...opsComponents,
];
