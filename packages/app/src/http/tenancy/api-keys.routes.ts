import { answer, sendRefused } from '../answer.js';
import { apiKeyIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf } from '../routes.js';
import { callerOf, memberOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import {
  ApiKeyPage,
  apiKeyQuery,
  apiKeyView,
  CreatedKey,
  createdKeyView,
  NewApiKey,
  repeatedKeyView,
} from './api-keys.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['organization'], summary });

/** Programs that act for the organization. */
export const apiKeyRoutes = routesOf((server, { useCases, read, now, forgetKeys }) => {
  server.get(
    '/api-keys',
    {
      config: { permission: 'apiKey.view' },
      schema: {
        ...told('listApiKeys', 'API keys, newest first, the expired and the revoked ones too'),
        querystring: apiKeyQuery,
        response: { 200: ApiKeyPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const page = await read(callerOf(request).organizationId, ({ apiKeys }) => apiKeys.list(asked));
      return reply.send(pageAnswer('id', page, apiKeyView(now())));
    },
  );

  server.post(
    '/api-keys',
    {
      config: { permission: 'apiKey.manage', cost: 'key.make' },
      schema: {
        ...told('createApiKey', 'Make an API key'),
        description: `The answer shows the key's secret, this once. Programs send it as \`Authorization: Bearer rpt_…\`.

A key may do what its scopes say, and never more than the member who made it may at that time: it ends when that member is removed.`,
        headers: keyed,
        body: NewApiKey.ref,
        response: { 201: CreatedKey.ref, ...refusals('post', 'api_key.scope_refused', 'api_key.expiry_past') },
      },
    },
    async (request, reply) => {
      const { name, scopes, expiresAt = null } = request.body;
      const asked = { name, scopes, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
      const shown = { status: 201, view: createdKeyView(now()), repeated: repeatedKeyView(now()) } as const;
      return answer({ request, reply }, shown, (caller) => useCases.createApiKey(caller, memberOf(request), asked));
    },
  );

  server.delete(
    '/api-keys/:id',
    {
      config: { permission: 'apiKey.manage', cost: 'free' },
      schema: {
        ...told('revokeApiKey', 'Revoke an API key'),
        description: 'For ever. It stays in the list, so that what it did can be told.',
        params: idParams,
        response: { 204: { type: 'null', description: 'Revoked.' }, ...refusals('change', 'api_key.not_found') },
      },
    },
    async (request, reply) => {
      const revoked = await useCases.revokeApiKey(callerOf(request), apiKeyIdOf(request.params.id));
      forgetKeys();
      return revoked.ok ? reply.code(204).send(null) : sendRefused(reply, revoked.error);
    },
  );
});
