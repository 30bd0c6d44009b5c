import type { SeenScan, Sold } from '../scenario/books.js';

const codes: Readonly<Record<SeenScan['status'], readonly [code: string, description: string]>> = {
  pickedUp: ['PU', 'Shipment picked up'],
  inTransit: ['DF', 'Shipment has departed from a DHL facility'],
  outForDelivery: ['WC', 'Shipment is out with courier for delivery'],
  delivered: ['OK', 'Delivered'],
  returned: ['RT', 'Returned to shipper'],
};

const HOUR_MS = 3_600_000;

/** Times are those of the wall in Leipzig in winter; the offset is told only where it was asked for. */
const eventOf = ({ at, status }: SeenScan, withOffset: boolean) => {
  const local = new Date(at.getTime() + HOUR_MS).toISOString();
  const [typeCode, description] = codes[status];
  return {
    date: local.slice(0, 10),
    time: local.slice(11, 19),
    typeCode,
    description,
    serviceArea: [{ code: 'LEJ', description: 'LEIPZIG - GERMANY' }],
    ...(withOffset && { GMTOffset: '+01:00' }),
    ...(status === 'delivered' && { signedBy: 'M OKAFOR' }),
  };
};

/** A shipment as tracking shows it. `status` speaks of the query. */
export const trackedShipment = (sale: Sold, scans: readonly SeenScan[], withOffset: boolean) => ({
  shipmentTrackingNumber: sale.number,
  status: 'Success',
  shipmentTimestamp: sale.soldAt.toISOString().slice(0, 19),
  productCode: sale.service,
  shipperReferences: [{ value: sale.reference, typeCode: 'CU' }],
  events: scans.map((scan) => eventOf(scan, withOffset)),
  numberOfPieces: sale.pieces.length,
  pieces: sale.pieces.map((trackingNumber, index) => ({ number: index + 1, trackingNumber, events: [] })),
});
