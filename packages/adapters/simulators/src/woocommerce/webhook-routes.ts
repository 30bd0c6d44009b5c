import type { Scenario } from '../scenario/scenario.js';
import { no } from './bodies.js';
import { idNumber, jsonOf } from './json.js';
import { type Query, sendList } from './listing.js';
import type { SimulatedWebhook, WooWebhooks } from './webhooks.js';

type Told = Readonly<Record<'name' | 'status' | 'topic' | 'delivery_url' | 'secret', string | undefined>>;
type Asked = { readonly Params: { readonly id: string }; readonly Querystring: Query; readonly Body: Told };

const invalidId = no(404, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.');

/** The secret is never told again. */
const body = ({ id, name, status, topic, deliveryUrl }: SimulatedWebhook) => ({
  id: idNumber(id),
  name,
  status,
  topic,
  resource: topic.split('.')[0],
  event: topic.split('.')[1],
  hooks: [],
  delivery_url: deliveryUrl,
});

export const webhookRoutes = ({ server, doing }: Scenario, { webhooks, ping }: WooWebhooks, nextId: () => string): void => {
  const base = '/wp-json/wc/v3/webhooks';
  const keep = (known: SimulatedWebhook, told: Told): SimulatedWebhook => {
    const webhook = {
      ...known,
      name: told.name ?? known.name,
      status: told.status ?? known.status,
      topic: told.topic ?? known.topic,
      deliveryUrl: told.delivery_url ?? known.deliveryUrl,
      secret: told.secret ?? known.secret,
      failures: 0,
    };
    webhooks.set(webhook.id, webhook);
    return webhook;
  };
  server.get<Asked>(base, async ({ query }, reply) =>
    sendList(reply, { rows: [...webhooks.values()], query, idOf: ({ id }) => id, body }),
  );
  server.post<Asked>(base, async (request, reply) => {
    reply.type('application/json');
    return doing(reply, async () => {
      const { topic, delivery_url } = request.body;
      if (!topic || !delivery_url) return no(400, 'woocommerce_rest_webhook_invalid_topic', 'Webhook topic is required.');
      const empty = { id: nextId(), name: '', status: 'active', topic, deliveryUrl: '', secret: '', failures: 0 };
      const made = keep(empty, request.body);
      await ping(made);
      return { status: 201, body: body(made) };
    });
  });
  server.put<Asked>(`${base}/:id`, async ({ params, body: told }, reply) => {
    reply.type('application/json');
    return doing(reply, () => {
      const known = webhooks.get(params.id);
      return known ? { status: 200, body: body(keep(known, told)) } : invalidId;
    });
  });
  server.delete<Asked>(`${base}/:id`, async ({ params }, reply) => {
    reply.type('application/json');
    return doing(reply, () => {
      const known = webhooks.get(params.id);
      if (!known) return invalidId;
      webhooks.delete(params.id);
      return { status: 200, body: body(known) };
    });
  });
  server.get<Asked>(`${base}/:id`, async ({ params }, reply) => {
    const known = webhooks.get(params.id);
    return reply
      .code(known ? 200 : 404)
      .type('application/json')
      .send(jsonOf(known ? body(known) : invalidId.body));
  });
};
