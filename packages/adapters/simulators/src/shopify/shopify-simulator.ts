import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { graphql, parse } from 'graphql';
import { type App, type GrantBook, grantBook } from './grants.js';
import { rootOf } from './graphql-root.js';
import { schema } from './schema.js';
import { shopBooks } from './shop-books.js';
import { type SimulatedShop, simulatedShop } from './simulated-shop.js';

/**
 * What may go wrong: nobody is served (`away`, `unauthorized`, `throttled`), or something else answers (`html`, `failing`, `elsewhere`).
 * `lost`: what is to be done is done, and its answer is cut off; questions are answered.
 */
export type ShopifyFault = 'away' | 'unauthorized' | 'throttled' | 'html' | 'failing' | 'elsewhere' | 'lost';

export type ShopifySimulatorOptions = App & {
  readonly port?: number;
  readonly now?: () => Date;
  /** Where owners may be sent back to, as it was registered; anywhere where it is left out. */
  readonly redirectUri?: string;
};

export type ShopifySimulator = {
  readonly baseUrl: string;
  /** Where a shop is reached here instead of at its own domain. */
  readonly originOf: (shopDomain: string) => string;
  readonly openShop: (shopDomain: string, currency?: string) => SimulatedShop;
  readonly breakDown: (fault: ShopifyFault) => void;
  readonly mend: () => void;
  /** How many answers of 'throttled' a shop gives before it serves again. */
  readonly throttle: (times: number, restoreRate?: number) => void;
  /** How often a pair of tokens was replaced. */
  readonly refreshes: () => number;
  /** The names of the operations that were asked for, in their order. */
  readonly asked: () => readonly string[];
  readonly close: () => Promise<void>;
};

type Open = ReturnType<typeof simulatedShop>;
type Kept = { readonly shop: Open; readonly root: (scopes: readonly string[]) => ReturnType<typeof rootOf> };
type Params = { readonly shop: string };
type Asked = { readonly query?: string; readonly variables?: Record<string, unknown> };
type State = { fault: ShopifyFault | null; throttled: number; restoreRate: number; readonly asked: string[] };

const MAX_BODY = 4 * 1_024 * 1_024;
const MOST_POINTS = 2_000;
const QUESTION_COSTS = 100;

/** Shopify on 127.0.0.1, each shop below its domain: consent, tokens, and the Admin API over the schema, which graphql-js executes. */
export const startShopifySimulator = async (options: ShopifySimulatorOptions): Promise<ShopifySimulator> => {
  const { port = 0, now = () => new Date() } = options;
  const shops = new Map<string, Kept>();
  const grants = grantBook(options, now);
  const state: State = { fault: null, throttled: 0, restoreRate: 100, asked: [] };
  const server = fastify({ forceCloseConnections: true, bodyLimit: MAX_BODY });
  server.addHook('preHandler', async (_request, reply) => instead(reply, state.fault));
  consentRoutes(server, options, { grants, state });
  adminRoute(server, { grants, state, shops });
  const listening: Promise<string> = server.listen({ host: '127.0.0.1', port });
  const baseUrl = await listening;
  return {
    baseUrl,
    originOf: (shopDomain) => `${baseUrl}/${shopDomain}`,
    openShop: (domain, currency = 'EUR') => {
      const books = shopBooks(domain, currency);
      const shop = simulatedShop({ books, grants, secret: options.clientSecret, now });
      shops.set(domain, { shop, root: (scopes) => rootOf(books, scopes, shop.happenings) });
      return shop;
    },
    breakDown: (fault) => {
      state.fault = fault;
    },
    mend: () => {
      state.fault = null;
    },
    throttle: (times, restoreRate = 100) => {
      Object.assign(state, { throttled: times, restoreRate });
    },
    refreshes: grants.refreshes,
    asked: () => [...state.asked],
    close: () => server.close(),
  };
};

/** What is answered instead of anything else while something is wrong. */
const instead = (reply: FastifyReply, fault: ShopifyFault | null): FastifyReply | undefined => {
  switch (fault) {
    case 'away':
      return reply.code(503).send({ errors: 'Service Unavailable' });
    case 'unauthorized':
      return reply.code(401).send({ errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' });
    case 'html':
      return reply.code(200).type('text/html').send('<!doctype html><title>Welcome</title><p>Everything is fine.');
    case 'failing':
      return reply.code(500).send({ errors: 'Internal Server Error' });
    case 'elsewhere':
      return reply.code(301).header('location', 'http://169.254.169.254/latest').send();
    default:
      return undefined;
  }
};

type Served = { readonly grants: GrantBook; readonly state: State };

const cutOff = (reply: FastifyReply): FastifyReply => {
  reply.hijack().raw.destroy();
  return reply;
};

const consentRoutes = (server: FastifyInstance, app: ShopifySimulatorOptions, { grants, state }: Served): void => {
  type Query = { readonly client_id?: string; readonly scope?: string; readonly redirect_uri?: string; readonly state?: string };
  server.get<{ Params: Params; Querystring: Query }>('/:shop/admin/oauth/authorize', async ({ params, query }, reply) => {
    const isRegistered = app.redirectUri === undefined || query.redirect_uri === app.redirectUri;
    if (query.client_id !== app.clientId || query.redirect_uri === undefined || !isRegistered)
      return reply.code(400).send('Oauth error invalid_request');
    const asked = (query.scope ?? '').split(',');
    const brought = grants.consent(
      params.shop,
      query.state ?? '',
      asked.filter((scope) => app.scopes.includes(scope)),
    );
    return reply.redirect(`${query.redirect_uri}?${new URLSearchParams(brought)}`, 302);
  });
  server.post<{ Params: Params; Body: Readonly<Record<string, unknown>> }>(
    '/:shop/admin/oauth/access_token',
    async ({ params, body }, reply) => {
      const { status, body: answer } = grants.exchange(params.shop, body);
      return state.fault === 'lost' ? cutOff(reply) : reply.code(status).send(answer);
    },
  );
};

const adminRoute = (
  server: FastifyInstance,
  { grants, state, shops }: Served & { readonly shops: ReadonlyMap<string, Kept> },
): void => {
  server.post<{ Params: Params & { readonly version: string }; Body: Asked }>(
    '/:shop/admin/api/:version/graphql.json',
    async (request, reply) => {
      const { params, body } = request;
      const open = shops.get(params.shop);
      if (!open) return reply.code(404).send({ errors: 'Not Found' });
      const scopes = grants.scopesOf(params.shop, tokenOf(request));
      if (!scopes) return instead(reply, 'unauthorized');
      reply.header('x-shopify-api-version', params.version);
      if (state.fault === 'throttled' || state.throttled > 0) {
        state.throttled = Math.max(0, state.throttled - 1);
        const errors = [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }];
        return { errors, extensions: costOf(QUESTION_COSTS / 2, state.restoreRate) };
      }
      const { name, isDoing } = operationIn(body.query ?? '');
      state.asked.push(name);
      const { data, errors } = await graphql({
        schema,
        source: body.query ?? '',
        rootValue: open.root(scopes),
        variableValues: body.variables ?? {},
      });
      if (state.fault === 'lost' && isDoing) return cutOff(reply);
      return {
        ...(data !== undefined && { data }),
        ...(errors && { errors }),
        extensions: costOf(MOST_POINTS, state.restoreRate),
      };
    },
  );
};

const tokenOf = ({ headers }: FastifyRequest): string => String(headers['x-shopify-access-token'] ?? '');

const costOf = (currentlyAvailable: number, restoreRate: number) => ({
  cost: {
    requestedQueryCost: QUESTION_COSTS,
    actualQueryCost: QUESTION_COSTS,
    throttleStatus: { maximumAvailable: MOST_POINTS, currentlyAvailable, restoreRate },
  },
});

const operationIn = (query: string): { readonly name: string; readonly isDoing: boolean } => {
  try {
    const [first] = parse(query).definitions;
    if (first?.kind !== 'OperationDefinition') return { name: '', isDoing: false };
    return { name: first.name?.value ?? '', isDoing: first.operation === 'mutation' };
  } catch {
    return { name: '', isDoing: false };
  }
};
