import { type ChannelKind, channelKinds } from '@rappit/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { SimulatedShops } from '../../staging/shop-window.js';
import { refuse } from '../problems/refuse.js';
import type { Typed } from '../routes.js';
import { closed } from '../vocabulary.schemas.js';

/** All that is here is simulated, and there is nothing of it in production, whatever is configured. */
const config = { permission: 'public', limit: 'webhook_ip', cost: 'free' } as const;

/** Simulated shops, as their owners and buyers see them (`/test/shops`), and as browsers and programs do. No part of the API. */
export const testShopRoutes =
  (shops: SimulatedShops) =>
  async (server: FastifyInstance): Promise<void> => {
    await server.register(asBuyersSee(shops));
    await server.register(asTheyAnswer(shops));
  };

const asBuyersSee = (shops: SimulatedShops) => async (server: FastifyInstance) => {
  const typed: Typed = server.withTypeProvider();
  typed.get('/test/shops', { config, schema: { hide: true, operationId: 'seeTestShops' } }, async () => ({
    data: channelKinds.map((kind) => shops[kind].look()),
  }));
  const bought = Type.Object(
    { sku: Type.String({ maxLength: 100 }), quantity: Type.Integer({ minimum: 1, maximum: 1_000 }) },
    closed,
  );
  typed.post(
    '/test/shops/:kind/orders',
    {
      config,
      schema: {
        hide: true,
        operationId: 'buyInTestShop',
        params: Type.Object({ kind: Type.Enum([...channelKinds]) }, closed),
        body: bought,
      },
    },
    async ({ params, body }, reply) => {
      const order = shops[params.kind].buy(body.sku, body.quantity);
      return order ? reply.code(201).send(order) : reply.code(409).send({ code: 'test_shop.not_sold' });
    },
  );
};

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const;
const LARGEST_BODY = 1_048_576;
const LARGEST_ANSWER = 4 * 1_048_576;
const PATIENCE_MS = 30_000;

/** Consent pages, tokens, Admin GraphQL and `wc/v3`, handed on as they come. */
const asTheyAnswer = (shops: SimulatedShops) => async (server: FastifyInstance) => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
  for (const kind of channelKinds)
    for (const method of METHODS)
      server.route({
        method,
        url: `/test/${kind}/*`,
        exposeHeadRoute: false,
        config,
        bodyLimit: LARGEST_BODY,
        schema: { hide: true, operationId: `${method.toLowerCase()}Test${kind}` },
        handler: async (request, reply) => handOn(request, reply, { shops, kind }),
      });
};

type Asked = { readonly shops: SimulatedShops; readonly kind: ChannelKind };

const takenAlong = ['accept', 'authorization', 'content-type', 'x-shopify-access-token'];
const broughtBack = ['content-type', 'location', 'link', 'retry-after', 'x-shopify-api-version', 'x-wp-total', 'x-wp-totalpages'];

const handOn = async (request: FastifyRequest, reply: FastifyReply, { shops, kind }: Asked): Promise<FastifyReply> => {
  const headers = takenAlong.flatMap((name) => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const answer = await shops.send({
    method: request.method as (typeof METHODS)[number],
    url: `${shops[kind].baseUrl}${request.url.slice(`/test/${kind}`.length)}`,
    headers: Object.fromEntries(headers),
    deadlineMs: PATIENCE_MS,
    maxBytes: LARGEST_ANSWER,
    ...(Buffer.isBuffer(request.body) && request.body.length > 0 && { body: request.body }),
  });
  if (!answer.ok) return refuse(reply, { code: 'server.unavailable' });
  for (const name of broughtBack) {
    const value = answer.value.headers[name];
    if (value !== undefined) reply.header(name, value);
  }
  return reply.code(answer.value.status).send(Buffer.from(answer.value.body));
};
