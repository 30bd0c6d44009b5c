import { type OutboundAnswer, ok, type Result, type ShopDoRefused } from '@rappit/domain';
import { parseExactly } from '../wire/json-text.js';
import { type Fields, listed, object, optional, type Reader } from '../wire/reading.js';
import { retryAfterMsOf } from '../wire/retry-after.js';
import { filled } from '../wire/scalars.js';
import { msUntilPaid, type Throttle, throttleIn } from './pacing.js';
import { refused, unauthorized, unavailable, unknownOutcome, unreadableAnswer } from './refusals.js';

/** What one answer comes to. `throttled` has done nothing, and may be asked again after a while. */
export type Told =
  | { readonly kind: 'answered'; readonly result: Result<Fields, ShopDoRefused>; readonly throttle?: Throttle }
  | { readonly kind: 'throttled'; readonly waitMs: number; readonly throttle?: Throttle };

/** Where an answer says that it is throttled, and not for how long. */
const USUAL_WAIT_MS = 1_000;

type Fault = { readonly message: string | null; readonly code: string | null };
type Body = { readonly data: Fields | null; readonly faults: readonly Fault[] };

const anyFields: Reader<Fields> = (value, path) => {
  const read = object({})(value, path);
  return read.ok ? ok(value as Fields) : read;
};
const code = object({ code: filled('code') });
const fault = object({ message: filled('message'), extensions: optional('extensions', code) });
const body = object({ data: optional('data', anyFields), errors: listed('errors', fault) });

/** Shopify answers a query that it can't parse with an object, or even a text, under `errors`. */
const bodyIn = (json: unknown): Body | undefined => {
  const read = body(json, '');
  if (!read.ok) return undefined;
  const faults = read.value.errors.map(({ message, extensions }) => ({ message, code: extensions?.code ?? null }));
  return { data: read.value.data, faults };
};

const answered = (result: Result<Fields, ShopDoRefused>, throttle?: Throttle): Told => ({
  kind: 'answered',
  result,
  ...(throttle && { throttle }),
});

/** Reads what came back over the wire. Who only asked may take an outcome that isn't known for none. */
export const toldBy = (answer: OutboundAnswer): Told => {
  const { status, headers } = answer;
  if (status < 200 || status > 299) return answered(refusalOf(status, headers));
  const json = parseExactly(new TextDecoder().decode(answer.body));
  const read = json.ok ? bodyIn(json.value) : undefined;
  if (!json.ok || !read) return answered(unknownOutcome(unreadableAnswer));
  const throttle = throttleIn(json.value);
  const { data, faults } = read;
  if (faults.some((one) => one.code === 'THROTTLED'))
    return { kind: 'throttled', waitMs: throttle ? msUntilPaid(throttle) : USUAL_WAIT_MS, ...(throttle && { throttle }) };
  return answered(resultOf(data, faults), throttle);
};

/** What we may not see is null in the data, and named among the errors; the rest of the answer is good. */
const resultOf = (data: Fields | null, faults: readonly Fault[]): Result<Fields, ShopDoRefused> => {
  if (data && faults.every((one) => one.code === 'ACCESS_DENIED')) return ok(data);
  if (faults.length === 0 || faults.some((one) => one.code === 'INTERNAL_SERVER_ERROR')) return unknownOutcome(unreadableAnswer);
  return refused(sayingOf(faults.map(({ message }) => message)));
};

const MAX_SAYING = 300;

/** What Shopify says of a refusal, no longer than anybody would read. */
export const sayingOf = (messages: readonly (string | null)[]): string =>
  messages
    .flatMap((message) => message ?? [])
    .join(' ')
    .slice(0, MAX_SAYING) || 'Shopify refused, and did not say why.';

const refusalOf = (status: number, headers: Readonly<Record<string, string>>): Result<Fields, ShopDoRefused> => {
  if (status === 401) return unauthorized();
  if (status === 429 || status === 503)
    return unavailable(`Shopify does not serve us at the moment (${status}).`, retryAfterMsOf(headers));
  if (status >= 500) return unknownOutcome(`Shopify failed (${status}).`);
  if (status >= 400) return refused(`Shopify refused (${status}).`);
  return unavailable(`Shopify sent us elsewhere (${status}), where we do not go.`);
};
