import type { OrganizationId, Refusal } from '@rappit/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpDeps } from '../deps.js';
import type { AnyRefusal } from '../problems/refusals.js';
import { refuse } from '../problems/refuse.js';
import { charge, standingsOf, turnAway } from './limit-requests.js';

/** How a sender is refused who didn't prove to be one. */
const unproven: ReadonlySet<string> = new Set(['webhook.signature_invalid', 'billing_event.refused', 'connection.invalid']);

/** Whoever can't say who they are is turned away once they ask too often. Only now is it known: a shop's own addresses may be shared. */
export const refuseStranger = (request: FastifyRequest, reply: FastifyReply, refusal: AnyRefusal & Refusal): FastifyReply => {
  const standings = standingsOf(request);
  return unproven.has(refusal.code) && standings.some(({ allowed }) => !allowed)
    ? turnAway(reply, standings)
    : refuse(reply, refusal);
};

/** Lets what was stored be worked off at once for organizations that aren't told too much; for others the next sweep does. */
export const wakeWithin = async (
  deps: Pick<HttpDeps, 'limits' | 'meter' | 'wake'>,
  request: FastifyRequest,
  organizationIds: readonly OrganizationId[],
): Promise<void> => {
  const woken: OrganizationId[] = [];
  for (const home of organizationIds) {
    const standing = await charge(deps, request, { type: 'webhook_org', key: { home } });
    if (standing === undefined || standing.allowed) woken.push(home);
  }
  if (woken.length > 0) deps.wake('inbox', woken);
};
