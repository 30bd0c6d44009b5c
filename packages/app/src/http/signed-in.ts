import { type Caller, type Member, may, type Permission } from '@rappit/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpDeps } from './deps.js';
import { refuse } from './refuse.js';

/** What a route asks of whoever calls it. `public` asks nothing: the route checks a signature, or has nothing to hide. */
export type Access = Permission | 'public';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Each route has to declare it; one that doesn't keeps the server from starting. */
    permission?: Access;
  }
}

const bearer = /^Bearer +([\w.~+/=-]+)$/i;

/** The token of an `Authorization: Bearer` header. */
export const bearerToken = (request: Pick<FastifyRequest, 'headers'>): string | undefined =>
  bearer.exec(request.headers.authorization ?? '')?.[1];

/**
 * Lets in who may, before the body is read.
 * - Role and membership are read at each request: who was removed is out at once.
 * - Only the own role is ever answered with 403. What belongs to others doesn't exist.
 */
export const requireSignIn = (server: FastifyInstance, { tokens, accounts }: Pick<HttpDeps, 'tokens' | 'accounts'>): void => {
  server.decorateRequest('member', null);
  server.addHook('onRequest', async (request, reply): Promise<FastifyReply | undefined> => {
    const { permission } = request.routeOptions.config;
    if (request.is404 || permission === undefined || permission === 'public') return undefined;
    const token = bearerToken(request);
    const identity = token === undefined ? undefined : tokens.read(token);
    const member = identity?.ok ? await accounts.membership(identity.value.userId, identity.value.organizationId) : undefined;
    if (!member) return refuse(reply, { code: 'token.invalid' });
    request.setDecorator('member', member);
    return may(member.role, permission) ? undefined : refuse(reply, { code: 'permission.denied' });
  });
};

/** Who is signed in, or null on a public route and before anybody is. */
export const signedIn = (request: Pick<FastifyRequest, 'getDecorator'>): Member | null =>
  request.getDecorator<Member | null>('member');

/** Who asks, for which organization. The route has a permission, so somebody is signed in. */
export const memberOf = (request: Pick<FastifyRequest, 'getDecorator'>): Member => {
  const member = signedIn(request);
  if (!member) throw new Error('bug: a route without a permission asked who is signed in');
  return member;
};

export const callerOf = (request: Pick<FastifyRequest, 'getDecorator' | 'id'>): Caller => {
  const { organization, user } = memberOf(request);
  return { organizationId: organization.id, actor: { kind: 'user', id: user.id, name: user.name }, requestId: request.id };
};
