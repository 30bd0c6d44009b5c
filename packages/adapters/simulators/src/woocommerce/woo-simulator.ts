import type { ScenarioFault, WholeFault } from '../scenario/faults.js';
import { type Recorded, type Scenario, scenarioServer } from '../scenario/scenario.js';
import { itemBody, no, noRoute } from './bodies.js';
import { type SimulatedItem, type SimulatedOrder, type WooBooks, wooBooks } from './books.js';
import { consentRoutes } from './consent.js';
import { fromJson, jsonOf } from './json.js';
import { type WooKey, wooKeys } from './keys.js';
import { orderRoutes, type TrackingWay, toldOfOrder, trackingNumberIn, trackingRoutes } from './order-routes.js';
import { productRoutes } from './product-routes.js';
import { webhookRoutes } from './webhook-routes.js';
import { type Delivered, type Mishaps, type PostWebhook, postOverHttp, type SimulatedWebhook, wooWebhooks } from './webhooks.js';

export type WooSimulatorOptions = {
  readonly port?: number;
  /** The store's clock. */
  readonly now?: () => Date;
  /** What happens by chance, and the keys, are the same for the same seed. */
  readonly seed?: number;
  readonly tracking?: TrackingWay;
  /** How webhooks and keys are sent; over HTTP where it is left out. */
  readonly post?: PostWebhook;
};

type Shop = Omit<WooBooks, 'orders' | 'items' | 'spoilt' | 'nextId' | 'now'>;

/** A store as tests and demos have it in their hands: they are its owner, its buyers and its web host. */
export type WooSimulator = Shop &
  Pick<Scenario, 'mend' | 'recorded' | 'unanswered' | 'close'> & {
    readonly baseUrl: string;
    /** What the store is called: its address without the scheme. */
    readonly shopDomain: string;
    /** Keys as its owner makes them by hand. */
    readonly giveKeys: () => WooKey;
    readonly revokeKeys: () => void;
    readonly order: (id: string) => SimulatedOrder | undefined;
    readonly orders: () => readonly SimulatedOrder[];
    readonly items: () => readonly SimulatedItem[];
    /** What a place shows; null where it isn't counted, undefined where it isn't there. */
    readonly stockOf: (itemId: string) => number | null | undefined;
    /** What it was told of an order's parcels, by whichever way, as it was told. */
    readonly toldOf: (orderId: string) => readonly Readonly<Record<string, unknown>>[];
    readonly trackingNumbers: (orderId: string) => readonly string[];
    readonly webhooks: () => readonly SimulatedWebhook[];
    readonly putWebhook: (webhook: Omit<SimulatedWebhook, 'id' | 'failures'>) => void;
    readonly dropWebhook: (topic: string) => void;
    readonly deliver: (mishaps?: Mishaps) => Promise<Delivered>;
    /** `redirect`: the store has moved to another host, and says so. */
    readonly breakDown: (fault: ScenarioFault | 'redirect') => void;
  };
export type { Recorded };

const RETRY_AFTER_S = 7;

const away = (fault: WholeFault) => {
  if (fault === 'unauthorized') return no(401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.');
  if (fault === 'rateLimited') return { status: 429, body: '<html><h1>Too many requests</h1></html>' };
  return { status: 503, body: '<html><h1>Briefly unavailable for scheduled maintenance.</h1></html>' };
};

/** WooCommerce on 127.0.0.1, as far as `wc/v3` is called: it keeps in memory what it is told, and fails as it is told. */
export const startWooSimulator = async (options: WooSimulatorOptions = {}): Promise<WooSimulator> => {
  const { port = 0, now = () => new Date(), seed = 1, tracking = 'notes', post = postOverHttp } = options;
  const scenario = scenarioServer({ port, away, errorInside: no(200, 'internal_server_error', 'Something went wrong.').body });
  const { server } = scenario;
  const keys = wooKeys(seed);
  let moved = false;
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) =>
    done(null, fromJson(String(text))),
  );
  server.addHook('onRequest', async ({ url, headers }, reply) => {
    if (moved) return reply.redirect(`https://elsewhere.example.com${url}`, 301);
    if (!url.startsWith('/wp-json/') || keys.knows(headers.authorization)) return undefined;
    return reply
      .code(401)
      .type('application/json')
      .send(jsonOf(away('unauthorized').body));
  });
  server.addHook('onSend', async (_request, reply, payload) => {
    reply.header('date', now().toUTCString());
    if (reply.statusCode === 429) reply.header('retry-after', String(RETRY_AFTER_S));
    // Ids are numbers of any size, whoever wrote the body.
    return typeof payload === 'string' ? payload.replace(/"\\u0001id:(\d+)"/g, '$1') : payload;
  });
  server.setNotFoundHandler((_request, reply) => reply.code(noRoute.status).send(noRoute.body));
  let happened: (topic: string, id: string) => void = () => undefined;
  const books = wooBooks(now, (topic, id) => happened(topic, id));
  const notes = trackingRoutes(scenario, books, tracking);
  consentRoutes(server, keys, post);
  orderRoutes(server, books);
  productRoutes(scenario, books);
  let source = '';
  const hooks = wooWebhooks({
    source: () => source,
    seed,
    now,
    post,
    bodyOf: (topic, id) => {
      if (topic === 'order.deleted') return `{"id":${id}}`;
      const item = books.items.get(id);
      return topic.startsWith('order.') ? toldOfOrder(books, id) : item && jsonOf(itemBody(item));
    },
  });
  ({ happened } = hooks);
  webhookRoutes(scenario, hooks, books.nextId);
  const baseUrl = await scenario.listen();
  source = `${baseUrl}/`;
  const { orders, items, spoilt: _, nextId, now: __, ...shop } = books;
  const toldOf = (orderId: string) => Object.values(notes).flatMap((kept) => kept.get(orderId) ?? []);
  return {
    ...shop,
    ...scenario,
    baseUrl,
    shopDomain: new URL(baseUrl).host,
    giveKeys: keys.give,
    revokeKeys: keys.revokeAll,
    order: (id) => orders.get(id),
    orders: () => [...orders.values()],
    items: () => [...items.values()],
    stockOf: (itemId) => items.get(itemId)?.stock,
    toldOf,
    trackingNumbers: (orderId) => toldOf(orderId).flatMap((note) => trackingNumberIn(note) ?? []),
    webhooks: () => [...hooks.webhooks.values()],
    putWebhook: (webhook) => {
      const id = nextId();
      hooks.webhooks.set(id, { ...webhook, id, failures: 0 });
    },
    dropWebhook: (topic) => {
      for (const { id, topic: heard } of hooks.webhooks.values()) if (heard === topic) hooks.webhooks.delete(id);
    },
    deliver: hooks.deliver,
    breakDown: (fault) => {
      moved = fault === 'redirect';
      if (fault !== 'redirect') scenario.breakDown(fault);
    },
    mend: () => {
      moved = false;
      scenario.mend();
    },
  };
};
