import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { HttpDeps } from './deps.js';

/** A server whose requests have the types of their schemas. */
export type Typed = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** Registers the routes of one slice on a server of their own. */
export type Routes<Deps = HttpDeps> = (deps: Deps) => (server: FastifyInstance) => Promise<void>;

export const routesOf =
  <Deps = HttpDeps>(register: (server: Typed, deps: Deps) => void): Routes<Deps> =>
  (deps) =>
  async (server) =>
    register(server.withTypeProvider<TypeBoxTypeProvider>(), deps);
