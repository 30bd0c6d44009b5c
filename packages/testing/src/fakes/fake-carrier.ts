import {
  type BuyRefused,
  type Carrier,
  type CarrierRefused,
  type Carriers,
  err,
  type FindRefused,
  type Label,
  type LabelOrder,
  noTerms,
  nothingButLabels,
  ok,
  type Result,
} from '@rappit/domain';
import { type CarrierFault, type Scan, whileAway } from './carrier-fault.js';
import { fakeLabel } from './fake-label.js';
import { fakeServices } from './fake-services.js';

/** One label as it was sold. */
export type Sale = { readonly reference: string; readonly order: LabelOrder; readonly label: Label; readonly soldAt: Date };

export type FakeCarrierOptions = {
  readonly now?: () => Date;
  /** How long a sale can't be found after it was made. */
  readonly settlesAfterMs?: number;
};

export type FakeCarrier = {
  readonly carrier: Carrier;
  readonly sold: () => readonly Sale[];
  /** From now on, until `mend`. */
  readonly breakDown: (fault: CarrierFault) => void;
  readonly mend: () => void;
  /** From now on, until `mend`, it sells nothing and says so, with this field at fault. */
  readonly refuse: (path: string | null, message: string) => void;
  /** Parcels are seen, in the order in which the carrier's books will have it. */
  readonly scan: (trackingNumber: string, scans: readonly Scan[]) => void;
  /** Labels that were taken back. */
  readonly voided: () => readonly string[];
  /** Pickups that are booked. */
  readonly pickups: () => readonly string[];
};

/** Heavier parcels are refused, with the field at fault. */
export const FAKE_CARRIER_MAX_GRAMS = 70_000;

/** Sells labels from memory, numbered in their order, and sells twice when it is asked twice, as real carriers do. */
export const fakeCarrier = (
  code = 'fake',
  { now = () => new Date(0), settlesAfterMs = 0 }: FakeCarrierOptions = {},
): FakeCarrier => {
  const sold: Sale[] = [];
  let fault: CarrierFault | null = null;
  let no: CarrierRefused | null = null;
  const faultNow = () => fault;
  const services = fakeServices({
    code,
    faultNow,
    isSold: (number) => sold.some(({ label }) => label.trackingNumber === number),
  });
  const sell = (order: LabelOrder): Label => {
    const label = fakeLabel({ code, count: sold.length + 1, order });
    sold.push({ reference: order.reference, order, label, soldAt: now() });
    return label;
  };
  return {
    carrier: {
      ...nothingButLabels,
      ...services.operations,
      code,
      supports: {
        rates: true,
        voidLabel: true,
        pickup: true,
        addressValidation: true,
        proofOfDelivery: true,
        labelAgain: true,
        returnLabels: true,
        labelFormats: ['pdf', 'zpl', 'png', 'epl'],
        trackAtOnce: 30,
        trackParcels: true,
        trackEveryMinutes: 60,
      },
      trackingPage: (number) => `https://parcels.example/${encodeURIComponent(number)}`,
      buyLabel: async (order): Promise<Result<Label, BuyRefused>> => {
        const gone = whileAway(fault, code);
        if (gone) return gone;
        if (no) return err(no);
        if (fault === 'errorInside') return err({ code: 'carrier.refused', message: 'Something is wrong.', path: null });
        const heavy = order.parcels.findIndex(({ weightGrams }) => weightGrams > FAKE_CARRIER_MAX_GRAMS);
        if (fault === 'lostBeforeSale' || (fault !== null && fault !== 'slow' && heavy >= 0)) return lost;
        if (heavy >= 0)
          return err({ code: 'carrier.refused', message: 'The parcel is too heavy.', path: `parcels[${heavy}].weightGrams` });
        const label = sell(order);
        if (fault === 'labelMissing') return ok({ ...label, documents: [] });
        return fault === null || fault === 'slow' ? ok(label) : lost;
      },
      findByReference: async ({ reference, askedAt }): Promise<Result<Label, FindRefused>> => {
        const gone = whileAway(fault, code);
        if (gone) return gone;
        const at = now().getTime();
        const sale = sold.find((one) => one.reference === reference && one.soldAt.getTime() + settlesAfterMs <= at);
        if (sale) return ok(sale.label);
        const until = new Date(askedAt.getTime() + settlesAfterMs);
        return settlesAfterMs === 0 || until.getTime() <= at
          ? err({ code: 'carrier.reference_unknown' })
          : err({ code: 'carrier.reference_unsettled', message: `${code} doesn't show it yet`, until });
      },
    },
    sold: () => [...sold],
    breakDown: (kind) => {
      fault = kind;
    },
    mend: () => {
      fault = null;
      no = null;
    },
    refuse: (path, message) => {
      no = { code: 'carrier.refused', path, message };
    },
    scan: services.scan,
    voided: services.voided,
    pickups: services.pickups,
  };
};

const lost = err({ code: 'carrier.unknown_outcome' as const, message: 'the answer was lost' });

/** The same carriers for every organization, each on the installation's own account and no other. */
export const fakeCarriers = (...carriers: readonly Carrier[]): Carriers => ({
  codes: carriers.map(({ code }) => code),
  choose: async (_, wanted) => {
    const carrier = carriers.find(({ code }) => code === wanted.carrier);
    if (!carrier) return err({ code: 'carrier.unknown' });
    if (wanted.accountId !== null) return err({ code: 'carrier_account.not_found' });
    return ok({ carrier, accountId: null, terms: noTerms });
  },
  find: async (_, begunOn) => (begunOn.accountId === null ? carriers.find(({ code }) => code === begunOn.carrier) : undefined),
});
