import type { Occasion } from '../inventory/index.js';
import { advance, type LockedOrder } from '../orders/index.js';
import type { Label } from './label.js';
import { evolveShipment, type Shipment } from './shipment.js';
import type { ShipmentStores } from './stores.port.js';

type Sold = { readonly locked: LockedOrder; readonly shipment: Shipment; readonly label: Label };

/**
 * A label that was bought for a shipment that has one already: an attempt that was thought to have come to nothing sold after all.
 * - The shipment keeps its label. A warning and the order's timeline name the other one, which was paid for, too.
 * - Nobody takes it back by himself: which of the two is on the parcel only people can see.
 * - The same label once more changes nothing.
 */
export const noteSecondLabel = async (
  { shipments, orders }: ShipmentStores,
  occasion: Occasion,
  { locked, shipment, label }: Sold,
): Promise<Shipment> => {
  const { trackingNumber } = label;
  const warning = secondLabelWarning(trackingNumber);
  const known = [shipment.trackingNumber, ...shipment.parcelNumbers].includes(trackingNumber);
  if (known || shipment.warnings.includes(warning)) return shipment;
  await orders.save(advance(occasion, locked.order, {}, { what: 'secondLabelBought', text: trackingNumber }));
  const warned = evolveShipment(shipment, { warnings: [...shipment.warnings, warning] });
  await shipments.save(warned);
  return warned;
};

const secondLabelWarning = (number: string): string =>
  `The carrier sold a second label, ${number}: cancel it with the carrier, unless it is the one on the parcel.`;
