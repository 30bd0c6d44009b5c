import { err, type GuardedFetch, type OutboundRefused, type OutboundUnavailable, ok, type Result } from '@rappit/domain';
import { mayBeCalled } from './address.js';
import { call } from './call.js';
import { areSound } from './headers.js';
import { type Names, publicNames } from './names.js';
import { type GuardPolicy, publicOnly } from './policy.js';
import { refused, type Target, targetOf } from './target.js';

export type GuardOptions = {
  readonly policy?: GuardPolicy;
  readonly names?: Names;
  /** Certificates (PEM) that are trusted instead of the system's. */
  readonly ca?: readonly string[];
};

/**
 * Calls addresses that tenants gave, over undici.
 * - A name is looked up once for each request. One forbidden address among its addresses is enough to refuse it.
 * - Proxies that the environment names are not used: a proxy would look the name up again.
 */
export const guardedFetch = ({ policy = publicOnly, names = publicNames(), ca = [] }: GuardOptions = {}): GuardedFetch => ({
  check: (url) => {
    const target = targetOf(url, policy);
    return target.ok ? ok(null) : target;
  },
  send: async (request) => {
    const target = targetOf(request.url, policy);
    if (!target.ok) return target;
    if (!areSound(request.headers ?? {})) return err(refused('header'));
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), request.deadlineMs);
    try {
      const addresses = await addressesOf(target.value, { policy, names, signal: deadline.signal });
      if (!addresses.ok) return addresses;
      return await call({ target: target.value, addresses: addresses.value, ca, signal: deadline.signal }, request);
    } finally {
      clearTimeout(timer);
    }
  },
});

type LookUp = { readonly policy: GuardPolicy; readonly names: Names; readonly signal: AbortSignal };

/** What a name leads to, all of it checked. An address leads to itself, and was checked with its URL. */
const addressesOf = async (
  { host, isAddress }: Target,
  { policy, names, signal }: LookUp,
): Promise<Result<readonly string[], OutboundRefused | OutboundUnavailable>> => {
  if (isAddress) return ok([host]);
  const found = await Promise.race([names(host, signal).catch(() => []), aborted(signal)]);
  if (found === null) return err({ code: 'outbound.unavailable', why: 'deadline' });
  if (found.length === 0) return err({ code: 'outbound.unavailable', why: 'name' });
  return found.every((address) => mayBeCalled(address, policy.networks)) ? ok(found) : err(refused('address'));
};

const aborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
