import {
  type CurrentCredentials,
  type Err,
  type GuardedFetch,
  type OutboundAnswer,
  type OutboundRequest,
  ok,
  type Result,
  type ShopAskRefused,
  type ShopDoRefused,
  type ShopUnauthorized,
  type ShopUnavailable,
} from '@rappit/domain';
import { stringify } from 'lossless-json';
import { refused, remarkOf, unauthorized, unavailable, unknownOutcome } from '../wire/answers.js';
import { deadlineFrom } from '../wire/deadline.js';
import { parseExactly } from '../wire/json-text.js';
import { retryAfterMsOf } from '../wire/retry-after.js';
import { authorizationOf, keysIn } from './credentials.js';
import { lanes } from './lanes.js';
import { type BaseUrlOf, overTls } from './store-url.js';

export type WooOptions = {
  readonly guard: GuardedFetch;
  /** `https:` and the shop's domain where it is left out. */
  readonly baseUrlOf?: BaseUrlOf;
  /** How long a question may take, and something that is to be done, with every request that it needs. */
  readonly deadlines?: { readonly askMs: number; readonly doMs: number };
  /** Requests to one store at a time: most run on cheap hosts, and one or two are what they take. */
  readonly atOnce?: number;
  /** A clock that is never put back, in milliseconds. */
  readonly monotonicMs?: () => number;
};

/** What a store said, in JSON: a success, or a no that its `code` explains. Everything else is a refusal. */
export type WooAnswer = {
  readonly isOk: boolean;
  readonly code: string;
  readonly message: string | null;
  readonly json: unknown;
  readonly headers: Readonly<Record<string, string>>;
};

type Query = Readonly<Record<string, string | number>>;

/** The requests of one call to us, which share its time. */
export type WooSession = {
  readonly ask: (path: string, query?: Query) => Promise<Result<WooAnswer, ShopAskRefused>>;
  readonly tell: (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<Result<WooAnswer, ShopDoRefused>>;
};

export type Credentials = CurrentCredentials;

/** The requests that one call to us needs. `is` says whether it asks or does something, and with that how long it may take. */
export type OpenSession = (
  shopDomain: string,
  credentials: Credentials,
  is: 'asking' | 'doing',
) => Promise<Result<WooSession, ShopUnauthorized | ShopUnavailable>>;

/** A catalogue page of a hundred products with their descriptions takes a few megabytes at most. */
const MAX_BYTES = 10 * 1_048_576;
const usual = { askMs: 30_000, doMs: 60_000 };

/** Calls stores. Keys are sent in a header and never in an address; redirects aren't followed, so that no key goes to another host. */
export const wooClient = (options: WooOptions): OpenSession => {
  const { guard, baseUrlOf = overTls, deadlines = usual, atOnce = 2, monotonicMs = () => performance.now() } = options;
  const enter = lanes(atOnce);
  return async (shopDomain, credentials, is) => {
    const deadline = deadlineFrom(is === 'asking' ? deadlines.askMs : deadlines.doMs, monotonicMs);
    const given = await credentials();
    if (!given.ok) return given;
    const keys = keysIn(given.value);
    if (!keys) return unauthorized('The keys of this shop cannot be read.');
    const headers = { accept: 'application/json', authorization: authorizationOf(keys), 'user-agent': 'Rappit' };
    const send = async (request: Omit<OutboundRequest, 'deadlineMs' | 'maxBytes'>): ReturnType<GuardedFetch['send']> => {
      const leave = await enter(shopDomain, deadline);
      const deadlineMs = deadline.leftMs();
      try {
        if (!leave || deadlineMs <= 0) return { ok: false, error: { code: 'outbound.unavailable', why: 'deadline' } };
        return await guard.send({ ...request, deadlineMs, maxBytes: MAX_BYTES });
      } finally {
        leave?.();
      }
    };
    const urlOf = (path: string, query: Query = {}): string => {
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) search.set(name, String(value));
      return `${baseUrlOf(shopDomain)}/wp-json/${path}${search.size > 0 ? `?${search}` : ''}`;
    };
    return ok({
      ask: async (path, query) => asked(await send({ method: 'GET', url: urlOf(path, query), headers })),
      tell: async (method, path, body) =>
        told(
          await send({
            method,
            url: urlOf(path),
            headers: { ...headers, 'content-type': 'application/json' },
            ...(body !== undefined && { body: stringify(body) ?? '' }),
          }),
        ),
    });
  };
};

type Sent = Awaited<ReturnType<GuardedFetch['send']>>;

/** Asking again is always safe, so a question has no unknown outcome. */
const asked = (sent: Sent): Result<WooAnswer, ShopAskRefused> => {
  const answer = told(sent);
  if (answer.ok || answer.error.code !== 'shop.unknown_outcome') return answer as Result<WooAnswer, ShopAskRefused>;
  return unavailable(answer.error.message);
};

const told = (sent: Sent): Result<WooAnswer, ShopDoRefused> => {
  if (sent.ok) return answerOf(sent.value);
  const { error } = sent;
  if (error.code === 'outbound.refused') return refused('The address of the shop may not be called.');
  if (error.code === 'outbound.unavailable') return unavailable('The shop could not be reached.');
  return unknownOutcome(error.why === 'tooLarge' ? 'The answer of the shop is too large.' : undefined);
};

const answerOf = ({ status, headers, body }: OutboundAnswer): Result<WooAnswer, ShopDoRefused> => {
  if (status >= 300 && status < 400) return refused('The shop sends us to another address. Connect it by that one.');
  const parsed = parseExactly(new TextDecoder().decode(body));
  const fields = parsed.ok && typeof parsed.value === 'object' && parsed.value !== null ? parsed.value : null;
  const { code, message }: { readonly code?: unknown; readonly message?: unknown } = fields ?? {};
  const isOk = status >= 200 && status < 300;
  if (isUnavailable(status)) return unavailable(`The shop answered ${status}.`, retryAfterMsOf(headers));
  if (status >= 500) return unknownOutcome(`The shop answered ${status}.`);
  if (!fields) return notJson(isOk, status);
  if (!isOk && (status === 401 || status === 403)) return unauthorized(remarkOf(message) ?? undefined);
  return ok({ isOk, code: typeof code === 'string' && !isOk ? code : '', message: remarkOf(message), json: fields, headers });
};

/** What stands before a store says this, and the store itself while it is updated. WooCommerce has done nothing then. */
const isUnavailable = (status: number): boolean => [408, 425, 429, 503, 508].includes(status);

/** A page, or a warning of PHP before the JSON. After a success nobody knows what was done; after a no nothing was. */
const notJson = (isOk: boolean, status: number): Err<ShopDoRefused> =>
  isOk
    ? unknownOutcome('The shop answered with something else than JSON.')
    : unavailable(`The shop answered ${status}, with a page.`);

/** A no that WooCommerce explains. */
export const noOf = ({ message, code }: WooAnswer) => refused(message ?? (code || 'The shop said no.'));

/** The object that was asked for isn't there. Other codes of a 404 say that the route isn't. */
export const isMissing = ({ isOk, code }: WooAnswer): boolean => !isOk && /_invalid_id$|_invalid_term$/.test(code);

/** A store without the plugin, or without the feature. */
export const hasNoRoute = ({ isOk, code }: WooAnswer): boolean => !isOk && code === 'rest_no_route';
