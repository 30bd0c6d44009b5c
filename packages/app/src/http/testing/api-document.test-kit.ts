import { publicEventTypes } from '@rappit/domain';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { routeTable } from '../route-table.js';
import type { MakeBackend } from './backend.test-kit.js';
import { read } from './client.test-kit.js';
import type { ApiDocument } from './documented.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

type Operation = {
  readonly operationId: string;
  readonly summary?: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security?: readonly unknown[];
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, unknown>> }>
  >;
};
type Whole = ApiDocument & {
  readonly webhooks: Readonly<Record<string, { readonly post: { readonly operationId: string } }>>;
  readonly info: { readonly title: string; readonly version: string };
  readonly tags: readonly { readonly name: string }[];
  readonly security: readonly unknown[];
};

/** The API document: what a client generator reads. Every answer of the other suites was held against it as well. */
export const apiDocument = (make: MakeBackend): void => {
  describe('API document', () => {
    let world: World;
    let document: Whole;
    beforeAll(async () => {
      world = await openWorld(make);
      document = read<Whole>(await world.send('GET', '/api/docs/json'));
    });
    afterAll(() => world.close());

    const operations = (): ReadonlyMap<string, Operation> =>
      new Map(
        Object.entries(document.paths).flatMap(([path, methods]) =>
          Object.entries(methods).map(
            ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation as unknown as Operation] as const,
          ),
        ),
      );

    it('is OpenAPI 3.1, and names every route once', () => {
      expect(document).toMatchObject({
        openapi: '3.1.0',
        info: { title: 'Rappit', version: '0.0.0-test' },
        security: [{ bearer: [] }],
      });
      const routes = routeTable(world.server).map(({ method, url, operationId }) => [
        `${method} ${url.replace(/:(\w+)/g, '{$1}')}`,
        operationId,
      ]);
      expect([...operations()].map(([route, { operationId }]) => [route, operationId]).sort()).toEqual(routes.sort());
      expect(new Set(routes.map(([, operationId]) => operationId)).size).toBe(routes.length);
    });

    it('says of every operation what it is for, who may use it, and what it refuses', () => {
      const known = document.tags.map(({ name }) => name);
      const access = new Map(routeTable(world.server).map(({ operationId, permission }) => [operationId, permission]));
      for (const { operationId, summary, description, tags, security, responses } of operations().values()) {
        const permission = access.get(operationId);
        expect({ operationId, summary: summary ?? '' }).not.toEqual({ operationId, summary: '' });
        expect({ operationId, tags: tags.filter((tag) => !known.includes(tag)) }).toEqual({ operationId, tags: [] });
        expect(description).toContain(permission === 'public' ? 'Public.' : `Needs \`${permission}\``);
        expect({ operationId, security }).toEqual({ operationId, security: permission === 'public' ? [] : undefined });
        for (const [status, response] of Object.entries(responses)) {
          expect(response.description).not.toMatch(/^$|Default Response/);
          const isRefusal = Number(status) >= 400;
          if (isRefusal)
            expect({ operationId, status, types: Object.keys(response.content ?? {}) }).toEqual({
              operationId,
              status,
              types: ['application/problem+json'],
            });
        }
        expect({ operationId, codes: ['400', '500', '503'].filter((status) => !responses[status]) }).toEqual({
          operationId,
          codes: [],
        });
      }
    });

    it('holds schemas that compile, and examples that fit them', () => {
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      ajv.addSchema(document, 'api');
      expect(Object.keys(document.components.schemas).length).toBeGreaterThan(40);
      for (const [name, schema] of Object.entries(document.components.schemas)) {
        const validate = ajv.compile({ $ref: `api#/components/schemas/${name}` });
        for (const example of (schema as { readonly examples?: readonly unknown[] }).examples ?? [])
          expect({ name, valid: validate(example) }).toEqual({ name, valid: true });
      }
      const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
        ([, name]) => name ?? '',
      );
      expect(references.filter((name) => !Object.hasOwn(document.components.schemas, name))).toEqual([]);
    });

    it('publishes every event that endpoints may be told of, each under a name of its own', () => {
      expect(Object.keys(document.webhooks)).toEqual(publicEventTypes);
      const names = Object.values(document.webhooks).map(({ post }) => post.operationId);
      expect(new Set([...names, ...[...operations().values()].map(({ operationId }) => operationId)]).size).toBe(
        names.length + operations().size,
      );
    });

    it('has a page that brings everything it needs', async () => {
      const page = await world.send('GET', '/api/docs');
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, asset]) => asset ?? '');
      expect(assets.length).toBeGreaterThan(3);
      for (const asset of assets) {
        const path = asset.startsWith('/') ? asset : `/api/docs/${asset.replace(/^\.\//, '')}`;
        expect({ path, status: (await world.send('GET', path)).status }).toEqual({ path, status: 200 });
      }
      expect(page.headers.get('content-security-policy')).not.toMatch(/validator|upgrade-insecure/);
    });
  });
};
