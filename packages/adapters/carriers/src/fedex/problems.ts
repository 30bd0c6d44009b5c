import { type AskRefused, type BuyRefused, type CarrierRefused, type Err, ok, type Result } from '@rappit/domain';
import { answerLost, notReached, refused, unauthorized, unavailable, unknownOutcome } from '../wire/answers.js';
import { type Fields, fieldsOf, listOf, remarkOf, textOf } from '../wire/reading.js';
import type { Asked } from './asking.js';
import { ourPath } from './codes.js';
import { countsIn, pathAt } from './pointers.js';

/** The errors of an answer, also of one that calls itself a success. */
export const errorsIn = (json: unknown): readonly Fields[] => listOf(fieldsOf(json)['errors']).map(fieldsOf);

type Parameters = readonly (readonly [key: string, value: string])[];

/**
 * What FedEx says that an error is about. The documents name a list of keys and values, and not what stands in them: in answers that were
 * published a key is the name of a field, and in the older interface a count of the parcels or goods, from one.
 */
const parametersOf = ({ parameterList }: Fields): Parameters =>
  listOf(parameterList)
    .map(fieldsOf)
    .map(({ key, value }) => [textOf(key) ?? '', textOf(value) ?? '']);

/** Which one it is, by a count from one in its parameters or its message; the only one there is where nothing says it. */
const countedIn = (
  parameters: Parameters,
  message: string,
  { name, count }: { readonly name: string; readonly count: number },
) => {
  const [, value] = parameters.find(([key]) => new RegExp(`${name}.?(?:INDEX|NUMBER|SEQUENCE)`, 'i').test(key)) ?? [];
  const said = Number(value ?? new RegExp(`\\b${name}\\s+(?:number\\s+|#)?(\\d{1,3})\\b`, 'i').exec(message)?.[1] ?? Number.NaN);
  if (Number.isInteger(said) && said >= 1 && said <= count) return said - 1;
  return count === 1 ? 0 : null;
};

const pathOf = (error: Fields, sent: unknown): string | null => {
  const parameters = parametersOf(error);
  for (const place of parameters.flat()) {
    const path = /^[\w$#./[\]]+$/.test(place) ? pathAt(place, sent) : null;
    if (path !== null) return path;
  }
  const { parcels, goods } = countsIn(sent);
  const message = textOf(error['message']) ?? '';
  return ourPath(textOf(error['code'])?.toUpperCase() ?? '', {
    parcel: countedIn(parameters, message, { name: 'package', count: parcels }),
    goods: countedIn(parameters, message, { name: 'commodity', count: goods }),
  });
};

/** Why FedEx refused what it was sent: all that it says, and the first of our fields that an error speaks of. */
export const refusalIn = (json: unknown, sent: unknown = undefined): Err<CarrierRefused> => {
  const errors = errorsIn(json);
  const said = errors.map(({ code, message }) => textOf(message) ?? textOf(code) ?? '').filter((text) => text !== '');
  const path = errors.map((error) => pathOf(error, sent)).find((found) => found !== null) ?? null;
  return refused(remarkOf(said.join(' · ')) ?? 'FedEx refused the request without saying why.', path);
};

export const hasCode = (json: unknown, pattern: RegExp): boolean =>
  errorsIn(json).some(({ code }) => pattern.test(textOf(code)?.toUpperCase() ?? ''));

/** What a question came to that changes nothing. Errors inside a success are errors. */
export const fromQuestion = <Value>(asked: Asked, read: (output: Fields) => Value | null): Result<Value, AskRefused> => {
  if (!asked.ok) return asked;
  const answer = asked.value;
  if (answer.kind !== 'answered') return unavailable(answer.kind === 'notSent' ? notReached : answerLost);
  const { status, json, sent } = answer;
  if (status === 403) return unauthorized();
  if (status === 400 || status === 422) return refusalIn(json, sent);
  const value = status === 200 ? read(fieldsOf(fieldsOf(json)['output'])) : null;
  if (value !== null) return ok(value);
  return status === 200 && errorsIn(json).length > 0
    ? refusalIn(json, sent)
    : unavailable(`FedEx's answer can't be used (${status}).`, answer.retryAfterSeconds);
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
  const { status, json, sent } = answer;
  if (status === 400 || status === 422) return refusalIn(json, sent);
  if (status === 403) return unauthorized();
  if ([404, 405, 415, 429].includes(status))
    return unavailable(`FedEx didn't take the request (${status}).`, answer.retryAfterSeconds);
  if (status !== 200) return unknownOutcome(`FedEx failed (${status}).`);
  const done = read(fieldsOf(fieldsOf(json)['output']));
  if (done) return done;
  return errorsIn(json).length > 0 ? refusalIn(json, sent) : unknownOutcome("FedEx answered, and what it did can't be read.");
};
