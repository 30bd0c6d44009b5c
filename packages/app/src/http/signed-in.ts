import {
  type Actor,
  type Caller,
  isKeySecret,
  type KeyHolder,
  type Member,
  may,
  type OrganizationId,
  type Permission,
  type SessionId,
  type SignedInCaller,
} from '@rappit/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpDeps } from './deps.js';
import { refuse } from './problems/refuse.js';

/** What a route asks of whoever calls it. `public` asks nothing: the route checks a signature, or has nothing to hide. */
export type Access = Permission | 'public';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Each route has to declare it; one that doesn't keeps the server from starting. */
    permission?: Access;
  }
}

/** Whoever a request is let in for: a member of an organization, or one of its API keys (`member` is null then). */
export type Principal = {
  readonly organizationId: OrganizationId;
  readonly actor: Actor;
  readonly may: (permission: Permission) => boolean;
  readonly member: Member | null;
  /** Of a member, the session that the request belongs to. */
  readonly sessionId: SessionId | null;
};

const ofMember = (member: Member, sessionId: SessionId): Principal => ({
  organizationId: member.organization.id,
  actor: { kind: 'user', id: member.user.id, name: member.user.name },
  may: (permission) => may(member.role, permission),
  member,
  sessionId,
});

const ofKey = ({ organizationId, key, rights }: KeyHolder): Principal => ({
  organizationId,
  actor: { kind: 'apiKey', id: key.id, name: key.name },
  may: (permission) => (rights as readonly Permission[]).includes(permission),
  member: null,
  sessionId: null,
});

const bearer = /^Bearer +([\w.~+/=-]+)$/i;

/** The token of an `Authorization: Bearer` header. */
export const bearerToken = (request: Pick<FastifyRequest, 'headers'>): string | undefined =>
  bearer.exec(request.headers.authorization ?? '')?.[1];

type Gatekeepers = Pick<HttpDeps, 'tokens' | 'accounts' | 'recogniseKey'>;

/** Whom a bearer token speaks for. A key's secret can't be mistaken for an access token, nor the other way round. */
const principalOf = async ({ tokens, accounts, recogniseKey }: Gatekeepers, token: string): Promise<Principal | undefined> => {
  if (isKeySecret(token)) {
    const holder = await recogniseKey(token);
    return holder && ofKey(holder);
  }
  const identity = tokens.read(token);
  const member = identity.ok ? await accounts.membership(identity.value) : undefined;
  return identity.ok && member ? ofMember(member, identity.value.sessionId) : undefined;
};

/**
 * Finds out who asks, before the body is read, and lets in nobody else.
 * Role and membership are read at each request: who was removed is out at once. The same goes for keys and their scopes.
 */
export const requireSignIn = (server: FastifyInstance, gatekeepers: Gatekeepers): void => {
  server.addHook('onRequest', async (request, reply): Promise<FastifyReply | undefined> => {
    const { permission } = request.routeOptions.config;
    if (request.is404 || permission === undefined || permission === 'public') return undefined;
    const token = bearerToken(request);
    const principal = token === undefined ? undefined : await principalOf(gatekeepers, token);
    if (!principal) return refuse(reply, { code: 'token.invalid' });
    request.setDecorator('principal', principal);
    return undefined;
  });
};

/** Only the own role is ever answered with 403. What belongs to others doesn't exist. */
export const requirePermission = (server: FastifyInstance): void => {
  server.addHook('onRequest', (request, reply, done) => {
    const { permission } = request.routeOptions.config;
    const principal = signedIn(request);
    if (principal && permission !== undefined && permission !== 'public' && !principal.may(permission))
      void refuse(reply, { code: 'permission.denied' });
    else done();
  });
};

/** The member whose session a request comes with, on a route that asks nobody to sign in; undefined for anybody else. */
export const memberWith = async (gatekeepers: Gatekeepers, request: FastifyRequest): Promise<Member | undefined> => {
  const token = bearerToken(request);
  const principal = token === undefined ? undefined : await principalOf(gatekeepers, token);
  return principal?.member ?? undefined;
};

type LetIn = Pick<FastifyRequest, 'getDecorator'>;

/** Whoever was let in, or null on a public route and before anybody is. */
export const signedIn = (request: LetIn): Principal | null => request.getDecorator<Principal | null>('principal');

const principalIn = (request: LetIn): Principal => {
  const principal = signedIn(request);
  if (!principal) throw new Error('bug: a route without a permission asked who is signed in');
  return principal;
};

/** The member who asks. Only for routes whose permission no API key can have. */
export const memberOf = (request: LetIn): Member => {
  const { member } = principalIn(request);
  if (!member) throw new Error('bug: a route that a key may call asked for a member');
  return member;
};

/** Who asks, for which organization. The route has a permission, so somebody is signed in. */
export const callerOf = (request: LetIn & Pick<FastifyRequest, 'id'>): Caller => {
  const { organizationId, actor } = principalIn(request);
  return { organizationId, actor, requestId: request.id };
};

/** The member who asks, by the session of this request. Only for routes whose permission no API key can have. */
export const signedInCallerOf = (request: LetIn & Pick<FastifyRequest, 'id'>): SignedInCaller => {
  const { sessionId } = principalIn(request);
  if (!sessionId) throw new Error('bug: a route that a key may call asked for a session');
  return { caller: callerOf(request), userId: memberOf(request).user.id, sessionId };
};
