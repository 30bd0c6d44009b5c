import { bug, type Carrier, nothingButLabels } from '@rappit/domain';
import { fromPurchase, fromSearch, toWireOrder } from './carrier-mapping.js';
import { type Exchange, exchange, type Question } from './exchange.js';
import { KEY_HEADER, SHIPMENTS_PATH } from './wire.js';

/** `deadlineMs` bounds a whole exchange, from connecting to the last byte of the answer. */
export type SimulatedCarrierOptions = { readonly baseUrl: string; readonly apiKey: string; readonly deadlineMs: number };

/** A label is some ten kilobytes. */
const MAX_ANSWER_BYTES = 4 * 1_024 * 1_024;

/** The carrier port in front of a carrier simulator. What is shaped like that carrier stops at `carrier-mapping.ts`. */
export const simulatedCarrier = ({ baseUrl, apiKey, deadlineMs }: SimulatedCarrierOptions): Carrier => {
  const shipments = URL.canParse(SHIPMENTS_PATH, baseUrl) ? new URL(SHIPMENTS_PATH, baseUrl) : bug('a carrier needs a base URL');
  if (!(Number.isSafeInteger(deadlineMs) && deadlineMs > 0)) bug('a carrier needs a deadline');
  const ask = (question: Omit<Question, 'headers'>): Promise<Exchange> =>
    exchange(
      { ...question, headers: { [KEY_HEADER]: apiKey, 'content-type': 'application/json' } },
      { deadlineMs, maxBytes: MAX_ANSWER_BYTES },
    );
  return {
    ...nothingButLabels,
    code: 'simulated',
    supports: { ...nothingButLabels.supports, labelAgain: true, returnLabels: true },
    buyLabel: async (order) => {
      if (!isKey(apiKey)) return fromPurchase(order.reference, keyRejected);
      return fromPurchase(
        order.reference,
        await ask({ method: 'POST', url: shipments, body: JSON.stringify(toWireOrder(order)) }),
      );
    },
    findByReference: async ({ reference }) => {
      if (!isKey(apiKey)) return fromSearch(reference, keyRejected);
      const url = new URL(shipments);
      url.searchParams.set('reference', reference);
      return fromSearch(reference, await ask({ method: 'GET', url }));
    },
  };
};

/** A key that can't be written into a header is a wrong key, and needn't be sent to know it. */
const isKey = (apiKey: string): boolean => /^[\x21-\x7e]{1,512}$/.test(apiKey);
const keyRejected: Exchange = { kind: 'answered', status: 401, json: undefined };
