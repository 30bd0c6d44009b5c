import type { Page, PageRequest } from '../kernel/index.js';
import type { OrderId, OrderStores } from '../orders/index.js';
import type { ShipmentDocument } from './label.js';
import type { Shipment, ShipmentId } from './shipment.js';

export type ShipmentFilter = { readonly orderId?: OrderId | undefined };

/**
 * Shipments of one organization.
 * - A shipment is locked after its order.
 * - `save` is conditional on the version before, and throws when somebody else has changed the shipment meanwhile.
 */
export type ShipmentStore = {
  readonly find: (id: ShipmentId) => Promise<Shipment | undefined>;
  readonly lock: (id: ShipmentId) => Promise<Shipment | undefined>;
  readonly save: (shipment: Shipment) => Promise<void>;
  /** Newest first. */
  readonly list: (page: PageRequest, filter: ShipmentFilter) => Promise<Page<Shipment>>;
  /** Those of which somebody should look up by then what the carrier did (`isToLookUp`), those whose purchases began first before others. */
  readonly toLookUp: (at: Date, limit: number) => Promise<readonly Shipment[]>;
  readonly addDocuments: (id: ShipmentId, documents: readonly ShipmentDocument[]) => Promise<void>;
  readonly documents: (id: ShipmentId) => Promise<readonly ShipmentDocument[]>;
};

export type ShipmentStores = OrderStores & { readonly shipments: ShipmentStore };
