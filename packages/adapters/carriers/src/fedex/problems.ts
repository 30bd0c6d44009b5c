import { type AskRefused, type BuyRefused, type CarrierRefused, type Err, ok, type Result } from '@rappit/domain';
import { answerLost, notReached, refused, unauthorized, unavailable, unknownOutcome } from '../wire/answers.js';
import { type Fields, fieldsOf, listOf, remarkOf, textOf } from '../wire/reading.js';
import type { Asked } from './asking.js';

const parties: readonly (readonly [code: RegExp, path: string])[] = [
  [/SHIPPER|ORIGIN|SENDER/, 'from'],
  [/RECIPIENT|DESTINATION|RECEIVER/, 'to'],
];
const partyFields: readonly (readonly [code: RegExp, path: string])[] = [
  [/POSTAL/, 'postalCode'],
  [/CITY/, 'city'],
  [/STATE|PROVINCE/, 'region'],
  [/COUNTRY/, 'countryCode'],
  [/PHONE/, 'phone'],
  [/STREET|ADDRESSLINE/, 'lines'],
  [/PERSONNAME/, 'name'],
  [/COMPANYNAME/, 'company'],
];
const others: readonly (readonly [code: RegExp, path: string])[] = [
  [/SERVICETYPE|SERVICE\.(?:TYPE|PACKAGECOMBINATION|INVALID|UNAVAILABLE)|PRODUCT/, 'service'],
  [/SHIPDATE|SHIP\.?TIMESTAMP/, 'shipOn'],
  [/COMMODIT|CUSTOMSVALUE|HARMONIZED/, 'customs.lines'],
  [/CUSTOMS|DUTIES/, 'customs'],
  [/WEIGHT|DIMENSION|PACKAGE/, 'parcels'],
  [/LABEL|IMAGETYPE/, 'labelFormat'],
  [/SATURDAY|SIGNATURE|DECLAREDVALUE/, 'extras'],
];

const fieldBy = (table: readonly (readonly [RegExp, string])[], code: string): string | undefined =>
  table.find(([pattern]) => pattern.test(code))?.[1];

/** Our field that a code of FedEx speaks of: `RECIPIENT.POSTALCODE.INVALID` → `to.postalCode`. Null for what says nothing of a field. */
export const ourPath = (code: string): string | null => {
  const party = fieldBy(parties, code);
  const field = fieldBy(partyFields, code);
  if (party !== undefined) return field === undefined ? party : `${party}.${field}`;
  return fieldBy(others, code) ?? null;
};

/** The errors of an answer, also of one that calls itself a success. */
export const errorsIn = (json: unknown): readonly Fields[] => listOf(fieldsOf(json)['errors']).map(fieldsOf);

/** Why FedEx refused: all that it says, and the first of our fields that a code speaks of. */
export const refusalIn = (json: unknown): Err<CarrierRefused> => {
  const errors = errorsIn(json);
  const said = errors.map(({ code, message }) => textOf(message) ?? textOf(code) ?? '').filter((text) => text !== '');
  const path = errors.map(({ code }) => ourPath(textOf(code)?.toUpperCase() ?? '')).find((found) => found !== null) ?? null;
  return refused(remarkOf(said.join(' · ')) ?? 'FedEx refused the request without saying why.', path);
};

export const hasCode = (json: unknown, pattern: RegExp): boolean =>
  errorsIn(json).some(({ code }) => pattern.test(textOf(code)?.toUpperCase() ?? ''));

/** What a question came to that changes nothing. Errors inside a success are errors. */
export const fromQuestion = <Value>(asked: Asked, read: (output: Fields) => Value | null): Result<Value, AskRefused> => {
  if (!asked.ok) return asked;
  const answer = asked.value;
  if (answer.kind !== 'answered') return unavailable(answer.kind === 'notSent' ? notReached : answerLost);
  const { status, json } = answer;
  if (status === 403) return unauthorized();
  if (status === 400 || status === 422) return refusalIn(json);
  const value = status === 200 ? read(fieldsOf(fieldsOf(json)['output'])) : null;
  if (value !== null) return ok(value);
  return status === 200 && errorsIn(json).length > 0 ? refusalIn(json) : unavailable(`FedEx's answer can't be used (${status}).`);
};

/** What became of something that may have been done. Only a refusal, a wrong key and a 429 say that it wasn't. */
export const fromDoing = <Value>(
  asked: Asked,
  read: (output: Fields) => Result<Value, BuyRefused> | null,
): Result<Value, BuyRefused> => {
  if (!asked.ok) return asked;
  const answer = asked.value;
  if (answer.kind === 'notSent') return unavailable(notReached);
  if (answer.kind === 'lost') return unknownOutcome(answerLost);
  const { status, json } = answer;
  if (status === 400 || status === 422) return refusalIn(json);
  if (status === 403) return unauthorized();
  if ([404, 405, 415, 429].includes(status)) return unavailable(`FedEx didn't take the request (${status}).`);
  if (status !== 200) return unknownOutcome(`FedEx failed (${status}).`);
  const done = read(fieldsOf(fieldsOf(json)['output']));
  if (done) return done;
  return errorsIn(json).length > 0 ? refusalIn(json) : unknownOutcome("FedEx answered, and what it did can't be read.");
};
