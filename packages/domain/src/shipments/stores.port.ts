import type { Page, PageRequest } from '../kernel/index.js';
import type { OrderId, OrderStores } from '../orders/index.js';
import type { AccountOfCarrier } from './carriers.port.js';
import type { KeptScan } from './follow.js';
import type { ShipmentDocument } from './label.js';
import type { Shipment, ShipmentId, ShipmentStatus } from './shipment.js';

export type ShipmentFilter = {
  readonly orderId?: OrderId | undefined;
  readonly status?: ShipmentStatus | undefined;
};

/** Which paper of which shipment; positions count from 0. */
export type PaperPlace = { readonly shipmentId: ShipmentId; readonly position: number };
/** A paper without what is on it. */
export type Paper = PaperPlace & Pick<ShipmentDocument, 'kind' | 'format'> & { readonly bytes: number };

/**
 * Shipments of one organization.
 * - A shipment is locked after its order.
 * - `save` is conditional on the version before, and throws when somebody else has changed the shipment meanwhile.
 */
export type ShipmentStore = {
  readonly find: (id: ShipmentId) => Promise<Shipment | undefined>;
  /** Those that exist, in the order of their ids. */
  readonly findMany: (ids: readonly ShipmentId[]) => Promise<readonly Shipment[]>;
  readonly lock: (id: ShipmentId) => Promise<Shipment | undefined>;
  readonly save: (shipment: Shipment) => Promise<void>;
  /** Newest first. */
  readonly list: (page: PageRequest, filter: ShipmentFilter) => Promise<Page<Shipment>>;
  /** Those of which somebody should look up by then what the carrier did (`isToLookUp`), those whose purchases began first before others. */
  readonly toLookUp: (at: Date, limit: number) => Promise<readonly Shipment[]>;
  /** Found and locked until the unit of work ends, in the order of their ids. Those that don't exist are left out. */
  readonly lockAll: (ids: readonly ShipmentId[]) => Promise<readonly Shipment[]>;
  /** Every shipment of the orders. */
  readonly ofOrders: (ids: readonly OrderId[]) => Promise<readonly Shipment[]>;
  /** Those whose own number, or a parcel's, is among the numbers, of one carrier and account. */
  readonly byNumbers: (account: AccountOfCarrier, numbers: readonly string[]) => Promise<readonly Shipment[]>;
  /**
   * Puts up to so many shipments off that are due to be tracked (`isToTrack`), those due first before others, and answers them as they
   * were. What somebody else is putting off at that moment is left to them.
   */
  readonly claimToTrack: (limit: number, until: Date) => Promise<readonly Shipment[]>;
  /** Moves the time on at which each is due, and with `failures` also how often its carrier hasn't answered. */
  readonly putOffTracking: (
    those: readonly { readonly id: ShipmentId; readonly until: Date; readonly failures?: number }[],
  ) => Promise<void>;
  /**
   * Moves to `until` what is due before then (`isToTrack`) of one carrier and account, and lets its carrier have failed once at least
   * (`trackFailures`). The rest stays as it is, and so does what somebody else is changing at that moment.
   */
  readonly putOffAccount: (account: AccountOfCarrier, until: Date) => Promise<void>;
  /** Replaces where shipments stand and when they are tracked, and nothing else; like `save`, each is conditional on the version before. */
  readonly saveTracked: (shipments: readonly Shipment[]) => Promise<void>;
  /** Adds scans, and replaces the same ones (by shipment, number, local time, code and place). */
  readonly keepScans: (scans: readonly KeptScan[]) => Promise<void>;
  /** Every scan of the shipments, in no particular order. */
  readonly scansOf: (ids: readonly ShipmentId[]) => Promise<readonly KeptScan[]>;
  readonly addDocuments: (id: ShipmentId, documents: readonly ShipmentDocument[]) => Promise<void>;
  /** What papers the shipments have, by the ids of these and in the order in which they were added. Not one byte of them is read. */
  readonly papers: (ids: readonly ShipmentId[]) => Promise<readonly Paper[]>;
  /** Those of the papers that exist, as they were added, in the order of `papers`. */
  readonly documents: (wanted: readonly PaperPlace[]) => Promise<readonly (PaperPlace & ShipmentDocument)[]>;
};

/** What labels need to know of the returns whose goods they bring back. It lasts while the order is locked. */
export type AwaitedReturns = {
  /** Whether more of the return may come, as `returnActions.label` has it. Nothing is awaited of one that doesn't exist. */
  readonly isAwaited: (id: string) => Promise<boolean>;
};

export type ShipmentStores = OrderStores & { readonly shipments: ShipmentStore; readonly returns: AwaitedReturns };
