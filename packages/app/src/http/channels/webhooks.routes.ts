import { wooArrival } from '@rappit/channels/woocommerce';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type, { type TObject } from 'typebox';
import type { HttpDeps } from '../deps.js';
import { channelIdOf } from '../ids.js';
import { refuseStranger, wakeWithin } from '../limits/webhook-limits.js';
import { refusals } from '../problems/problem.schemas.js';
import { refusing } from '../problems/refusals.js';
import { routesOf, type Typed } from '../routes.js';
import { closed, uuid } from '../vocabulary.schemas.js';
import { textOf } from '../wire/json-body.js';

/** The largest order that a shop sends is far below this. */
const WEBHOOK_LIMIT = 5 * 1_048_576;

const headerText = Type.String({ minLength: 1, maxLength: 255 });
const shopifyHeaders = Type.Object({
  'x-shopify-topic': headerText,
  'x-shopify-shop-domain': headerText,
  'x-shopify-hmac-sha256': Type.Optional(Type.String({ description: 'Base64 of the HMAC-SHA256 of the body.' })),
  'x-shopify-webhook-id': Type.Optional(headerText),
  'x-shopify-event-id': Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, description: "Stands in where there is no webhook's id." }),
  ),
});

/** What shops tell us: verified over the very bytes, stored, and answered at once. */
export const webhookRoutes = routesOf((server, deps) => {
  // Only here, so that everywhere else a body is JSON: the signature is made over bytes.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
  shopify(server, deps);
  wooCommerce(server, deps);
  dhl(server, deps);
  fedex(server, deps);
  stripe(server, deps);
});

/** The very bytes, and what they say. */
const bytesAndText = (sent: unknown): { readonly body: Uint8Array; readonly text: string } => {
  const body = Buffer.isBuffer(sent) ? sent : Buffer.alloc(0);
  const text = textOf(body);
  if (text === undefined || text.includes('\0')) throw refusing({ code: 'request.malformed' });
  return { body, text };
};

/** The topics that are counted by their names: a metric must not grow by whatever somebody calls a topic. */
const countedTopics: ReadonlySet<string> = new Set(['orders/create', 'orders/updated', 'orders/paid', 'orders/cancelled']);

const shopify = (server: Typed, deps: HttpDeps): void => {
  const { useCases, meter } = deps;
  server.post(
    '/webhooks/shopify',
    {
      config: { permission: 'public', limit: 'webhook_ip', cost: 'free' },
      bodyLimit: WEBHOOK_LIMIT,
      schema: {
        operationId: 'takeShopifyWebhook',
        tags: ['webhooks'],
        summary: "Take in a shop's webhook",
        description:
          'The signature says who it is. Answered once it is stored; a delivery that is here already is answered the same.',
        headers: shopifyHeaders,
        response: { 200: Type.Object({}, closed), ...refusals('publicWrite', 'webhook.signature_invalid') },
      },
    },
    async (request, reply) => {
      const { headers } = request;
      const deliveryId = headers['x-shopify-webhook-id'] ?? headers['x-shopify-event-id'];
      const { body, text } = bytesAndText(request.body);
      if (deliveryId === undefined)
        throw refusing({ code: 'request.invalid', faults: [{ path: 'x-shopify-webhook-id', message: 'is required' }] });
      const taken = await useCases.takeDelivery({
        kind: 'shopify',
        to: { shopDomain: headers['x-shopify-shop-domain'] },
        topic: headers['x-shopify-topic'],
        deliveryId,
        signature: headers['x-shopify-hmac-sha256'] ?? '',
        body,
        text,
      });
      const topic = headers['x-shopify-topic'];
      const labels = { source: 'shopify', topic: countedTopics.has(topic) ? topic : 'other' };
      meter.count('webhook_deliveries_total', { ...labels, outcome: taken.ok ? 'taken' : taken.error.code });
      if (!taken.ok) return refuseStranger(request, reply, taken.error);
      await wakeWithin(deps, request, taken.value.organizationIds);
      return reply.send({});
    },
  );
};

/** The topics that are counted by their names. */
const countedWooTopics: ReadonlySet<string> = new Set(['order.created', 'order.updated', 'order.deleted']);

const wooCommerce = (server: Typed, deps: HttpDeps): void => {
  const { useCases, meter } = deps;
  server.post(
    '/webhooks/woocommerce/:channelId',
    {
      config: { permission: 'public', limit: 'webhook_ip', cost: 'free' },
      bodyLimit: WEBHOOK_LIMIT,
      schema: {
        operationId: 'takeWooCommerceWebhook',
        tags: ['webhooks'],
        summary: "Take in a store's webhook",
        description: `The signature says who it is. A store also asks whether anybody is here, which is answered and not kept.`,
        params: Type.Object({ channelId: uuid }, closed),
        response: { 200: Type.Object({}, closed), ...refusals('publicWrite', 'webhook.signature_invalid') },
      },
    },
    async (request, reply) => {
      const { body, text } = bytesAndText(request.body);
      const arrival = wooArrival({ headers: request.headers, body });
      if (arrival.kind === 'ping') return reply.send({});
      if (arrival.kind === 'strange') return refuseStranger(request, reply, { code: 'webhook.signature_invalid' });
      const { topic, deliveryId, signature } = arrival;
      const to = { channelId: channelIdOf(request.params.channelId) };
      const taken = await useCases.takeDelivery({ kind: 'woocommerce', to, topic, deliveryId, signature, body, text });
      const labels = { source: 'woocommerce', topic: countedWooTopics.has(topic) ? topic : 'other' };
      meter.count('webhook_deliveries_total', { ...labels, outcome: taken.ok ? 'taken' : taken.error.code });
      if (!taken.ok) return refuseStranger(request, reply, taken.error);
      await wakeWithin(deps, request, taken.value.organizationIds);
      return reply.send({});
    },
  );
};

const proof = (description: string) => Type.Optional(Type.String({ maxLength: 1_000, description }));

const carrierWebhook = (operationId: string, carrier: string, headers: TObject) => ({
  config: { permission: 'public', limit: 'webhook_ip', cost: 'free' } as const,
  bodyLimit: WEBHOOK_LIMIT,
  schema: {
    operationId,
    tags: ['webhooks'],
    summary: `Take in what ${carrier} tells of parcels`,
    description: 'Answered once it is stored, whether or not anybody follows the parcel.',
    headers,
    response: { 200: Type.Object({}, closed), ...refusals('publicWrite', 'webhook.signature_invalid', 'delivery.unreadable') },
  },
});

/** Keeps what a carrier sent, and wakes whoever works it off. */
const taking =
  (deps: HttpDeps, carrier: 'dhl' | 'fedex') =>
  async (request: FastifyRequest, reply: FastifyReply, given: string | undefined): Promise<FastifyReply> => {
    const { useCases, meter } = deps;
    const taken = await useCases.takePush(carrier, { ...bytesAndText(request.body), proof: given ?? '' });
    const outcome = taken.ok ? 'taken' : taken.error.code;
    meter.count('webhook_deliveries_total', { source: carrier, topic: 'tracking', outcome });
    if (!taken.ok) return refuseStranger(request, reply, taken.error);
    await wakeWithin(deps, request, taken.value.organizationIds);
    return reply.send({});
  };

const dhl = (server: Typed, deps: HttpDeps): void => {
  const headers = Type.Object({ 'x-webhook-token': proof('The token that DHL was given with the subscription.') });
  server.post('/webhooks/dhl', carrierWebhook('takeDhlWebhook', 'DHL', headers), async (request, reply) =>
    taking(deps, 'dhl')(request, reply, headerOf(request, 'x-webhook-token')),
  );
};

const fedex = (server: Typed, deps: HttpDeps): void => {
  const headers = Type.Object({ 'fdx-signature': proof('Base64 of the HMAC-SHA256 of the body.') });
  server.post('/webhooks/fedex', carrierWebhook('takeFedexWebhook', 'FedEx', headers), async (request, reply) =>
    taking(deps, 'fedex')(request, reply, headerOf(request, 'fdx-signature')),
  );
};

const BILLING_LIMIT = 262_144;

/** Of what Stripe tells, what is counted by its own name; anything else is `other`. */
const countedEvents: ReadonlySet<string> = new Set([
  'checkout.session.completed',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.trial_will_end',
  'invoice.paid',
  'invoice.payment_failed',
]);

const stripe = (server: Typed, deps: HttpDeps): void => {
  const { useCases, meter, now } = deps;
  server.post(
    '/webhooks/stripe',
    {
      config: { permission: 'public', limit: 'webhook_ip', cost: 'free' },
      bodyLimit: BILLING_LIMIT,
      schema: {
        operationId: 'takeStripeWebhook',
        tags: ['webhooks'],
        summary: 'Take in what Stripe tells of subscriptions',
        description: 'Answered once it is stored. What it says is asked again at Stripe, and never believed.',
        headers: Type.Object({ 'stripe-signature': proof('Time and signatures of the body.') }),
        response: { 200: Type.Object({}, closed), ...refusals('publicWrite', 'billing_event.refused') },
      },
    },
    async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const signature = headerOf(request, 'stripe-signature') ?? '';
      const taken = await useCases.takeBillingEvent({ body, signature, receivedAt: now() });
      const topic = taken.ok && countedEvents.has(taken.value.type) ? taken.value.type : 'other';
      const outcome = taken.ok ? 'taken' : `${taken.error.code}.${taken.error.reason}`;
      meter.count('webhook_deliveries_total', { source: 'stripe', topic, outcome });
      if (!taken.ok) return refuseStranger(request, reply, taken.error);
      await wakeWithin(deps, request, taken.value.organizationIds);
      return reply.send({});
    },
  );
};

const headerOf = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};
