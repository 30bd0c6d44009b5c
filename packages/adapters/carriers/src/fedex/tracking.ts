import {
  type AskRefused,
  inOrder,
  ok,
  type Result,
  standingOf,
  type Tracked,
  type TrackingEvent,
  type TrackingStatus,
} from '@rappit/domain';
import { dayOf, type Fields, fieldsOf, listOf, parcelNumberOf, remarkOf, textOf } from '../wire/reading.js';
import { offsetMinutesOf } from '../wire/wall-clock.js';
import type { Asked } from './asking.js';
import { errorsIn, fromQuestion } from './problems.js';
import { statusOfFedexCode } from './status-codes.js';

/** One row of an answer: a number, and one of the shipments that had it. */
export type Row = { readonly number: string; readonly result: Fields };

const codeIn = (error: unknown): string | null => textOf(fieldsOf(error)['code'])?.toUpperCase() ?? null;

const rowsIn = ({ completeTrackResults }: Fields): readonly Row[] | null =>
  Array.isArray(completeTrackResults)
    ? completeTrackResults.map(fieldsOf).flatMap(({ trackingNumber, trackResults }) => {
        const number = parcelNumberOf(trackingNumber);
        return number === null
          ? []
          : listOf(trackResults)
              .map(fieldsOf)
              .filter(({ error }) => codeIn(error) === null)
              .map((result) => ({ number, result }));
      })
    : null;

/** Tracking's own word for nothing. The gateway's `NOT.FOUND.ERROR` speaks of a path, and says nothing of a parcel. */
const saysNothing = (error: unknown): boolean => /^TRACKING\..*NOT\.?FOUND/.test(codeIn(error) ?? '');

/** FedEx knows none of what was asked for, or nothing yet: normal for a day after a number was made. */
export const isNothing = (asked: Asked): boolean => {
  if (!asked.ok || asked.value.kind !== 'answered' || ![200, 400, 404].includes(asked.value.status)) return false;
  const { json } = asked.value;
  const errors = errorsIn(json);
  return errors.length > 0 && errors.every(saysNothing) && !rowsIn(fieldsOf(fieldsOf(json)['output']))?.length;
};

/** A success with errors in it may be half an answer. */
export const isHalf = (asked: Asked): boolean =>
  asked.ok && asked.value.kind === 'answered' && errorsIn(asked.value.json).length > 0;

type Reading = (output: Fields) => readonly Row[] | null;

export const rowsOf = (asked: Asked, read: Reading): Result<readonly Row[], AskRefused> =>
  isNothing(asked) ? ok([]) : fromQuestion(asked, read);

/** The rows of a search that was answered whole; null where a row can't be read, or has an error that isn't "not found". */
export const rowsOfSearch: Reading = (output) => {
  const rows = rowsIn(output);
  const results = listOf(output['completeTrackResults']).map((one) => listOf(fieldsOf(one)['trackResults']).map(fieldsOf));
  const missing = results.flat().filter(({ error }) => saysNothing(error));
  const isWhole = results.every(({ length }) => length > 0) && rows?.length === results.flat().length - missing.length;
  return isWhole ? rows : null;
};

/** Each number that was asked for, in that order. A number is used again after some months: the youngest shipment of it is meant. */
export const fromTracking = (numbers: readonly string[], asked: Asked): Result<readonly Tracked[], AskRefused> => {
  const rows = rowsOf(asked, rowsIn);
  if (!rows.ok) return rows;
  return ok(
    numbers.map((trackingNumber) => {
      const mine = rows.value.filter(({ number }) => number === trackingNumber);
      const [youngest] = [...mine].sort((one, other) => latestIn(other.result).localeCompare(latestIn(one.result)));
      return trackedOf(trackingNumber, youngest?.result ?? {});
    }),
  );
};

export const timesOf = (result: Fields, type: string): readonly string[] =>
  listOf(result['dateAndTimes'])
    .map(fieldsOf)
    .flatMap((one) => (textOf(one['type']) === type ? (textOf(one['dateTime']) ?? []) : []));

const latestIn = (result: Fields): string =>
  [...timesOf(result, 'SHIP'), ...listOf(result['scanEvents']).flatMap((scan) => textOf(fieldsOf(scan)['date']) ?? [])]
    .sort()
    .at(-1) ?? '';

const trackedOf = (trackingNumber: string, result: Fields): Tracked => {
  const events = inOrder(listOf(result['scanEvents']).flatMap((scan) => eventOf(fieldsOf(scan)) ?? []));
  const window = fieldsOf(fieldsOf(result['estimatedDeliveryTimeWindow'])['window']);
  return {
    trackingNumber,
    events,
    status: standsAt(events, fieldsOf(result['latestStatusDetail'])),
    signedBy: remarkOf(fieldsOf(result['deliveryDetails'])['receivedByName']),
    deliveryOn: dayOf(timesOf(result, 'ESTIMATED_DELIVERY')[0]) ?? dayOf(window['ends']),
  };
};

/** FedEx's own summary says more than the last scan, save of what came back. */
const standsAt = (events: readonly TrackingEvent[], { derivedCode, code }: Fields): TrackingStatus | null => {
  const seen = standingOf(events);
  if (seen === 'returned') return seen;
  return statusOfFedexCode(textOf(derivedCode) ?? '') ?? statusOfFedexCode(textOf(code) ?? '') ?? seen;
};

const MOMENT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

const eventOf = (scan: Fields): TrackingEvent | undefined => {
  const [, local, offset] = MOMENT.exec(textOf(scan['date']) ?? '') ?? [];
  const code = textOf(scan['eventType']) ?? textOf(scan['derivedStatusCode']);
  if (local === undefined || code === null) return undefined;
  const { city, countryCode } = fieldsOf(scan['scanLocation']);
  const place = [textOf(city), textOf(countryCode)].filter((part) => part !== null).join(', ');
  return {
    at: { local, utcOffsetMinutes: offsetMinutesOf(offset ?? null) },
    code,
    status: statusOfFedexCode(code) ?? statusOfFedexCode(textOf(scan['derivedStatusCode']) ?? ''),
    description: remarkOf(scan['eventDescription']) ?? code,
    place: remarkOf(place),
  };
};
