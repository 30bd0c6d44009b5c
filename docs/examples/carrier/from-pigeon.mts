import {
  type BuyRefused,
  type DocumentFormat,
  err,
  inOrder,
  type Label,
  ok,
  type Result,
  type ShipmentDocument,
  standingOf,
  type Tracked,
  type TrackingEvent,
} from '@rappit/domain';
import { type Asked, fieldsOf, listOf, textOf } from './ask.mjs';
import { scanCodes } from './scan-codes.mjs';
import { ourPath } from './to-pigeon.mjs';

const unavailable = (message: string) => err({ code: 'carrier.unavailable', message } as const);
const unauthorized = () => err({ code: 'carrier.unauthorized', message: 'Pigeon Post did not accept the key.' } as const);
const perhaps = (message: string) => err({ code: 'carrier.unknown_outcome', message } as const);

/** What an answer to a question says, when it is no answer to the question. */
export const noAnswer = (asked: Asked) => {
  if (asked.kind !== 'answered') return unavailable('Pigeon Post could not be reached.');
  return asked.status === 401 ? unauthorized() : unavailable(`Pigeon Post could not say (${asked.status}).`);
};

/** The answer to a purchase. Whatever doesn't say for certain that nothing was sold may have been a sale. */
export const fromPurchase = (asked: Asked): Result<Label, BuyRefused> => {
  if (asked.kind === 'notSent') return unavailable('Pigeon Post could not be reached.');
  if (asked.kind === 'lost') return perhaps('The answer of Pigeon Post got lost.');
  const { status, body } = asked;
  if (status === 201) {
    const label = labelIn(body);
    return label ? ok(label) : perhaps('Pigeon Post took the order, and told no number.');
  }
  const { field, message, taken } = fieldsOf(body);
  if (status === 422)
    return err({ code: 'carrier.refused', message: textOf(message) ?? 'Refused.', path: ourPath(textOf(field)) } as const);
  if (status === 401) return unauthorized();
  // The manual promises both (chapter 2). A 503 without those words may have come from anywhere.
  if (status === 429 || (status === 503 && taken === false)) return unavailable('Pigeon Post takes no orders right now.');
  return perhaps(`Pigeon Post failed (${status}).`);
};

/** A sale as it is shown; undefined without a number, which is no sale. A number without papers is one all the same. */
export const labelIn = (sale: unknown): Label | undefined => {
  const { number, boxes, speed, charge, papers } = fieldsOf(sale);
  const trackingNumber = textOf(number);
  if (trackingNumber === null) return undefined;
  const documents = listOf(papers).flatMap(paperIn);
  return {
    trackingNumber,
    parcelNumbers: listOf(boxes).flatMap((one) => textOf(one) ?? []),
    service: textOf(speed),
    cost: costIn(charge),
    documents,
    warnings: documents.length > 0 ? [] : ['Pigeon Post sent no label: ask for it by this number.'],
  };
};

const formats: Readonly<Record<string, DocumentFormat>> = { PDF: 'pdf', ZPL: 'zpl' };

const paperIn = (paper: unknown): readonly ShipmentDocument[] => {
  const { file, base64 } = fieldsOf(paper);
  const [format, content] = [formats[String(file)], textOf(base64)];
  return format && content !== null ? [{ kind: 'label', format, content: Buffer.from(content, 'base64') }] : [];
};

/** A missing price is null and never nothing. */
const costIn = (charge: unknown): Label['cost'] => {
  const { value, currency } = fieldsOf(charge);
  const [, whole, cents] = /^(\d{1,9})\.(\d{2})$/.exec(String(value)) ?? [];
  return whole === undefined || typeof currency !== 'string' ? null : { amountMinor: Number(whole + cents), currency };
};

/** What is known of each number, in the order they were asked for. */
export const trackedIn = (body: unknown, numbers: readonly string[]): readonly Tracked[] => {
  const known = new Map(listOf(fieldsOf(body)['parcels']).map((parcel) => [fieldsOf(parcel)['number'], fieldsOf(parcel)]));
  return numbers.map((trackingNumber) => {
    const events = inOrder(listOf(known.get(trackingNumber)?.['scans']).flatMap(eventIn));
    return { trackingNumber, events, status: standingOf(events), signedBy: null, deliveryOn: null };
  });
};

/** Scans tell the clock on the wall and how far it is from UTC, such as `2026-01-05T10:00:00+01:00`. */
const eventIn = (scan: unknown): readonly TrackingEvent[] => {
  const { at, code, place } = fieldsOf(scan);
  const [, local, sign, hours, minutes] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)([+-])(\d\d):(\d\d)$/.exec(String(at)) ?? [];
  if (local === undefined || typeof code !== 'string') return [];
  const utcOffsetMinutes = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return [{ at: { local, utcOffsetMinutes }, code, status: scanCodes[code] ?? null, description: code, place: textOf(place) }];
};
