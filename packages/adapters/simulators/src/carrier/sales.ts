import { drawLabel } from './label.js';
import { chargeFor, serviceOf } from './tariff.js';
import { trackingNumberOf } from './tracking-number.js';
import type { WireOrder, WireSale } from './wire.js';

/** One purchase as the carrier's books have it. */
export type Sale = { readonly reference: string; readonly trackingNumber: string; readonly order: WireOrder };

export type Sales = {
  readonly sell: (order: WireOrder) => Sale;
  /** In the order they were sold. */
  readonly under: (reference: string) => readonly Sale[];
  readonly all: () => readonly Sale[];
};

/** The carrier's books, in memory. Like real carriers it sells again when it is asked again. */
export const salesBook = (): Sales => {
  const all: Sale[] = [];
  const byReference = new Map<string, readonly Sale[]>();
  const under = (reference: string) => byReference.get(reference) ?? [];
  return {
    sell: (order) => {
      const reference = order.customer_ref;
      const sale = { reference, trackingNumber: trackingNumberOf(reference, under(reference).length + 1), order };
      all.push(sale);
      byReference.set(reference, [...under(reference), sale]);
      return sale;
    },
    under,
    all: () => all,
  };
};

/** A sale in the words of the wire. Label and charge follow from the order, so they are made anew each time instead of being kept. */
export const toWire = async ({ reference, trackingNumber, order }: Sale): Promise<WireSale> => {
  const service = serviceOf(order);
  const label = await drawLabel({ order, service, trackingNumber });
  return {
    awb: trackingNumber,
    customer_ref: reference,
    service_code: service,
    charge: chargeFor(order),
    label: { format: 'PDF', data: label.toString('base64') },
  };
};
