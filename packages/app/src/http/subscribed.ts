import type { Cost } from '@rappit/domain';
import type { FastifyInstance, FastifyReply, RouteOptions } from 'fastify';
import type { HttpDeps } from './deps.js';
import { refusals } from './problems/problem.schemas.js';
import { refuse } from './problems/refuse.js';
import { signedIn } from './signed-in.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a write costs. Each has to declare it; one that doesn't keeps the server from starting. Reading costs nothing. */
    cost?: Cost;
  }
}

const isGuarded = (cost: Cost | undefined): boolean => cost !== undefined && cost !== 'free';

/**
 * Turns writes away that the organization's subscription doesn't give access to, before the body is read, and says where to pay.
 * Whoever may not do it anyhow hears that first. Asked for again when it is paid for, the same request goes through.
 */
export const requireSubscription = (server: FastifyInstance, { standingOf, meter, billingUrl }: Deps): void => {
  server.addHook('onRoute', (route) => {
    const cost = route.config?.cost;
    if (isGuarded(cost)) documentIn(route, cost !== undefined && limited.includes(cost));
  });
  server.addHook('onRequest', async (request, reply): Promise<FastifyReply | undefined> => {
    const { url, config } = request.routeOptions;
    const principal = isGuarded(config.cost) ? signedIn(request) : null;
    if (request.is404 || !principal) return undefined;
    const { organizationId } = principal;
    const { status, access } = await standingOf(organizationId);
    if (access === 'full') return undefined;
    const endpoint = url ?? '';
    meter.count('subscription_blocks_total', { organization_id: organizationId, subscription_status: status, endpoint });
    request.log.warn({ organizationId, subscriptionStatus: status, route: endpoint }, 'a write was turned away: subscription');
    return refuse(reply, { code: 'subscription.inactive', status, billingUrl });
  });
};

type Deps = Pick<HttpDeps, 'standingOf' | 'meter' | 'billingUrl'>;

/** Of which plans include so many. */
const limited: readonly Cost[] = ['order.place', 'item.write', 'location.write', 'channel.connect'];

const documentIn = (route: RouteOptions, isLimited: boolean): void => {
  const schema = route.schema as { response?: object } | undefined;
  if (schema)
    schema.response = {
      ...schema.response,
      ...refusals('none', 'subscription.inactive', ...(isLimited ? (['subscription.limit_reached'] as const) : [])),
    };
};
