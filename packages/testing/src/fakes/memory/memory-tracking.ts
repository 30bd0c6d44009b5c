import { isToTrack, type KeptScan, type Shipment, type ShipmentStore } from '@rappit/domain';
import { byCodePoint } from '../code-points.js';
import { Conflict, type Workbench } from './workbench.js';

/** What following parcels needs of the store of shipments. */
export type TrackingStore = Pick<
  ShipmentStore,
  | 'lockAll'
  | 'ofOrders'
  | 'byNumbers'
  | 'claimToTrack'
  | 'putOffTracking'
  | 'putOffAccount'
  | 'saveTracked'
  | 'keepScans'
  | 'scansOf'
>;

const dueAt = ({ trackAt }: Shipment): number => trackAt?.getTime() ?? 0;
const scanKey = ({ shipmentId, number, at, code, place }: KeptScan): string =>
  JSON.stringify([shipmentId, number, at.local, code, place]);

export const memoryTracking = ({ state, change, now }: Workbench): TrackingStore => {
  const all = () => [...state().shipments.values()].sort((one, other) => byCodePoint(one.id, other.id));
  const replace = (shipments: readonly Shipment[]): void =>
    change({ shipments: new Map([...state().shipments, ...shipments.map((one) => [one.id, one] as const)]) });
  return {
    lockAll: async (ids) => all().filter(({ id }) => ids.includes(id)),
    ofOrders: async (ids) => all().filter(({ orderId }) => ids.includes(orderId)),
    byNumbers: async ({ carrier, accountId }, numbers) =>
      all().filter(
        (one) =>
          one.carrier === carrier &&
          one.accountId === accountId &&
          [one.trackingNumber ?? '', ...one.parcelNumbers].some((number) => numbers.includes(number)),
      ),
    claimToTrack: async (limit, until) => {
      const due = all()
        .filter((one) => isToTrack(one, now))
        .sort((one, other) => dueAt(one) - dueAt(other))
        .slice(0, limit);
      replace(due.map((one) => ({ ...one, trackAt: until })));
      return due;
    },
    putOffTracking: async (those) =>
      replace(
        those.flatMap(({ id, until, failures }) => {
          const shipment = state().shipments.get(id);
          return shipment ? [{ ...shipment, trackAt: until, trackFailures: failures ?? shipment.trackFailures }] : [];
        }),
      ),
    putOffAccount: async ({ carrier, accountId }, until) =>
      replace(
        all()
          .filter((one) => one.carrier === carrier && one.accountId === accountId && isToTrack(one, until))
          .map((one) => ({ ...one, trackAt: until, trackFailures: Math.max(one.trackFailures, 1) })),
      ),
    saveTracked: async (shipments) =>
      replace(
        shipments.map(({ id, status, parcelStandings, trackedAt, trackAt, trackFailures, version }) => {
          const before = state().shipments.get(id);
          if (before?.version !== version - 1) throw new Conflict(`shipment ${id} was changed by somebody else`);
          return { ...before, status, parcelStandings, trackedAt, trackAt, trackFailures, version };
        }),
      ),
    keepScans: async (scans) =>
      change({ scans: new Map([...state().scans, ...scans.map((scan) => [scanKey(scan), scan] as const)]) }),
    scansOf: async (ids) => [...state().scans.values()].filter(({ shipmentId }) => ids.includes(shipmentId)),
  };
};
