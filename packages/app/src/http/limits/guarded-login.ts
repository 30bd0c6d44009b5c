import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { UseCases } from '../../use-cases.js';
import type { HttpDeps } from '../deps.js';
import { originOf } from '../wire/origin.js';
import { addressOf } from './address-of.js';
import { charge, emailKey } from './limit-requests.js';

/** How long an address may not sign in with an e-mail after so many failures. */
const LOCKED_SECONDS = 1_800;
/** How long an attempt waits when others have tried the same e-mail too often, from wherever. */
const SLOWED_MS = 2_000;

/**
 * Signs in, unless the e-mail is locked for the address that asks: then the answer is that to a wrong password, and takes as long.
 * - Ten failures from one address lock the e-mail for that address, for half an hour; what fails meanwhile doesn't count, so it never takes longer.
 * - Failures from other addresses lock nobody out. Beyond the limit of an e-mail each attempt waits a moment.
 */
export const guardedLogin =
  (deps: Pick<HttpDeps, 'limits' | 'meter'> & { readonly useCases: Pick<UseCases, 'login'> }) =>
  async (
    request: FastifyRequest,
    credentials: Parameters<UseCases['login']>[0],
  ): Promise<Awaited<ReturnType<UseCases['login']>>> => {
    const { limits, useCases } = deps;
    const home = emailKey(credentials.email);
    const attempts = await charge(deps, request, { type: 'auth_email', key: { home } });
    if (attempts === undefined) return useCases.login(credentials, originOf(request));
    if (!attempts.allowed) await limits.pause(SLOWED_MS);
    const { points, seconds } = attempts.limit;
    const here = { home, of: addressOf(request.ip) };
    const lock = { name: 'auth_lock', points: 1, seconds: LOCKED_SECONDS };
    const isLocked = !(await limits.limiter.look(lock, here)).allowed;
    const tried = isLocked ? { ...credentials, password: randomUUID() } : credentials;
    const outcome = await useCases.login(tried, originOf(request));
    if (!outcome.ok && !isLocked) {
      const failures = await limits.limiter.charge({ name: 'auth_failures', points, seconds }, here);
      if (failures.remaining === 0) await limits.limiter.charge(lock, here);
    }
    return outcome;
  };
