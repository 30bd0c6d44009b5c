import { STATUS_CODES } from 'node:http';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { permissions } from '@rappit/domain';
import type { FastifyInstance } from 'fastify';
import { DOCS } from './route-table.js';
import type { Access } from './signed-in.js';
import { webhookEvents } from './webhooks/webhook-events.js';

const tags = [
  { name: 'auth', description: 'Opening an organization and signing in.' },
  { name: 'organization', description: 'Who may do what here, and what was done.' },
  { name: 'items', description: 'What is sold and stocked, by SKU.' },
  { name: 'locations', description: 'Places that hold stock.' },
  { name: 'inventory', description: 'Stock levels, what changed them, and what is promised.' },
  { name: 'imports', description: 'Sheets of items and stock, and how far the work on them is.' },
  { name: 'orders', description: 'Orders and what happens to them.' },
  { name: 'returns', description: 'Shipped goods that come back.' },
  { name: 'shipments', description: 'Parcels and their labels.' },
  { name: 'carriers', description: 'Accounts at carriers, and what can be asked there.' },
  { name: 'channels', description: 'Connected shops, and what their variants are.' },
  { name: 'webhooks', description: 'What shops, carriers and Stripe tell us.' },
  { name: 'webhook-endpoints', description: 'What we tell systems of your own, and where.' },
  { name: 'billing', description: 'What the organization pays for.' },
  { name: 'ops', description: 'Health and metrics.' },
];

const description = `Orders, stock that is never promised twice, and labels.

**Signing in.** Send \`Authorization: Bearer <token>\` with the token of a sign-in, or with the secret of an API key (\`rpt_…\`).

**Refusals** are problems (RFC 9457) with a stable \`code\`; docs/errors.md lists them. What belongs to another organization doesn't exist: 404.

**Lists** take \`limit\` and \`cursor\` and answer \`{data, nextCursor}\`.

**Idempotency-Key.** A POST with this header has one effect however often it arrives: the same key with the same request gets the stored answer, to the byte,
with \`Idempotent-Replayed: true\`, refusals included; with another request 422; while the first is being answered 409. Keys are kept for 24 hours.
What never came to an effect or a decision (400, 401, 403, 5xx) isn't stored.`;

/** Who may call a route, as a sentence of its description. */
const whoMay = (access: Access): string =>
  access === 'public' ? 'Public.' : `Needs \`${access}\`: ${permissions[access].join(', ')}.`;

type Described = { readonly paths?: Readonly<Record<string, object | undefined>> };

/** Where a route doesn't say what its success means, the status does. */
const withReasons = <Made extends Described>(made: Made): Made => {
  for (const operation of Object.values(made.paths ?? {}).flatMap((path) => Object.values(path ?? {})))
    for (const [status, response] of Object.entries(
      (operation as { readonly responses?: Record<string, { description?: string }> }).responses ?? {},
    ))
      if (response.description === 'Default Response') response.description = STATUS_CODES[Number(status)] ?? '';
  return made;
};

/** What we send belongs to the document too, and to no route. */
const withWebhooks = <Made extends object>(made: Made): Made => Object.assign(made, { webhooks: webhookEvents });

/** The API document at `/api/docs/json` and its page at `/api/docs`, made from the routes that are registered after this. */
export const document = async (server: FastifyInstance, version: string): Promise<void> => {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Rappit', version, description },
      tags,
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT or rpt_…' } } },
      security: [{ bearer: [] }],
    },
    refResolver: {
      buildLocalReference: ({ $id }, _base, _fragment, index) => (typeof $id === 'string' ? $id : `Schema${index}`),
    },
    transformObject: (made) => withWebhooks(withReasons('openapiObject' in made ? made.openapiObject : {})),
    transform: ({ schema, url, route }) => {
      const access = route.config?.permission;
      if (access === undefined) return { schema, url };
      const told = [schema.description, whoMay(access)].filter(Boolean).join('\n\n');
      return { schema: { ...schema, description: told, ...(access === 'public' && { security: [] }) }, url };
    },
  });
  await server.register(swaggerUi, {
    routePrefix: DOCS,
    staticCSP: true,
    // Whoever runs this behind TLS says so there; without TLS the page would not find its own scripts.
    transformStaticCSP: (header) => header.replace(' validator.swagger.io', '').replace(' upgrade-insecure-requests;', ''),
    theme: { title: 'Rappit API' },
    uiConfig: { deepLinking: true, displayOperationId: true },
  });
};
