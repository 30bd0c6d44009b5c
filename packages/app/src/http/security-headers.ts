import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** What a browser is told about every answer: it is data, not a page, and stands in nobody's frame. The API's own page has a policy of its own. */
export const securityHeaders = async (server: FastifyInstance): Promise<void> => {
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // These are about pages; each would only make every answer longer.
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: false,
    dnsPrefetchControl: false,
    ieNoOpen: false,
    originAgentCluster: false,
    permittedCrossDomainPolicies: false,
    xssFilter: false,
  });
};
