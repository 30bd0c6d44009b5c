import type { FastifyInstance } from 'fastify';
import { prefixOf } from '../api-prefix.js';
import { bareServer } from './bare-server.js';
import { billingRoutes } from './billing/billing.routes.js';
import { channelRoutes } from './channels/channels.routes.js';
import { connectionRoutes } from './channels/connections.routes.js';
import { channelDeliveryRoutes } from './channels/deliveries.routes.js';
import { fulfilmentRoutes } from './channels/fulfilments.routes.js';
import { listingRoutes } from './channels/listings.routes.js';
import { stockPushRoutes } from './channels/stock-pushes.routes.js';
import { syncRoutes } from './channels/sync.routes.js';
import { unmappedItemRoutes } from './channels/unmapped-items.routes.js';
import { webhookRoutes } from './channels/webhooks.routes.js';
import type { HttpDeps } from './deps.js';
import { document } from './document.js';
import { importRoutes } from './inventory/imports.routes.js';
import { inventoryRoutes } from './inventory/inventory.routes.js';
import { itemRoutes } from './inventory/items.routes.js';
import { locationRoutes } from './inventory/locations.routes.js';
import { stockChangeRoutes } from './inventory/stock-changes.routes.js';
import { limitRequests } from './limits/limit-requests.js';
import { healthRoutes, metricsRoute } from './ops.routes.js';
import { batchRoutes } from './orders/batch.routes.js';
import { bulkRoutes } from './orders/bulk.routes.js';
import { orderChangeRoutes } from './orders/order-changes.routes.js';
import { orderFilterRoutes } from './orders/order-filters.routes.js';
import { orderHistoryRoutes } from './orders/order-history.routes.js';
import { orderRoutes } from './orders/orders.routes.js';
import { proposalRoutes } from './orders/proposals.routes.js';
import { returnRoutes } from './returns/returns.routes.js';
import { keepRouteTable } from './route-table.js';
import { carrierAccountRoutes } from './shipments/carrier-accounts.routes.js';
import { documentRoutes } from './shipments/documents.routes.js';
import { pickupRoutes } from './shipments/pickups.routes.js';
import { proofOfDeliveryRoutes } from './shipments/proof-of-delivery.routes.js';
import { rateRoutes } from './shipments/rates.routes.js';
import { shipmentRoutes } from './shipments/shipments.routes.js';
import { trackingRoutes } from './shipments/tracking.routes.js';
import { requirePermission, requireSignIn } from './signed-in.js';
import { testShopRoutes } from './staging/test-shops.routes.js';
import { requireSubscription } from './subscribed.js';
import { apiKeyRoutes } from './tenancy/api-keys.routes.js';
import { auditRoutes } from './tenancy/audit.routes.js';
import { authRoutes } from './tenancy/auth.routes.js';
import { invitationRoutes } from './tenancy/invitations.routes.js';
import { memberRoutes } from './tenancy/members.routes.js';
import { organizationRoutes } from './tenancy/organization.routes.js';
import { passwordRoutes } from './tenancy/passwords.routes.js';
import { sessionRoutes } from './tenancy/sessions.routes.js';
import { webhookEndpointRoutes } from './webhooks/webhook-endpoints.routes.js';
import { allowOrigins } from './wire/cors.js';
import { shedUnderPressure } from './wire/pressure.js';
import { securityHeaders } from './wire/security-headers.js';

/**
 * The whole HTTP API over whatever ports `deps` was made of, ready to listen.
 * Every answer of 400 and above is a problem (RFC 9457), Fastify's own faults included.
 */
export const buildServer = async (deps: HttpDeps): Promise<FastifyInstance> => {
  const server = bareServer(deps);
  await securityHeaders(server);
  await allowOrigins(server, deps.corsOrigins);
  await shedUnderPressure(server, deps.pressure);
  keepRouteTable(server);
  requireSignIn(server, deps);
  limitRequests(server, deps);
  requirePermission(server);
  requireSubscription(server, deps);
  await document(server, deps.version);
  await server.register(metricsRoute(deps));
  if (deps.simulatedShops) await server.register(testShopRoutes(deps.simulatedShops));
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
  orderFilterRoutes,
  orderChangeRoutes,
  orderHistoryRoutes,
  proposalRoutes,
  returnRoutes,
  shipmentRoutes,
  documentRoutes,
  proofOfDeliveryRoutes,
  rateRoutes,
  pickupRoutes,
  trackingRoutes,
  carrierAccountRoutes,
  syncRoutes,
  channelRoutes,
  listingRoutes,
  unmappedItemRoutes,
  channelDeliveryRoutes,
  fulfilmentRoutes,
  stockPushRoutes,
  connectionRoutes,
  webhookRoutes,
  webhookEndpointRoutes,
  billingRoutes,
  healthRoutes,
];

const apiRoutes =
  (deps: HttpDeps) =>
  async (api: FastifyInstance): Promise<void> => {
    for (const routes of slices) await api.register(routes(deps));
  };
