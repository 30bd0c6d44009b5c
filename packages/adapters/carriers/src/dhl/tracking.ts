import {
  type AskRefused,
  type FindRefused,
  inOrder,
  type Label,
  ok,
  type Result,
  standingOf,
  type Tracked,
  type TrackingEvent,
} from '@rappit/domain';
import type { Exchange } from '../wire/exchange.js';
import { dayOf, type Fields, fieldsOf, listOf, parcelNumberOf, remarkOf, textOf } from '../wire/reading.js';
import { notAnswered, notThere, type Search } from '../wire/search.js';
import { offsetMinutesOf } from '../wire/wall-clock.js';
import { statusOfDhlCode } from './event-codes.js';
import { fromQuestion } from './rates.js';

const shipmentsIn = (json: unknown): readonly Fields[] | null => {
  const { shipments } = fieldsOf(json);
  return Array.isArray(shipments) ? shipments.map(fieldsOf) : null;
};

/** DHL knows none of what was asked for, or has nothing of it yet, and says so itself: a 404 without a word is a path that isn't there. */
const isNothing = (answer: Exchange): boolean => {
  if (answer.kind !== 'answered' || answer.status !== 404) return false;
  const { title, detail } = fieldsOf(answer.json);
  return [title, detail].some((text) => /\bno (?:data|shipments?) found\b/i.test(textOf(text) ?? ''));
};

/** Each number that was asked for, in that order. `status` of a row tells of the query, never of the parcel. */
export const fromTracking = (numbers: readonly string[], answer: Exchange): Result<readonly Tracked[], AskRefused> => {
  const shipments = isNothing(answer) ? ok([]) : fromQuestion(answer, shipmentsIn);
  if (!shipments.ok) return shipments;
  return ok(
    numbers.map((trackingNumber) => {
      const rows = shipments.value.filter((row) => parcelNumberOf(row['shipmentTrackingNumber']) === trackingNumber);
      const [latest] = [...rows].sort((one, other) => startOf(other).localeCompare(startOf(one)));
      return trackedOf(trackingNumber, latest ?? {});
    }),
  );
};

/** A number is used again after some years: the youngest shipment of it is meant. */
const startOf = ({ shipmentTimestamp }: Fields): string => textOf(shipmentTimestamp) ?? '';

const trackedOf = (trackingNumber: string, { events, estimatedDeliveryDate }: Fields): Tracked => {
  const seen = inOrder(listOf(events).flatMap((one) => eventOf(fieldsOf(one)) ?? []));
  const signedBy = listOf(events).flatMap((one) => remarkOf(fieldsOf(one)['signedBy']) ?? []);
  const deliveryOn = dayOf(estimatedDeliveryDate) ?? dayOf(fieldsOf(estimatedDeliveryDate)['estimatedDeliveryDate']);
  return { trackingNumber, status: standingOf(seen), events: seen, signedBy: signedBy.at(-1) ?? null, deliveryOn };
};

/** Times are local; how far from UTC is told only where a single number was asked for. */
const eventOf = ({ date, time, GMTOffset, typeCode, description, serviceArea }: Fields): TrackingEvent | undefined => {
  const [day, clock, code] = [dayOf(date), textOf(time), textOf(typeCode)];
  if (day === null || code === null) return undefined;
  const local = `${day}T${/^\d{2}:\d{2}:\d{2}/.exec(clock ?? '')?.[0] ?? '00:00:00'}`;
  return {
    at: { local, utcOffsetMinutes: offsetMinutesOf(textOf(GMTOffset)) },
    code,
    status: statusOfDhlCode(code),
    description: remarkOf(description) ?? code,
    place: listOf(serviceArea).flatMap((area) => remarkOf(fieldsOf(area)['description']) ?? [])[0] ?? null,
  };
};

/**
 * What was sold under a reference; of several the oldest. DHL shows a waybill some hours after it was made, so that nothing found
 * says nothing until then. It has no label to give a second time.
 */
export const fromSearch = (answer: Exchange, search: Search): Result<Label, FindRefused> => {
  const shipments = isNothing(answer) ? ok([]) : fromQuestion(answer, shipmentsIn);
  if (!shipments.ok) return notAnswered(shipments.error);
  const [first] = shipments.value
    .filter((row) => isOf(search.trace.reference, row))
    .sort((one, other) => startOf(one).localeCompare(startOf(other)));
  if (!first) return notThere(search, 'DHL');
  const trackingNumber = parcelNumberOf(first['shipmentTrackingNumber']);
  if (trackingNumber === null)
    return notAnswered({ code: 'carrier.unavailable', message: 'DHL shows a waybill without a number.' });
  return ok(foundLabel(first, trackingNumber));
};

/** A row says its references, or none at all. */
const isOf = (reference: string, { status, shipperReferences }: Fields): boolean => {
  const values = listOf(shipperReferences).flatMap((one) => textOf(fieldsOf(one)['value']) ?? []);
  return status !== 'No Shipments Found' && (values.length === 0 || values.includes(reference));
};

const foundLabel = ({ pieces, productCode }: Fields, trackingNumber: string): Label => ({
  trackingNumber,
  parcelNumbers: listOf(pieces).flatMap((one) => parcelNumberOf(fieldsOf(one)['trackingNumber']) ?? []),
  service: textOf(productCode),
  cost: null,
  documents: [],
  warnings: ['The label was bought, and DHL prints none a second time.'],
});
