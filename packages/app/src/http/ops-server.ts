import type { FastifyInstance } from 'fastify';
import { prefixOf } from '../api-prefix.js';
import { type BareDeps, bareServer } from './bare-server.js';
import type { HttpDeps } from './deps.js';
import { healthRoutes, metricsRoute } from './ops.routes.js';
import { keepRouteTable } from './route-table.js';
import { securityHeaders } from './wire/security-headers.js';

/** Health and metrics alone, for a process that serves nobody else: the same routes as those of the whole API, ready to listen. */
export const buildOpsServer = async (
  deps: BareDeps & Pick<HttpDeps, 'readiness' | 'expose' | 'metricsToken' | 'apiPrefix'>,
): Promise<FastifyInstance> => {
  const server = bareServer(deps);
  await securityHeaders(server);
  keepRouteTable(server);
  await server.register(metricsRoute(deps));
  await server.register(healthRoutes(deps), { prefix: prefixOf(deps.apiPrefix) });
  await server.ready();
  return server;
};
