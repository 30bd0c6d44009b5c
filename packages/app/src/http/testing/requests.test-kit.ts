import { PERSONAL } from '../../../../../test/markers.js';
import { ADDRESS, PARCEL, type Scene, SECRET, WINDOW } from './scene.test-kit.js';
import { PASSWORD, type World } from './world.test-kit.js';

/** A request that a route would take, with ids of the scene. */
export type Sample = {
  readonly params?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** Where the request would use up the scene's own session. */
  readonly token?: string;
  readonly csv?: string;
};

let count = 0;
const fresh = (): string => `fresh-${++count}`;

/**
 * A sound request for each operation, so that tests can be made from the route table.
 * A route without one fails those tests: whoever adds a route adds its sample.
 */
export const samples: Readonly<Record<string, (scene: Scene) => Sample>> = {
  register: () => ({
    json: { organizationName: 'Shop', name: 'Person', email: `${fresh()}@${PERSONAL}.example`, password: PASSWORD },
  }),
  login: ({ account }) => ({ json: { email: account.email, password: PASSWORD } }),
  confirmRegistration: () => ({ json: { token: 'unknown', password: PASSWORD } }),
  forgotPassword: () => ({ json: { email: `${fresh()}@${PERSONAL}.example` } }),
  resetPassword: () => ({ json: { token: 'unknown', newPassword: PASSWORD } }),
  changePassword: () => ({ json: { oldPassword: 'not the password', newPassword: PASSWORD } }),
  me: () => ({}),
  refreshSession: ({ spare }) => ({ json: { refreshToken: spare.refreshToken } }),
  logout: ({ spare }) => ({ token: spare.token }),
  switchOrganization: ({ account }) => ({ json: { organizationId: account.organizationId } }),
  listSessions: () => ({}),
  endSession: ({ spare }) => ({ params: { id: spare.sessionId } }),
  endOtherSessions: () => ({}),
  getOrganization: () => ({}),
  changeOrganization: () => ({ json: { name: 'Another name' } }),
  listMembers: () => ({}),
  changeRole: ({ memberId }) => ({ params: { id: memberId }, json: { role: 'manager' } }),
  removeMember: ({ memberId }) => ({ params: { id: memberId } }),
  listInvitations: () => ({}),
  invite: () => ({ json: { email: `${fresh()}@${PERSONAL}.example`, role: 'operator' } }),
  resendInvitation: ({ invitationId }) => ({ params: { id: invitationId } }),
  revokeInvitation: ({ invitationId }) => ({ params: { id: invitationId } }),
  acceptInvitation: () => ({ json: { token: 'unknown', name: 'Person', newPassword: PASSWORD } }),
  listAuditLog: () => ({}),
  listApiKeys: () => ({}),
  createApiKey: () => ({ json: { name: 'A program', scopes: ['item.view'] } }),
  revokeApiKey: ({ apiKeyId }) => ({ params: { id: apiKeyId } }),
  listItems: () => ({}),
  addItem: () => ({ json: { sku: fresh(), name: 'An item' } }),
  getItem: ({ sku }) => ({ params: { sku } }),
  getAvailability: ({ sku }) => ({ params: { sku } }),
  changeItem: ({ sku }) => ({ params: { sku }, json: { name: 'Another name' } }),
  removeItem: ({ sku }) => ({ params: { sku } }),
  importItems: () => ({ csv: `sku,name\n${fresh()},An item\n` }),
  importStock: ({ sku }) => ({ csv: `sku,location,onHand\n${sku},MAIN,1000\n` }),
  listImports: () => ({}),
  getImport: ({ importId }) => ({ params: { id: importId } }),
  listImportErrors: ({ importId }) => ({ params: { id: importId } }),
  listLocations: () => ({}),
  addLocation: () => ({ json: { code: fresh(), name: 'A place', address: ADDRESS } }),
  changeLocation: ({ locationId }) => ({ params: { id: locationId }, json: { name: 'Another name' } }),
  listLevels: () => ({}),
  reconcile: () => ({}),
  listMovements: () => ({}),
  listReservations: () => ({}),
  releaseReservation: ({ reservationId }) => ({ params: { id: reservationId } }),
  receiveStock: ({ sku, locationId }) => ({ json: { sku, locationId, quantity: 5 } }),
  adjustStock: ({ sku, locationId }) => ({ json: { sku, locationId, delta: 1, reason: 'found' } }),
  transferStock: ({ sku, locationId, otherLocationId }) => ({
    json: { sku, fromLocationId: locationId, toLocationId: otherLocationId, quantity: 1 },
  }),
  planLevel: ({ sku, locationId }) => ({ json: { sku, locationId, safetyStock: 0 } }),
  placeOrder: ({ sku }) => ({ json: { currency: 'EUR', lines: [{ sku, quantity: 1 }] } }),
  placeOrders: ({ sku }) => ({ json: { orders: [{ currency: 'EUR', lines: [{ sku, quantity: 1 }] }] } }),
  listOrders: () => ({}),
  countOrders: () => ({}),
  listOrderFilters: () => ({}),
  saveOrderFilter: () => ({ json: { name: fresh(), filter: { status: 'reserved' } } }),
  changeOrderFilter: ({ orderFilterId }) => ({ params: { id: orderFilterId }, json: { filter: { tag: 'gift' } } }),
  removeOrderFilter: ({ orderFilterId }) => ({ params: { id: orderFilterId } }),
  changeOrders: ({ orderId }) => ({ json: { action: 'tag', orderIds: [orderId], addTags: ['gift'] } }),
  getOrder: ({ orderId }) => ({ params: { id: orderId } }),
  getOrderTimeline: ({ orderId }) => ({ params: { id: orderId } }),
  listOrderProposals: ({ orderId }) => ({ params: { id: orderId } }),
  getOrderAllocation: ({ orderId }) => ({ params: { id: orderId } }),
  changeOrder: ({ orderId }) => ({ params: { id: orderId }, json: { billingAddress: ADDRESS } }),
  addOrderNote: ({ orderId }) => ({ params: { id: orderId }, json: { text: 'Call before delivery.' } }),
  recordPayment: ({ orderId }) => ({ params: { id: orderId }, json: { status: 'paid' } }),
  markOrderReady: ({ orderId }) => ({ params: { id: orderId } }),
  holdOrder: ({ orderId }) => ({ params: { id: orderId }, json: { reason: 'fraud' } }),
  resumeOrder: ({ orderId }) => ({ params: { id: orderId } }),
  cancelOrder: ({ orderId }) => ({ params: { id: orderId }, json: { reason: 'customerRequest' } }),
  shipOrder: ({ readyOrderId, locationId }) => ({
    params: { id: readyOrderId },
    json: { carrier: 'fake', parcels: [PARCEL], locationId },
  }),
  requestReturn: ({ sentOrderId, sentLineId }) => ({
    params: { id: sentOrderId },
    json: { lines: [{ lineId: sentLineId, quantity: 1, reason: 'doesNotFit' }] },
  }),
  authoriseReturn: ({ requestedReturnId }) => ({ params: { id: requestedReturnId } }),
  rejectReturn: ({ requestedReturnId }) => ({ params: { id: requestedReturnId }, json: { note: 'Worn.' } }),
  cancelReturn: ({ requestedReturnId }) => ({ params: { id: requestedReturnId } }),
  receiveReturn: ({ returnId, sentLineId, locationId }) => ({
    params: { id: returnId },
    json: { locationId, lines: [{ lineId: sentLineId, quantity: 1, condition: 'sellable' }] },
  }),
  labelReturn: ({ returnId, locationId }) => ({
    params: { id: returnId },
    json: { carrier: 'fake', parcels: [PARCEL], locationId },
  }),
  refundReturn: ({ returnId }) => ({ params: { id: returnId }, json: { amountMinor: 100 } }),
  listReturns: () => ({}),
  getReturn: ({ returnId }) => ({ params: { id: returnId } }),
  cancelShipment: ({ shipmentId }) => ({ params: { id: shipmentId } }),
  listShipments: () => ({}),
  getShipment: ({ shipmentId }) => ({ params: { id: shipmentId } }),
  getLabel: ({ shipmentId }) => ({ params: { id: shipmentId } }),
  listDocuments: ({ shipmentId }) => ({ params: { id: shipmentId } }),
  getDocument: ({ shipmentId }) => ({ params: { id: shipmentId, number: '1' } }),
  getProofOfDelivery: ({ shipmentId }) => ({ params: { id: shipmentId } }),
  mergeLabels: () => ({}),
  bookPickup: ({ shipmentId }) => ({ json: { ...WINDOW, shipmentIds: [shipmentId] } }),
  cancelPickup: ({ pickupId }) => ({ params: { id: pickupId } }),
  settlePickup: ({ pickupId }) => ({ params: { id: pickupId }, json: { reason: 'Nobody comes, says the hotline.' } }),
  listPickups: () => ({}),
  quoteRates: ({ readyOrderId, locationId }) => ({ json: { orderId: readyOrderId, locationId, parcels: [PARCEL] } }),
  validateAddress: () => ({ json: { carrier: 'fake', address: ADDRESS } }),
  buyLabel: ({ shipmentId }) => ({ params: { id: shipmentId } }),
  getTracking: ({ shipmentId }) => ({ params: { id: shipmentId } }),
  trackShipment: ({ shipmentId }) => ({ params: { id: shipmentId } }),
  listCarrierAccounts: () => ({}),
  addCarrierAccount: () => ({
    json: { carrier: 'fake', name: 'An account', credentials: { accountNumber: '123456789', apiKey: SECRET }, active: false },
  }),
  testCarrierAccount: ({ carrierAccountId }) => ({ params: { id: carrierAccountId } }),
  changeCarrierAccount: ({ carrierAccountId }) => ({ params: { id: carrierAccountId }, json: { name: 'Another name' } }),
  removeCarrierAccount: ({ carrierAccountId }) => ({ params: { id: carrierAccountId } }),
  listChannels: () => ({}),
  addChannel: () => ({
    json: {
      kind: 'shopify',
      name: 'A shop',
      shopDomain: `${fresh()}.myshopify.com`,
      webhookSecret: SECRET,
      keys: { key: `right ${SECRET}` },
    },
  }),
  changeChannel: ({ channelId }) => ({ params: { id: channelId }, json: { name: 'Another name', buffer: 2 } }),
  testChannel: ({ channelId }) => ({ params: { id: channelId } }),
  disconnectChannel: ({ channelId }) => ({ params: { id: channelId } }),
  startShopifyConnection: () => ({}),
  finishShopifyConnection: () => ({}),
  startWooCommerceConnection: () => ({ json: { storeUrl: `${fresh()}.example.com` } }),
  finishWooCommerceConnection: () => ({ json: { state: 'unknown' } }),
  listListings: ({ channelId }) => ({ params: { id: channelId } }),
  listListingProposals: ({ channelId }) => ({ params: { id: channelId } }),
  mapListing: ({ channelId, sku }) => ({ params: { id: channelId }, json: { externalVariantId: '42', sku } }),
  listUnmappedItems: () => ({}),
  resolveUnmappedItem: ({ unmappedItemId, sku }) => ({ params: { id: unmappedItemId }, json: { sku } }),
  ignoreUnmappedItem: ({ otherUnmappedItemId }) => ({ params: { id: otherUnmappedItemId } }),
  getChannelSync: ({ channelId }) => ({ params: { id: channelId } }),
  syncChannel: ({ channelId }) => ({ params: { id: channelId } }),
  listStockPushes: ({ channelId }) => ({ params: { id: channelId } }),
  listChannelFulfilments: ({ channelId }) => ({ params: { id: channelId } }),
  retryChannelFulfilment: ({ toldShipmentId }) => ({ params: { id: toldShipmentId } }),
  listChannelDeliveries: ({ channelId }) => ({ params: { id: channelId } }),
  replayChannelDelivery: ({ channelDeliveryId }) => ({ params: { id: channelDeliveryId } }),
  listWebhookEndpoints: () => ({}),
  addWebhookEndpoint: () => ({ json: { url: 'https://hooks.example.com/rappit', types: ['order.placed'] } }),
  changeWebhookEndpoint: ({ webhookEndpointId }) => ({ params: { id: webhookEndpointId }, json: { description: 'Another' } }),
  rotateWebhookSecret: ({ webhookEndpointId }) => ({ params: { id: webhookEndpointId } }),
  listWebhookDeliveries: ({ webhookEndpointId }) => ({ params: { id: webhookEndpointId } }),
  redeliverWebhook: ({ webhookDeliveryId }) => ({ params: { id: webhookDeliveryId } }),
  removeWebhookEndpoint: ({ webhookEndpointId }) => ({ params: { id: webhookEndpointId } }),
  takeShopifyWebhook: () => ({ json: {} }),
  takeWooCommerceWebhook: ({ channelId }) => ({ params: { channelId }, json: {} }),
  takeDhlWebhook: () => ({ json: {} }),
  takeFedexWebhook: () => ({ json: {} }),
  takeStripeWebhook: () => ({ json: {} }),
  getUsage: () => ({}),
  getSubscription: () => ({}),
  listPlans: () => ({}),
  listInvoices: () => ({}),
  listBillingAudit: () => ({}),
  openCheckout: () => ({ json: { plan: 'growth' } }),
  openBillingPortal: () => ({}),
  changeSubscription: () => ({ json: { cancelAtPeriodEnd: true } }),
  live: () => ({}),
  ready: () => ({}),
  metrics: () => ({}),
};

/** What has to be done before a sample, where the scene isn't ready for it. */
export const readied: Readonly<
  Record<string, (scene: Scene, world: Pick<World, 'abandonPickup' | 'buyPlan'>) => Promise<unknown>>
> = {
  resumeOrder: ({ acts, orderId }) => acts.post(`/orders/${orderId}/hold`, { reason: 'fraud' }),
  cancelShipment: async ({ acts, returnId, requestedReturnId }) => {
    for (const id of [returnId, requestedReturnId]) await acts.post(`/returns/${id}/cancel`);
  },
  openBillingPortal: ({ account }, world) => world.buyPlan(account, 'growth'),
  changeSubscription: ({ account }, world) => world.buyPlan(account, 'growth'),
  settlePickup: ({ account, pickupId }, world) => world.abandonPickup(account, pickupId),
};

export const sampleFor = (operationId: string, scene: Scene): Sample => {
  const sample = samples[operationId];
  if (!sample)
    throw new Error(`${operationId} has no sample in requests.test-kit.ts: add one, so that the generated tests cover it`);
  return sample(scene);
};

/** A route's path with its parameters filled in. */
export const pathOf = (url: string, params: Readonly<Record<string, string>> = {}): string =>
  url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? missing(name, url)));

const missing = (name: string, url: string): never => {
  throw new Error(`no value for :${name} of ${url}`);
};
