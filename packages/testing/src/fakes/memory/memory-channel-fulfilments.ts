import type { ChannelFulfilmentStore, Fulfilment, Shipment } from '@rappit/domain';
import { pageOf } from '../page-of.js';
import { having } from './organization-state.js';
import type { Workbench } from './workbench.js';

const notLeft: readonly Shipment['status'][] = ['draft', 'purchasing', 'unknown', 'cancelled'];

/** It left with a label of ours. */
const hasLeft = ({ returnId, trackingNumber, status }: Shipment): boolean =>
  returnId === null && trackingNumber !== null && !notLeft.includes(status);

export const memoryChannelFulfilments = ({ state, change, now }: Workbench): ChannelFulfilmentStore => {
  const save = (fulfilment: Fulfilment): Fulfilment => {
    change({ channelFulfilments: having(state().channelFulfilments, fulfilment.shipmentId, fulfilment) });
    return fulfilment;
  };
  const all = (): readonly Fulfilment[] => [...state().channelFulfilments.values()];
  return {
    note: async (channelId, orderId) => {
      const order = state().orders.get(orderId);
      if (order?.source.kind !== 'channel' || order.source.channelId !== channelId) return 0;
      const fresh = [...state().shipments.values()].filter(
        (shipment) => shipment.orderId === orderId && hasLeft(shipment) && !state().channelFulfilments.has(shipment.id),
      );
      for (const { id: shipmentId, carrier, trackingNumber } of fresh) {
        const due = { status: 'due', attempts: 0, dueAt: now, toldAt: null, problem: null } as const;
        save({ ...due, shipmentId, channelId, orderId, carrier, trackingNumber: trackingNumber ?? '' });
      }
      return fresh.length;
    },
    claim: async (channelId, leaseSeconds) => {
      const [due] = all()
        .filter((row) => row.channelId === channelId && row.status === 'due' && row.dueAt <= now)
        .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.shipmentId < b.shipmentId ? -1 : 1));
      return due && save({ ...due, dueAt: new Date(now.getTime() + leaseSeconds * 1_000) });
    },
    content: async (shipmentId) => {
      const shipment = [...state().shipments.values()].find(({ id }) => id === shipmentId);
      return shipment && hasLeft(shipment)
        ? shipment.lines.map(({ orderLineId, quantity }) => ({ orderLineId, quantity }))
        : undefined;
    },
    lock: async (shipmentId) => state().channelFulfilments.get(shipmentId),
    save: async (fulfilment) => void save(fulfilment),
    list: async (channelId, page) =>
      pageOf(
        all().filter((row) => row.channelId === channelId),
        page,
        { placeOf: ({ shipmentId }) => shipmentId, newestFirst: true },
      ),
  };
};
