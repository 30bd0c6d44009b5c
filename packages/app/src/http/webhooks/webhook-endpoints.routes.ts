import { answer, sendRefused } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { webhookDeliveryIdOf, webhookEndpointIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import {
  Delivery,
  DeliveryPage,
  deliveryView,
  EndpointSecret,
  endpointSecretView,
  endpointView,
  logView,
  NewWebhookEndpoint,
  repeatedEndpointView,
  WebhookEndpoint,
  WebhookEndpointChange,
  WebhookEndpointPage,
  webhookEndpointQuery,
} from './webhook-endpoints.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['webhook-endpoints'], summary });

const VERIFYING = `Each call is signed as [Standard Webhooks](https://www.standardwebhooks.com) says; its libraries verify it with the secret, which the answer
shows this once. Answer with a 2xx within 15 seconds. What fails is tried again for 24 hours, events of one order always in their order.`;

/** Addresses of the organization's own that are told of events. */
export const webhookEndpointRoutes = routesOf((server, deps) => {
  endpoints(server, deps);
  secrets(server, deps);
  deliveries(server, deps);
  removal(server, deps);
});

const endpoints = (server: Typed, { useCases, read }: HttpDeps): void => {
  server.get(
    '/webhook-endpoints',
    {
      config: { permission: 'webhook.view' },
      schema: {
        ...told('listWebhookEndpoints', 'Webhook endpoints, newest first'),
        querystring: webhookEndpointQuery,
        response: { 200: WebhookEndpointPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const page = await read(callerOf(request).organizationId, ({ webhookEndpoints }) => webhookEndpoints.list(asked));
      return reply.send(pageAnswer('id', page, endpointView));
    },
  );

  server.post(
    '/webhook-endpoints',
    {
      config: { permission: 'webhook.manage', cost: 'key.make' },
      schema: {
        ...told('addWebhookEndpoint', 'Have an address told of events'),
        description: VERIFYING,
        headers: keyed,
        body: NewWebhookEndpoint.ref,
        response: {
          201: EndpointSecret.ref,
          ...refusals('post', 'webhook_endpoint.url_refused', 'webhook_endpoint.too_many'),
        },
      },
    },
    async (request, reply) => {
      const { description = null, ...asked } = request.body;
      const shown = { status: 201, view: endpointSecretView, repeated: repeatedEndpointView } as const;
      return answer({ request, reply }, shown, (caller) => useCases.addWebhookEndpoint(caller, { ...asked, description }));
    },
  );

  server.patch(
    '/webhook-endpoints/:id',
    {
      config: { permission: 'webhook.manage', cost: 'key.make' },
      schema: {
        ...told('changeWebhookEndpoint', 'Change, disable or enable a webhook endpoint'),
        description:
          'What is named is changed; what is left out stays. Disabling gives up what is on its way; what happens while it is disabled is never sent.',
        params: idParams,
        body: WebhookEndpointChange.ref,
        response: {
          200: WebhookEndpoint.ref,
          ...refusals('change', 'webhook_endpoint.not_found', 'webhook_endpoint.url_refused'),
        },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: endpointView }, (caller) =>
        useCases.changeWebhookEndpoint(caller, webhookEndpointIdOf(request.params.id), request.body),
      ),
  );
};

const secrets = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/webhook-endpoints/:id/rotate-secret',
    {
      config: { permission: 'webhook.manage', cost: 'key.make' },
      schema: {
        ...told('rotateWebhookSecret', "Replace a webhook endpoint's secret"),
        description:
          'The answer shows the new secret, this once. For 24 hours each call is signed with the old one too, so that the receiver can change over in between.',
        params: idParams,
        headers: keyed,
        response: { 200: EndpointSecret.ref, ...refusals('post', 'webhook_endpoint.not_found') },
      },
    },
    async (request, reply) => {
      const shown = { status: 200, view: endpointSecretView, repeated: repeatedEndpointView } as const;
      const id = webhookEndpointIdOf(request.params.id);
      return answer({ request, reply }, shown, (caller) => useCases.rotateWebhookSecret(caller, id));
    },
  );
};

const deliveries = (server: Typed, { useCases, read, wake }: HttpDeps): void => {
  server.get(
    '/webhook-endpoints/:id/deliveries',
    {
      config: { permission: 'webhook.view' },
      schema: {
        ...told('listWebhookDeliveries', 'What was sent to a webhook endpoint and what came of it, newest first'),
        description: 'Kept for 30 days.',
        params: idParams,
        querystring: webhookEndpointQuery,
        response: { 200: DeliveryPage.ref, ...refusals('read', 'webhook_endpoint.not_found') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const id = webhookEndpointIdOf(request.params.id);
      const page = await read(callerOf(request).organizationId, async ({ webhookEndpoints, webhookDeliveries }) =>
        (await webhookEndpoints.find(id)) ? webhookDeliveries.list(id, asked) : undefined,
      );
      return page ? reply.send(pageAnswer('id', page, logView)) : refuse(reply, { code: 'webhook_endpoint.not_found' });
    },
  );

  server.post(
    '/webhook-endpoints/deliveries/:id/redeliver',
    {
      config: { permission: 'webhook.manage', cost: 'key.make' },
      schema: {
        ...told('redeliverWebhook', 'Send a delivery once more'),
        description: 'Under the same `webhook-id`, and tried for as long as a new one.',
        params: idParams,
        headers: keyed,
        response: {
          202: Delivery.ref,
          ...refusals('post', 'webhook_delivery.not_found', 'webhook_delivery.under_way', 'webhook_endpoint.disabled'),
        },
      },
    },
    async (request, reply) => {
      const { organizationId } = callerOf(request);
      const id = webhookDeliveryIdOf(request.params.id);
      return answer({ request, reply }, { status: 202, view: deliveryView }, async (caller) => {
        const sent = await useCases.redeliverWebhook(caller, id);
        if (sent.ok) wake('webhooks', [organizationId]);
        return sent;
      });
    },
  );
};

const removal = (server: Typed, { useCases }: HttpDeps): void => {
  server.delete(
    '/webhook-endpoints/:id',
    {
      config: { permission: 'webhook.manage', cost: 'free' },
      schema: {
        ...told('removeWebhookEndpoint', 'Remove a webhook endpoint'),
        description: 'With its secrets, what is on its way to it, and its log.',
        params: idParams,
        response: { 204: { type: 'null', description: 'Removed.' }, ...refusals('change', 'webhook_endpoint.not_found') },
      },
    },
    async (request, reply) => {
      const removed = await useCases.removeWebhookEndpoint(callerOf(request), webhookEndpointIdOf(request.params.id));
      return removed.ok ? reply.code(204).send(null) : sendRefused(reply, removed.error);
    },
  );
};
