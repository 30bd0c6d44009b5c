import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { apiKeyRoutes } from './api-keys.routes.js';
import { auditRoutes } from './audit.routes.js';
import { authRoutes } from './auth.routes.js';
import { batchRoutes } from './batch.routes.js';
import { bulkRoutes } from './bulk.routes.js';
import { carrierAccountRoutes } from './carrier-accounts.routes.js';
import { channelRoutes } from './channels.routes.js';
import { components } from './components.js';
import { allowOrigins } from './cors.js';
import type { HttpDeps, Patience } from './deps.js';
import { document } from './document.js';
import { documentRoutes } from './documents.routes.js';
import { importRoutes } from './imports.routes.js';
import { inventoryRoutes } from './inventory.routes.js';
import { invitationRoutes } from './invitations.routes.js';
import { itemRoutes } from './items.routes.js';
import { takeJson } from './json-body.js';
import { locationRoutes } from './locations.routes.js';
import { memberRoutes } from './members.routes.js';
import { observe, requestIdOf } from './observe.js';
import { answerFaults, answerSocket, answerWithoutRoute } from './on-fault.js';
import { healthRoutes, metricsRoute } from './ops.routes.js';
import { orderChangeRoutes } from './order-changes.routes.js';
import { orderHistoryRoutes } from './order-history.routes.js';
import { orderRoutes } from './orders.routes.js';
import { organizationRoutes } from './organization.routes.js';
import { passwordRoutes } from './passwords.routes.js';
import { pickupRoutes } from './pickups.routes.js';
import { shedUnderPressure } from './pressure.js';
import { rateRoutes } from './rates.routes.js';
import { refusing } from './refusals.js';
import { refuse } from './refuse.js';
import { keepRouteTable } from './route-table.js';
import { securityHeaders } from './security-headers.js';
import { sessionRoutes } from './sessions.routes.js';
import { shipmentRoutes } from './shipments.routes.js';
import { requireSignIn } from './signed-in.js';
import { stockChangeRoutes } from './stock-changes.routes.js';
import { trackingRoutes } from './tracking.routes.js';
import { readAwayUnread } from './unread-bodies.js';
import { validators } from './validation.js';
import { faultsOf } from './validation-faults.js';
import { webhookEndpointRoutes } from './webhook-endpoints.routes.js';
import { webhookRoutes } from './webhooks.routes.js';

/** A form's worth; routes that take more say so. */
const BODY_LIMIT = 65_536;
/** Beyond any SKU of 100 characters, four bytes each and percent-encoded. */
const LONGEST_PARAMETER = 1_500;

/** A request that trickles in is cut off within 35 seconds. */
const usualPatience: Patience = { headersMs: 15_000, requestMs: 30_000, lookEveryMs: 5_000 };

/** A server without routes: everything that holds for all of them. */
const bareServer = ({ logger, meter, patience = usualPatience }: HttpDeps): FastifyInstance =>
  Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    requestTimeout: patience.requestMs,
    http: { headersTimeout: patience.headersMs, connectionsCheckingInterval: patience.lookEveryMs },
    // Longer than the longest use case, which waits for a carrier.
    connectionTimeout: 120_000,
    keepAliveTimeout: 72_000,
    // Fastify's own answer while closing isn't a problem document; ours is sent by `refuseWhileClosing`.
    return503OnClosing: false,
    frameworkErrors: answerWithoutRoute(meter),
    clientErrorHandler: answerSocket(meter),
    schemaErrorFormatter: (errors) => refusing({ code: 'request.invalid', faults: faultsOf(errors) }),
  });

/**
 * What still arrives on open connections while the server closes is sent elsewhere; what is under way is finished.
 * Each answer then ends its connection, or closing would wait until the client lets go of it.
 */
const refuseWhileClosing = (server: FastifyInstance): void => {
  let closing = false;
  server.addHook('preClose', async () => {
    closing = true;
  });
  server.addHook('onRequest', (_request, reply, done) => {
    if (closing) void refuse(reply, { code: 'server.unavailable' });
    else done();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) reply.header('connection', 'close');
    done();
  });
};

/**
 * The whole HTTP API over whatever ports `deps` was made of, ready to listen.
 * Every answer of 400 and above is a problem (RFC 9457), Fastify's own faults included.
 */
export const buildServer = async (deps: HttpDeps): Promise<FastifyInstance> => {
  const server = bareServer(deps);
  for (const { schema } of components) server.addSchema(schema);
  server.setValidatorCompiler(validators(components.map(({ schema }) => schema)));
  takeJson(server);
  answerFaults(server);
  observe(server, deps);
  refuseWhileClosing(server);
  readAwayUnread(server);
  await securityHeaders(server);
  await allowOrigins(server, deps.corsOrigins);
  await shedUnderPressure(server, deps.pressure);
  keepRouteTable(server);
  requireSignIn(server, deps);
  await document(server, deps.version);
  await server.register(metricsRoute(deps));
  await server.register(apiRoutes(deps), { prefix: prefixOf(deps.apiPrefix) });
  // Node would answer an unknown expectation with a bare 417; not to meet it is allowed as well.
  server.server.on('checkExpectation', (request, response) => server.server.emit('request', request, response));
  await server.ready();
  return server;
};

const slices = [
  authRoutes,
  organizationRoutes,
  memberRoutes,
  invitationRoutes,
  apiKeyRoutes,
  sessionRoutes,
  passwordRoutes,
  auditRoutes,
  itemRoutes,
  locationRoutes,
  inventoryRoutes,
  importRoutes,
  stockChangeRoutes,
  orderRoutes,
  batchRoutes,
  bulkRoutes,
  orderChangeRoutes,
  orderHistoryRoutes,
  shipmentRoutes,
  documentRoutes,
  rateRoutes,
  pickupRoutes,
  trackingRoutes,
  carrierAccountRoutes,
  channelRoutes,
  webhookRoutes,
  webhookEndpointRoutes,
  healthRoutes,
];

const apiRoutes =
  (deps: HttpDeps) =>
  async (api: FastifyInstance): Promise<void> => {
    for (const routes of slices) await api.register(routes(deps));
  };

/** With one slash before it and none after it. */
export const prefixOf = (text: string): string => {
  const path = text.replace(/^\/+|\/+$/g, '');
  return path === '' ? '' : `/${path}`;
};
