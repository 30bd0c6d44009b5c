import { isToLookUp, type PaperPlace, type Shipment, type ShipmentDocument, type ShipmentStore } from '@rappit/domain';
import { byCodePoint } from '../code-points.js';
import { pageOf } from '../page-of.js';
import { memoryTracking, type TrackingStore } from './memory-tracking.js';
import { having, type OrganizationState } from './organization-state.js';
import { Conflict, type Workbench } from './workbench.js';

const begunAt = ({ purchaseStartedAt }: Shipment): number => purchaseStartedAt?.getTime() ?? 0;

const keptPapers = ({ documents }: OrganizationState): readonly (PaperPlace & ShipmentDocument)[] =>
  [...documents]
    .sort(([one], [other]) => byCodePoint(one, other))
    .flatMap(([shipmentId, papers]) => papers.map((paper, position) => ({ ...paper, shipmentId, position })));

export const memoryShipments = (bench: Workbench): ShipmentStore => ({
  ...memoryTracking(bench),
  ...memoryParcels(bench),
});

const memoryParcels = ({ state, change }: Workbench): Omit<ShipmentStore, keyof TrackingStore> => ({
  find: async (id) => state().shipments.get(id),
  findMany: async (ids) => [...new Set(ids)].sort(byCodePoint).flatMap((id) => state().shipments.get(id) ?? []),
  lock: async (id) => state().shipments.get(id),
  save: async (shipment) => {
    const before = state().shipments.get(shipment.id);
    if ((before?.version ?? 0) !== shipment.version - 1)
      throw new Conflict(`shipment ${shipment.id} was changed by somebody else`);
    change({ shipments: having(state().shipments, shipment.id, shipment) });
  },
  list: async (page, { orderId, status }) =>
    pageOf(
      [...state().shipments.values()].filter(
        (shipment) =>
          (orderId === undefined || shipment.orderId === orderId) && (status === undefined || shipment.status === status),
      ),
      page,
      { placeOf: ({ id }) => id, newestFirst: true },
    ),
  toLookUp: async (at, limit) =>
    [...state().shipments.values()]
      .filter((shipment) => isToLookUp(shipment, at))
      .sort((one, other) => begunAt(one) - begunAt(other) || byCodePoint(one.id, other.id))
      .slice(0, limit),
  addDocuments: async (id, documents) =>
    change({ documents: having(state().documents, id, [...(state().documents.get(id) ?? []), ...documents]) }),
  papers: async (ids) =>
    keptPapers(state()).flatMap(({ content, ...paper }) =>
      ids.includes(paper.shipmentId) ? [{ ...paper, bytes: content.length }] : [],
    ),
  documents: async (wanted) =>
    keptPapers(state()).filter((paper) =>
      wanted.some(({ shipmentId, position }) => shipmentId === paper.shipmentId && position === paper.position),
    ),
});
