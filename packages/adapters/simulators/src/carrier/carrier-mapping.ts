import {
  type Address,
  type BuyRefused,
  type CarrierUnauthorized,
  type CarrierUnavailable,
  err,
  type Label,
  type LabelOrder,
  ok,
  type ReferenceUnknown,
  type Result,
} from '@rappit/domain';
import type { Exchange } from './exchange.js';
import { ourPath } from './field-names.js';
import { type Fields, fields } from './fields.js';
import { readLabel } from './read-label.js';
import type { WireAddress, WireOrder } from './wire.js';

export const toWireOrder = ({ reference, from, to, parcels, service }: LabelOrder): WireOrder => ({
  customer_ref: reference,
  ...(service === null ? {} : { service_code: service }),
  shipper: toWireAddress(from),
  consignee: toWireAddress(to),
  pieces: parcels.map(({ weightGrams, lengthMm, widthMm, heightMm }) => ({
    kg: weightGrams / 1_000,
    cm: { l: lengthMm / 10, w: widthMm / 10, h: heightMm / 10 },
  })),
});

const toWireAddress = ({ name, company, lines, city, region, postalCode, countryCode, phone, email }: Address): WireAddress => ({
  contact: name,
  street: lines,
  town: city,
  country: countryCode,
  ...(company === null ? {} : { company }),
  ...(region === null ? {} : { state: region }),
  ...(postalCode === null ? {} : { zip: postalCode }),
  ...(phone === null ? {} : { tel: phone }),
  ...(email === null ? {} : { mail: email }),
});

/** The answer to a purchase. Whatever doesn't say for certain that nothing was sold may have been a sale. */
export const fromPurchase = (reference: string, answer: Exchange): Result<Label, BuyRefused> => {
  if (answer.kind === 'notSent') return unavailable('The carrier could not be reached.');
  if (answer.kind === 'lost') return unknownOutcome('The carrier did not answer in time, or the connection broke.');
  const { status, json } = answer;
  if (status === 200 || status === 201) {
    const label = readLabel(reference, json);
    return label ? ok(label) : unknownOutcome('The carrier accepted the order, but its answer can not be read.');
  }
  if (status === 400 || status === 413 || status === 422) return refused(json);
  if (status === 401 || status === 403) return unauthorized();
  if (status === 404 || status === 405 || status === 429) return unavailable(`The carrier did not take the order (${status}).`);
  if (status === 503 && faultIn(json)['sold'] === false) return unavailable('The carrier is closed at the moment.');
  return unknownOutcome(`The carrier failed (${status}).`);
};

/** The answer to a search. Only a readable list without a sale says that there was none. Of several sales the oldest counts. */
export const fromSearch = (
  reference: string,
  answer: Exchange,
): Result<Label, ReferenceUnknown | CarrierUnavailable | CarrierUnauthorized> => {
  if (answer.kind !== 'answered') return unavailable('The carrier could not be reached.');
  const { status, json } = answer;
  if (status === 401 || status === 403) return unauthorized();
  const shipments: unknown = status === 200 ? fields(json)['shipments'] : undefined;
  if (!Array.isArray(shipments)) return unavailable(`The carrier could not be asked what it has sold (${status}).`);
  if (shipments.length === 0) return err({ code: 'carrier.reference_unknown' });
  const label = readLabel(reference, shipments[0]);
  return label ? ok(label) : unavailable('What the carrier has sold can not be read.');
};

const unavailable = (message: string) => err({ code: 'carrier.unavailable', message } as const);
const unauthorized = () =>
  err({ code: 'carrier.unauthorized', message: 'The carrier did not accept the API key of this account.' } as const);
const unknownOutcome = (message: string) => err({ code: 'carrier.unknown_outcome', message } as const);

const MAX_MESSAGE = 300;

const refused = (json: unknown) => {
  const { message, pointer } = faultIn(json);
  const said =
    typeof message === 'string'
      ? message
          .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
          .trim()
          .slice(0, MAX_MESSAGE)
      : '';
  return err({
    code: 'carrier.refused',
    message: said || 'The carrier refused the order without saying why.',
    path: typeof pointer === 'string' ? ourPath(pointer) : null,
  } as const);
};

const faultIn = (json: unknown): Fields => fields(fields(json)['error']);
