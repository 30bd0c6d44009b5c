import { type BuyRefused, type Carrier, type Carriers, err, type Label, type LabelOrder, ok, type Result } from '@rappit/domain';

/** One label as it was sold. */
export type Sale = { readonly reference: string; readonly order: LabelOrder; readonly label: Label };

/**
 * What may be wrong with a carrier: it is away, it doesn't know our credentials, or its answer gets lost — after it
 * sold (`lostAfterSale`) or before (`lostBeforeSale`). The last two look the same to whoever asked.
 */
export type CarrierFault = 'unavailable' | 'unauthorized' | 'lostAfterSale' | 'lostBeforeSale';

export type FakeCarrier = {
  readonly carrier: Carrier;
  readonly sold: () => readonly Sale[];
  /** From now on, until `mend`. */
  readonly breakDown: (fault: CarrierFault) => void;
  readonly mend: () => void;
};

/** Heavier parcels are refused, with the field at fault. */
export const FAKE_CARRIER_MAX_GRAMS = 70_000;

/** Sells labels from memory, numbered in their order, and sells twice when it is asked twice, as real carriers do. */
export const fakeCarrier = (code = 'fake'): FakeCarrier => {
  const sold: Sale[] = [];
  let fault: CarrierFault | null = null;
  const sell = (order: LabelOrder): Label => {
    const label = labelFor(code, sold.length + 1, order);
    sold.push({ reference: order.reference, order, label });
    return label;
  };
  const away = () =>
    fault === 'unavailable' || fault === 'unauthorized'
      ? err({ code: `carrier.${fault}` as const, message: `${code} said so` })
      : null;
  return {
    carrier: {
      code,
      buyLabel: async (order): Promise<Result<Label, BuyRefused>> => {
        const gone = away();
        if (gone) return gone;
        const heavy = order.parcels.findIndex(({ weightGrams }) => weightGrams > FAKE_CARRIER_MAX_GRAMS);
        if (fault === 'lostBeforeSale' || (fault === 'lostAfterSale' && heavy >= 0)) return lost;
        if (heavy >= 0)
          return err({ code: 'carrier.refused', message: 'The parcel is too heavy.', path: `parcels[${heavy}].weightGrams` });
        const label = sell(order);
        return fault === 'lostAfterSale' ? lost : ok(label);
      },
      findByReference: async (reference) => {
        const gone = away();
        if (gone) return gone;
        const sale = sold.find((one) => one.reference === reference);
        return sale ? ok(sale.label) : err({ code: 'carrier.reference_unknown' });
      },
    },
    sold: () => [...sold],
    breakDown: (kind) => {
      fault = kind;
    },
    mend: () => {
      fault = null;
    },
  };
};

const lost = err({ code: 'carrier.unknown_outcome' as const, message: 'the answer was lost' });

const labelFor = (code: string, count: number, { service, parcels }: LabelOrder): Label => ({
  trackingNumber: `${code.toUpperCase()}${String(count).padStart(10, '0')}`,
  service: service ?? 'standard',
  cost: { amountMinor: 490 * parcels.length, currency: 'EUR' },
  documents: [
    { kind: 'label', format: 'pdf', content: new TextEncoder().encode(`%PDF-1.4\n% label ${count} of ${code}\n%%EOF\n`) },
  ],
});

/** The same carriers for every organization. */
export const fakeCarriers = (...carriers: readonly Carrier[]): Carriers => ({
  find: async (_, code) => carriers.find((carrier) => carrier.code === code),
});
