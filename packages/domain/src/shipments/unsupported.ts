import { err } from '../kernel/index.js';
import type { Carrier } from './carrier.port.js';

/** What a carrier answers to a call that it has no use for. */
export const unsupported = (what: string) =>
  err({ code: 'carrier.unsupported', message: `This carrier doesn't offer ${what}.` } as const);

/** Everything but selling and finding again, each refused: what a carrier that can more puts its own calls over. */
export const nothingButLabels: Omit<Carrier, 'code' | 'buyLabel' | 'findByReference'> = {
  supports: {
    rates: false,
    voidLabel: false,
    pickup: false,
    addressValidation: false,
    proofOfDelivery: false,
    labelAgain: false,
    returnLabels: false,
    labelFormats: ['pdf'],
    trackAtOnce: 0,
    trackParcels: false,
    trackEveryMinutes: 60,
  },
  trackingPage: () => null,
  voidLabel: async () => unsupported('to take a label back'),
  quoteRates: async () => unsupported('rates'),
  track: async () => unsupported('tracking'),
  proofOfDelivery: async () => unsupported('proofs of delivery'),
  bookPickup: async () => unsupported('pickups'),
  cancelPickup: async () => unsupported('pickups'),
  validateAddress: async () => unsupported('to look at addresses'),
};
