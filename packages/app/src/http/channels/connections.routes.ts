import type { Caller, ChannelKind } from '@rappit/domain';
import Type from 'typebox';
import { sendRefused } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { refuseStranger } from '../limits/webhook-limits.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { closed } from '../vocabulary.schemas.js';
import { cookieOf, setCookie } from '../wire/cookies.js';
import { broughtByShopify, broughtByStore, NewConnection, startQuery, WayToShop, wayView } from './connections.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['channels'], summary });
const COOKIE = 'rappit_connection';

const ofConnecting = [
  'connection.invalid',
  'authorization.invalid',
  'channel.kind_unsupported',
  'shop.refused',
  'shop.unauthorized',
  'shop.unavailable',
  'shop.unknown_outcome',
  'subscription.limit_reached',
] as const;

/** How shops are connected by their owners' consent. */
export const connectionRoutes = routesOf((server, deps) => {
  shopify(server, deps);
  wooCommerce(server, deps);
});

/** Makes sure that a shop tells us what happens there, and begins to read what has happened. */
const goOn = ({ wake }: HttpDeps, organizationId: Caller['organizationId']): void => wake('channels', [organizationId]);

const shopify = (server: Typed, deps: HttpDeps): void => {
  const { useCases, appUrl } = deps;
  const kind: ChannelKind = 'shopify';
  const cookie = { name: COOKIE, path: `${server.prefix}/oauth`, secure: appUrl.startsWith('https:') };
  server.get(
    '/oauth/shopify/start',
    {
      config: { permission: 'channel.connect', cost: 'channel.connect' },
      schema: {
        ...told('startShopifyConnection', "Set out to connect a Shopify shop by its owner's consent"),
        description: `Send the browser to \`url\`. The answer sets a cookie by which the browser is known when it comes back, within 15 minutes and
once: ask with credentials included.`,
        querystring: startQuery,
        response: { 200: WayToShop.ref, ...refusals('read', 'channel.kind_unsupported', 'channel.shop_domain_invalid') },
      },
    },
    async (request, reply) => {
      const { shop, name } = request.query;
      const way = await useCases.startConnection(callerOf(request), { kind, shop, name: name ?? null });
      if (!way.ok) return sendRefused(reply, way.error);
      const { browserSecret, seconds } = way.value;
      return reply.header('set-cookie', setCookie({ ...cookie, value: browserSecret ?? '', seconds })).send(wayView(way.value));
    },
  );

  server.get(
    '/oauth/shopify/callback',
    {
      config: { permission: 'public', limit: 'webhook_ip' },
      schema: {
        ...told('finishShopifyConnection', 'Where Shopify sends the browser back to'),
        description: `Leads on to the app: \`/channels?connected=\` with the channel's id, or \`/channels?refused=\` with the code of why not.`,
        querystring: broughtByShopify,
        response: { 302: { type: 'null', description: 'On to the app.' }, ...refusals('public', 'rate_limit.exceeded') },
      },
    },
    async (request, reply) => {
      const browserSecret = cookieOf(request.headers.cookie, COOKIE) ?? null;
      const finished = await useCases.finishConnection({ kind, brought: request.query, browserSecret, requestId: request.id });
      if (finished.ok) goOn(deps, finished.value.organizationId);
      const where = finished.ok ? `connected=${finished.value.channel.id}` : `refused=${finished.error.code}`;
      return reply
        .header('set-cookie', setCookie({ ...cookie, value: '', seconds: 0 }))
        .redirect(`${appUrl}/channels?${where}`, 302);
    },
  );
};

const wooCommerce = (server: Typed, deps: HttpDeps): void => {
  const { useCases } = deps;
  const kind: ChannelKind = 'woocommerce';
  server.post(
    '/oauth/woocommerce/start',
    {
      config: { permission: 'channel.connect', cost: 'channel.connect' },
      schema: {
        ...told('startWooCommerceConnection', "Set out to connect a WooCommerce store by its owner's consent"),
        description: 'Send the browser to `url`. The store itself brings its keys, within 15 minutes and once.',
        body: NewConnection.ref,
        response: { 201: WayToShop.ref, ...refusals('change', 'channel.kind_unsupported', 'channel.shop_domain_invalid') },
      },
    },
    async (request, reply) => {
      const { storeUrl: shop, name } = request.body;
      // Under no key: the answer holds a secret, and setting out twice does no harm.
      const way = await useCases.startConnection(callerOf(request), { kind, shop, name: name ?? null });
      return way.ok ? reply.code(201).send(wayView(way.value)) : sendRefused(reply, way.error);
    },
  );

  server.post(
    '/oauth/woocommerce/callback',
    {
      config: { permission: 'public', limit: 'webhook_ip', cost: 'free' },
      schema: {
        ...told('finishWooCommerceConnection', 'Where a WooCommerce store brings its keys'),
        description: 'They are kept once the store has answered to them.',
        body: broughtByStore,
        response: { 200: Type.Object({}, closed), ...refusals('publicWrite', ...ofConnecting) },
      },
    },
    async (request, reply) => {
      const finished = await useCases.finishConnection({
        kind,
        brought: request.body,
        browserSecret: null,
        requestId: request.id,
      });
      if (!finished.ok) {
        if (finished.error.code === 'connection.invalid') return refuseStranger(request, reply, finished.error);
        return sendRefused(reply, finished.error);
      }
      goOn(deps, finished.value.organizationId);
      return reply.send({});
    },
  );
};
