import { type Carrier, nothingButLabels, type OutboundRequest, unsupported } from '@rappit/domain';
import { refused } from '../wire/answers.js';
import { checkAddress, checkConsignment, type Limits } from '../wire/check.js';
import { type Exchange, exchange } from '../wire/exchange.js';
import { USUALLY_SETTLES_AFTER_MS, usualDeadlines } from '../wire/options.js';
import { dayAfter, wallTimeOf } from '../wire/wall-clock.js';
import type { DhlOptions } from './account.js';
import { plannedTime } from './planned-time.js';
import { fromRates, toRatesRequest } from './rates.js';
import { fromAddress, fromPickup, fromPickupCancelled, fromProof, toPickupRequest } from './services.js';
import { fromPurchase } from './shipment-answer.js';
import { toShipmentRequest } from './shipment-request.js';
import { fromSearch, fromTracking } from './tracking.js';

/** Labels come in the body, tens of kilobytes each, and one for each of many parcels. */
const MAX_ANSWER_BYTES = 32 * 1_024 * 1_024;

/** DHL wants a shipment to be asked for ten times a day at most. */
const TRACK_EVERY_MINUTES = 144;

const limits: Limits = { lines: 3, lineLength: 45, cityLength: 45, nameLength: 100, parcels: 999, phoneDigits: 1 };
const labelFormats = ['pdf', 'zpl', 'epl'] as const;

type Question = Pick<OutboundRequest, 'method'> & { readonly path: string; readonly body?: unknown; readonly reference?: string };

/**
 * DHL Express by MyDHL API 3.3.1. What is shaped like DHL stops at the mappings beside this file.
 * - There is no idempotency and no void at DHL: a request that is sent twice makes two waybills.
 * - A waybill that was lost is found by the customer's reference (`CU`), which is ours, when DHL shows it.
 */
export const dhlCarrier = (options: DhlOptions): Carrier => {
  const { now, account, deadlines = usualDeadlines, settlesAfterMs = USUALLY_SETTLES_AFTER_MS } = options;
  const ask = asking(options);
  const today = () => wallTimeOf(now(), account.timeZone).day;
  const planned = (shipOn: string | null) => plannedTime(shipOn, now(), account.timeZone);
  return {
    ...nothingButLabels,
    code: 'dhl',
    supports: {
      rates: true,
      voidLabel: false,
      pickup: true,
      addressValidation: true,
      proofOfDelivery: true,
      labelAgain: false,
      returnLabels: false,
      labelFormats,
      trackAtOnce: 50,
      trackParcels: false,
      trackEveryMinutes: TRACK_EVERY_MINUTES,
    },
    trackingPage: (number) =>
      `https://www.dhl.com/global-en/home/tracking/tracking-express.html?${new URLSearchParams({ submit: '1', 'tracking-id': number })}`,
    buyLabel: async (order) => {
      if (order.isReturn) return refused('DHL sells no labels for returns here.', null);
      const checked = checkConsignment(order, limits);
      if (!checked.ok) return checked;
      if (order.labelFormat === 'png') return refused(`DHL prints ${labelFormats.join(', ')}.`, 'labelFormat');
      const plannedAt = planned(order.shipOn);
      if (!plannedAt.ok) return plannedAt;
      const body = toShipmentRequest(order, account, plannedAt.value);
      const { reference } = order;
      return fromPurchase(
        await ask({ method: 'POST', path: '/shipments', body, reference }, deadlines.purchaseMs),
        body.productCode,
      );
    },
    findByReference: async (trace) => {
      const shipsBy = [today(), trace.shipOn ?? ''].sort().at(-1) ?? today();
      const search = new URLSearchParams({
        shipmentReference: trace.reference,
        shipmentReferenceType: 'CU',
        shipperAccountNumber: account.accountNumber,
        dateRangeFrom: dayAfter(wallTimeOf(trace.askedAt, account.timeZone).day, -1),
        dateRangeTo: dayAfter(shipsBy, 1),
      });
      const answer = await ask({ method: 'GET', path: `/tracking?${search}` });
      return fromSearch(answer, { trace, now: now(), settlesAfterMs });
    },
    voidLabel: async () => unsupported('to take a waybill back'),
    quoteRates: async (consignment) => {
      const checked = checkConsignment(consignment, { ...limits, phoneDigits: null });
      if (!checked.ok) return checked;
      const plannedAt = planned(consignment.shipOn);
      if (!plannedAt.ok) return plannedAt;
      return fromRates(
        await ask({ method: 'POST', path: '/rates', body: toRatesRequest(consignment, account, plannedAt.value) }),
      );
    },
    track: async (numbers) => fromTracking(numbers, await ask({ method: 'GET', path: trackingPath(numbers) })),
    proofOfDelivery: async (number) => {
      const search = new URLSearchParams({ shipperAccountNumber: account.accountNumber, content: 'epod-summary' });
      const path = `/shipments/${encodeURIComponent(number)}/proof-of-delivery?${search}`;
      return fromProof(await ask({ method: 'GET', path }));
    },
    bookPickup: async (order) => {
      const checked = checkAddress(order.from, 'from', limits);
      if (!checked.ok) return checked;
      const { offset } = wallTimeOf(new Date(`${order.on}T12:00:00Z`), account.timeZone);
      const body = toPickupRequest(order, account, `${order.on}T${order.readyAt}:00 GMT${offset}`);
      return fromPickup(await ask({ method: 'POST', path: '/pickups', body }, deadlines.purchaseMs), order);
    },
    cancelPickup: async ({ confirmation }) => {
      const search = new URLSearchParams({ requestorName: 'Rappit', reason: 'not needed' });
      const path = `/pickups/${encodeURIComponent(confirmation)}?${search}`;
      return fromPickupCancelled(await ask({ method: 'DELETE', path }));
    },
    validateAddress: async (address) => {
      const { countryCode, postalCode, city } = address;
      if (!/^[A-Z]{2}$/.test(countryCode)) return refused('It must be a country code of two letters.', 'countryCode');
      const search = new URLSearchParams({ type: 'delivery', countryCode, strictValidation: 'true' });
      if (postalCode !== null) search.set('postalCode', postalCode.slice(0, 12));
      search.set('cityName', city.slice(0, 45));
      return fromAddress(await ask({ method: 'GET', path: `/address-validate?${search}` }), address);
    },
  };
};

/** One number is asked for with its offsets from UTC; of many DHL doesn't tell them. */
const trackingPath = (numbers: readonly string[]): string => {
  const [only, ...others] = numbers;
  const view = { trackingView: 'all-checkpoints', levelOfDetail: 'all' };
  if (only !== undefined && others.length === 0)
    return `/shipments/${encodeURIComponent(only)}/tracking?${new URLSearchParams({ ...view, requestGMTOffsetPerEvent: 'true' })}`;
  const search = new URLSearchParams(numbers.map((number): [string, string] => ['shipmentTrackingNumber', number]));
  return `/tracking?${search}&${new URLSearchParams(view)}`;
};

const asking = ({ send, account, deadlines = usualDeadlines }: DhlOptions) => {
  const { apiKey, apiSecret, baseUrl } = account;
  const credentials = Buffer.from(`${apiKey}:${apiSecret}`, 'utf8').toString('base64');
  return async ({ method, path, body, reference }: Question, deadlineMs: number = deadlines.questionMs): Promise<Exchange> =>
    exchange(
      send,
      {
        method,
        url: `${baseUrl.replace(/\/$/, '')}${path}`,
        headers: {
          authorization: `Basic ${credentials}`,
          'x-version': '3.3.1',
          accept: 'application/json',
          ...(reference !== undefined && { 'message-reference': reference.padEnd(32, '0').slice(0, 36) }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        deadlineMs,
        maxBytes: MAX_ANSWER_BYTES,
      },
      body,
    );
};
