import { bug, type Cost } from '@rappit/domain';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { Access } from './signed-in.js';

/** One route as it was registered. `parameters` are the names in its path; `query` and `body` the schemas of what it takes. */
export type RouteEntry = {
  readonly method: string;
  readonly url: string;
  readonly permission: Access;
  /** Null where nothing is written. */
  readonly cost: Cost | null;
  readonly operationId: string;
  readonly parameters: readonly string[];
  readonly query: unknown;
  readonly body: unknown;
};

/** Where the API document and its page live: outside the prefix, open to everybody, and not part of the table. */
export const DOCS = '/api/docs';

const isDocs = (url: string): boolean => url === DOCS || url.startsWith(`${DOCS}/`);

/**
 * Keeps the list of routes from here on.
 * A route that declares no permission, a write that declares no cost, or one without a name in the API document, keeps the server from starting.
 */
export const keepRouteTable = (server: FastifyInstance): void => {
  const entries: RouteEntry[] = [];
  server.decorate('routeTable', entries);
  server.addHook('onRoute', (route) => {
    if (!isDocs(route.url))
      for (const method of [route.method].flat()) if (method !== 'HEAD') entries.push(entryOf(method, route));
  });
};

const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

const entryOf = (method: string, { url, config, schema }: RouteOptions & { readonly url: string }): RouteEntry => ({
  method,
  url,
  permission: accessOf(`${method} ${url}`, config),
  cost: config?.cost ?? (READS.includes(method) ? null : bug(`${method} ${url} declares no cost`)),
  operationId:
    (schema as { readonly operationId?: string } | undefined)?.operationId ?? bug(`${method} ${url} has no operationId`),
  parameters: [...url.matchAll(/:(\w+)/g)].map(([, name]) => name ?? ''),
  query: schema?.querystring ?? null,
  body: schema?.body ?? null,
});

const accessOf = (route: string, config: RouteOptions['config']): Access => {
  const permission = config?.permission ?? bug(`${route} declares no permission`);
  if (permission === 'public' && config?.limit === undefined)
    return bug(`${route} is public and declares no limit: auth_ip, webhook_ip or none`);
  return permission;
};

/** Every route of the API, for tests and documents that are made from all of them. */
export const routeTable = (server: FastifyInstance): readonly RouteEntry[] =>
  server.getDecorator<readonly RouteEntry[]>('routeTable');

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The methods that a path takes by the table; none for a path that no route has. */
export const methodsOf = (table: readonly RouteEntry[], path: string): readonly string[] => {
  const taken = new Set(table.filter(({ url }) => patternOf(url).test(path)).map(({ method }) => method));
  return METHODS.filter((method) => taken.has(method));
};

const patternOf = (url: string): RegExp => new RegExp(`^${url.split(/:\w+/).map(literally).join('[^/]+')}$`);
const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
