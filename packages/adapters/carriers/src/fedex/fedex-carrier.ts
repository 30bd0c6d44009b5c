import { type Carrier, type CarrierRefused, type Consignment, ok, type Result } from '@rappit/domain';
import { refused } from '../wire/answers.js';
import { checkAddress, checkConsignment, type Limits } from '../wire/check.js';
import { USUALLY_SETTLES_AFTER_MS, usualDeadlines } from '../wire/options.js';
import { dayAfter, startOfDay, wallTimeOf } from '../wire/wall-clock.js';
import type { FedexOptions } from './account.js';
import { askingFedex } from './asking.js';
import { checkState } from './parties.js';
import { fromRates, toRatesRequest } from './rates.js';
import { fromSearch } from './search.js';
import {
  fromAddress,
  fromPickup,
  fromPickupCancelled,
  fromProof,
  fromVoid,
  toAddressRequest,
  toPickupCancelled,
  toPickupRequest,
  toProofRequest,
  toVoidRequest,
} from './services.js';
import { fromPurchase } from './shipment-answer.js';
import { toShipmentRequest } from './shipment-request.js';
import { fromTracking } from './tracking.js';

/** Where FedEx's own calendar hangs. */
const MEMPHIS = 'America/Chicago';

/** More than 40 parcels FedEx takes as a job, which has no number yet when it answers. */
const limits: Limits = { lines: 3, lineLength: 35, cityLength: 35, nameLength: 70, parcels: 40, phoneDigits: 10 };
const MAX_COMPANY = 35;
const MAX_PARCEL_GRAMS = 68_000;

/**
 * FedEx by its REST APIs. What is shaped like FedEx stops at the mappings beside this file.
 * - There is no idempotency at FedEx: a request that is sent twice buys twice.
 * - The number that was lost is found by the customer's reference, which is ours and stands on every parcel, when FedEx shows it.
 * - Tokens are fetched once for callers at the same time, and replaced once when FedEx doesn't accept one.
 */
export const fedexCarrier = (options: FedexOptions): Carrier => {
  const { now, account, deadlines = usualDeadlines, settlesAfterMs = USUALLY_SETTLES_AFTER_MS } = options;
  const { purchaseMs, questionMs } = deadlines;
  const ask = askingFedex(options, account);
  const askTracking = account.trackKey ? askingFedex(options, account.trackKey) : ask;
  const shipDay = (shipOn: string | null) => dayOfShipment(shipOn, wallTimeOf(now(), account.timeZone).day);
  return {
    code: 'fedex',
    supports: {
      rates: true,
      voidLabel: true,
      pickup: true,
      addressValidation: true,
      proofOfDelivery: true,
      labelAgain: false,
      returnLabels: true,
      labelFormats: ['pdf', 'zpl', 'png', 'epl'],
      trackAtOnce: 30,
      trackParcels: true,
      trackEveryMinutes: 60,
    },
    trackingPage: (number) => `https://www.fedex.com/fedextrack/?${new URLSearchParams({ trknbr: number })}`,
    buyLabel: async (order) => {
      const checked = checkForFedex(order, limits);
      if (!checked.ok) return checked;
      const shipOn = shipDay(order.shipOn);
      if (!shipOn.ok) return shipOn;
      const body = toShipmentRequest(order, account, shipOn.value);
      const question = { path: '/ship/v1/shipments', body, deadlineMs: purchaseMs, name: order.reference };
      return fromPurchase(await ask({ method: 'POST', ...question }), body.requestedShipment.serviceType);
    },
    findByReference: async (trace) => {
      const today = wallTimeOf(now(), MEMPHIS).day;
      const asked = dayAfter(wallTimeOf(trace.askedAt, MEMPHIS).day, -1);
      const referencesInformation = {
        type: 'CUSTOMER_REFERENCE',
        value: trace.reference,
        accountNumber: account.accountNumber,
        shipDateBegin: asked,
        // A day to come is refused, so that a parcel can't be found before the day when it ships.
        // The schema knows one of these names, and FedEx's own samples the other.
        shipDateEndDate: today,
        shipDateEnd: today,
      };
      const body = { referencesInformation, includeDetailedScans: true };
      const answer = await askTracking({ method: 'POST', path: '/track/v1/referencenumbers', body, deadlineMs: questionMs });
      const shipDate = trace.shipOn ?? wallTimeOf(trace.askedAt, account.timeZone).day;
      return fromSearch(answer, { trace, shownFrom: startOfDay(shipDate, MEMPHIS), now: now(), settlesAfterMs });
    },
    voidLabel: async (number) => {
      const body = toVoidRequest(number, account);
      return fromVoid(await ask({ method: 'PUT', path: '/ship/v1/shipments/cancel', body, deadlineMs: questionMs }));
    },
    quoteRates: async (consignment) => {
      const checked = checkForFedex(consignment, { ...limits, phoneDigits: null });
      if (!checked.ok) return checked;
      const shipOn = shipDay(consignment.shipOn);
      if (!shipOn.ok) return shipOn;
      const body = toRatesRequest(consignment, account, shipOn.value);
      const answer = await ask({ method: 'POST', path: '/rate/v1/rates/quotes', body, deadlineMs: questionMs });
      return fromRates(answer, consignment.extras.saturdayDelivery);
    },
    track: async (numbers) => {
      const trackingInfo = numbers.map((trackingNumber) => ({ trackingNumberInfo: { trackingNumber } }));
      const body = { includeDetailedScans: true, trackingInfo };
      const path = '/track/v1/trackingnumbers';
      return fromTracking(numbers, await askTracking({ method: 'POST', path, body, deadlineMs: questionMs }));
    },
    proofOfDelivery: async (number) => {
      const body = toProofRequest(number, account);
      return fromProof(await askTracking({ method: 'POST', path: '/track/v1/trackingdocuments', body, deadlineMs: questionMs }));
    },
    bookPickup: async (order) => {
      const checked = checkAddress(order.from, 'from', limits);
      if (!checked.ok) return checked;
      const body = toPickupRequest(order, account);
      return fromPickup(await ask({ method: 'POST', path: '/pickup/v1/pickups', body, deadlineMs: purchaseMs }), order);
    },
    cancelPickup: async (pickup) => {
      const body = toPickupCancelled(pickup, account);
      return fromPickupCancelled(await ask({ method: 'PUT', path: '/pickup/v1/pickups/cancel', body, deadlineMs: questionMs }));
    },
    validateAddress: async (address) => {
      if (!/^[A-Z]{2}$/.test(address.countryCode)) return refused('It must be a country code of two letters.', 'countryCode');
      const body = toAddressRequest(address);
      return fromAddress(
        await ask({ method: 'POST', path: '/address/v1/addresses/resolve', body, deadlineMs: questionMs }),
        address,
      );
    },
  };
};

/** Never in the past: FedEx would take today for it, and say nothing. */
const dayOfShipment = (shipOn: string | null, today: string): Result<string, CarrierRefused> => {
  if (shipOn === null) return ok(today);
  const wrong = !/^\d{4}-\d{2}-\d{2}$/.test(shipOn) || shipOn < today || shipOn > dayAfter(today, 10);
  return wrong ? refused('The day must lie between today and 10 days from now.', 'shipOn') : ok(shipOn);
};

const checkForFedex = (consignment: Consignment, taken: Limits): Result<null, CarrierRefused> => {
  const { from, to, parcels } = consignment;
  const checks = [checkConsignment(consignment, taken), checkState(from, 'from'), checkState(to, 'to')];
  const heavy = parcels.findIndex(({ weightGrams }) => weightGrams > MAX_PARCEL_GRAMS);
  if (heavy >= 0) checks.push(refused('A parcel may weigh 68 kg at most.', `parcels[${heavy}].weightGrams`));
  for (const [party, { company }] of Object.entries({ from, to }))
    if ((company ?? '').trim().length > MAX_COMPANY)
      checks.push(refused(`It may have ${MAX_COMPANY} characters at most.`, `${party}.company`));
  return checks.find(({ ok: fine }) => !fine) ?? ok(null);
};
