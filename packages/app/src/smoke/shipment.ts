import type { Shipment } from '@rappit/domain';
import type { Placed } from './order.js';
import type { Told } from './told.js';

const parcels = [{ weightGrams: 500, lengthMm: 200, widthMm: 150, heightMm: 100 }];

/** A label is bought, for money where the carrier is a real one, looked at, and cancelled afterwards. */
export const shipmentTest = async ({ api, undo, ground, orderId }: Placed, carrier: string): Promise<Told<true>> => {
  await api.post(`/orders/${orderId}/ready`, {});
  const shipment = await api.post<Shipment>(`/orders/${orderId}/shipments`, { carrier, locationId: ground.locationId, parcels });
  undo.push(() => api.post(`/shipments/${shipment.id}/cancel`, {}));
  if (shipment.status !== 'labelled' || !shipment.trackingNumber)
    throw new Error(
      `shipment ${shipment.id} is ${shipment.status}, and has ${shipment.trackingNumber ? 'a' : 'no'} tracking number`,
    );
  const label = await api.bytes(`/shipments/${shipment.id}/label`);
  if (label.length < 100) throw new Error(`the label of shipment ${shipment.id} has ${label.length} bytes`);
  return { says: `${carrier} gave ${shipment.trackingNumber}, and a label of ${label.length} bytes`, value: true };
};
