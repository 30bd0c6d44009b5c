import { createHash } from 'node:crypto';
import type { LimitKey, Standing } from '@rappit/limits';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LimitType } from '../../limit-config.js';
import type { HttpDeps } from '../deps.js';
import { refuse } from '../problems/refuse.js';
import { signedIn } from '../signed-in.js';
import { addressOf } from './address-of.js';
import { limitHeaders, secondsOf } from './limit-headers.js';

/** By what a public route is limited. `webhook_ip` turns nobody away by itself: see `webhook-limits.ts`. */
export type PublicLimit = 'auth_ip' | 'webhook_ip' | 'none';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Each public route has to declare it. What asks for a permission is limited by its caller and the organization. */
    limit?: PublicLimit;
    /** How many points a request takes, where it is dearer than others. */
    weight?: number;
  }
}

export type Charge = { readonly type: LimitType; readonly key: LimitKey; readonly cost?: number };

/** The organization of whoever is limited without being signed in. */
const NOBODY = 'none';

const endpointOf = ({ method, routeOptions }: FastifyRequest): string => `${method} ${routeOptions.url ?? ''}`;

/** Charges one limit and measures it; undefined where the type isn't limited. */
export const charge = async (
  { limits, meter }: Pick<HttpDeps, 'limits' | 'meter'>,
  request: FastifyRequest,
  { type, key, cost = 1 }: Charge,
): Promise<Standing | undefined> => {
  const limit = limits.sizes[type];
  if (!limit) return undefined;
  const standing = await limits.limiter.charge(limit, key, cost);
  const isOfOrganization = type === 'api_user' || type === 'api_org' || type === 'webhook_org';
  const labels = { type, organization_id: isOfOrganization ? key.home : NOBODY, endpoint: endpointOf(request) };
  meter.count('rate_limit_hits_total', labels);
  meter.set('rate_limit_remaining', labels, standing.remaining);
  if (!standing.allowed) meter.count('rate_limit_blocks_total', labels);
  return standing;
};

/** By what a request is limited, the narrower first. */
const chargesOf = (request: FastifyRequest): readonly Charge[] => {
  const { limit, weight: cost = 1 } = request.routeOptions.config;
  const principal = signedIn(request);
  if (principal) {
    const home = principal.organizationId;
    const user = { type: 'api_user', key: { home, of: `${principal.actor.kind}:${principal.actor.id}` }, cost } as const;
    return [user, { type: 'api_org', key: { home }, cost }];
  }
  return limit === undefined || limit === 'none' ? [] : [{ type: limit, key: { home: addressOf(request.ip) }, cost }];
};

/**
 * Turns away who asks too often, before anything else is looked at but who it is. The first limit that is passed answers; what comes after it
 * isn't charged. Every answer to a limited request says how it stands.
 */
export const limitRequests = (server: FastifyInstance, deps: Pick<HttpDeps, 'limits' | 'meter'>): void => {
  server.decorateRequest('standings', null);
  server.addHook('onRequest', async (request, reply): Promise<FastifyReply | undefined> => {
    if (request.is404) return undefined;
    const standings: Standing[] = [];
    for (const each of chargesOf(request)) {
      const standing = await charge(deps, request, each);
      if (standing) standings.push(standing);
      if (standing && !standing.allowed && each.type !== 'webhook_ip') return turnAway(reply, standings);
    }
    request.setDecorator('standings', standings);
    reply.headers(limitHeaders(standings));
    return undefined;
  });
};

/** Answers 429 for those of these limits that were passed. */
export const turnAway = (reply: FastifyReply, standings: readonly Standing[]): FastifyReply => {
  const violated = standings.filter(({ allowed }) => !allowed);
  const retryAfterSeconds = Math.max(...violated.map(secondsOf));
  return refuse(reply.headers(limitHeaders(standings)), {
    code: 'rate_limit.exceeded',
    retryAfterSeconds,
    policies: violated.map(({ limit }) => limit.name),
  });
};

/** How the request stood when it came in. */
export const standingsOf = (request: FastifyRequest): readonly Standing[] =>
  request.getDecorator<readonly Standing[] | null>('standings') ?? [];

/** An e-mail address as limits know it: by a digest, so that none is kept where limits are. */
export const emailKey = (email: string): string => createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
