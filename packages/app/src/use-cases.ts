import {
  type AccessTokens,
  type AccountForms,
  type AccountRequests,
  type Accounts,
  type AllocationPolicy,
  type ApiKeyDoor,
  type ApiKeyStores,
  acceptInvitation,
  addCarrierAccount,
  addChannel,
  addItem,
  addLocation,
  addNote,
  addWebhookEndpoint,
  adjustStock,
  askForSync,
  authoriseReturn,
  type BillingDoor,
  type BillingEventReader,
  type BillingProvider,
  bookPickup,
  buyLabel,
  CARRIER_SOURCE,
  type CarrierAccountStores,
  type Carriers,
  type ChannelDoor,
  type ChannelStores,
  type ConnectionDoor,
  cancelLines,
  cancelOrder,
  cancelPickup,
  cancelReturn,
  cancelShipment,
  changeCarrierAccount,
  changeChannel,
  changeItem,
  changeLocation,
  changeOrderFilter,
  changeOrganization,
  changePassword,
  changeRole,
  changeSubscription,
  changeWebhookEndpoint,
  confirmRegistration,
  createApiKey,
  type Digest,
  deliverWebhooks,
  disableUser,
  disconnectChannel,
  dropInvitations,
  editOrder,
  endOtherSessions,
  endSession,
  eraseShop,
  expireUnpaid,
  findTracking,
  finishConnection,
  followSource,
  type GuardedFetch,
  hearFarewell,
  holdOrder,
  type IdSource,
  type ImportStores,
  type Insist,
  type InvitationDoor,
  type InvitationStores,
  ignoreUnmapped,
  importOrder,
  invite,
  type LimitKind,
  type LinkTokens,
  labelReturn,
  listInvoices,
  login,
  lookUpPurchases,
  type Mailer,
  type MergePdf,
  type Meter,
  mapListing,
  markReady,
  mergeLabels,
  nameKnownGoods,
  noteKeyUse,
  type OrderIntake,
  type OrganizationId,
  openCheckout,
  openPortal,
  type PasswordHasher,
  type PickupStores,
  type PushReader,
  placeOrders,
  proveDelivery,
  quoteRates,
  type ReturnStores,
  readOrderAgain,
  receiveImport,
  receiveReturn,
  receiveStock,
  recogniseApiKey,
  reconcile,
  reconcileAll,
  recordPayment,
  redeliver,
  refreshSession,
  refreshSubscription,
  refundReturn,
  register,
  rejectReturn,
  releaseReservation,
  remindOfEnd,
  removeCarrierAccount,
  removeItem,
  removeMember,
  removeOrderFilter,
  removeWebhookEndpoint,
  renewEnding,
  replayDelivery,
  requestPasswordReset,
  requestRegistration,
  requestReturn,
  resealCredentials,
  resendInvitation,
  resetPassword,
  resolveUnmapped,
  restockReturned,
  resumeOrder,
  retellFulfilment,
  revokeApiKey,
  revokeInvitation,
  roomWithinPlan,
  rotateWebhookSecret,
  type SavedFilterStores,
  type SealStores,
  type SecretSource,
  type ShopConnections,
  type ShopReaders,
  type Signals,
  type SubscriptionStores,
  saveOrderFilter,
  serveBacklog,
  setSafetyStock,
  settlePickup,
  setUpShops,
  shipOrder,
  shopsOf,
  shortageProposals,
  showStock,
  signallingRefresh,
  startConnection,
  startImport,
  switchOrganization,
  syncChannels,
  syncProgress,
  type TenancyStores,
  type TrackingDoor,
  tagOrder,
  takeBillingEvent,
  takeDelivery,
  takePush,
  tellFulfilments,
  tidyBillingEvents,
  tidyConnections,
  tidyUp,
  tidyWebhooks,
  trackDue,
  trackNow,
  transferStock,
  tryCarrierAccount,
  tryChannel,
  type UnitOfWork,
  understandBillingEvent,
  type Vault,
  validateAddress,
  type WebhookAddress,
  type WebhookSender,
  type WebhookStores,
  webhooksWaiting,
  withinPlan,
  workAccountRequests,
  workImports,
  workInbox,
  workPush,
} from '@rappit/domain';

/** Everything that a unit of work of this app gives access to. */
export type Stores = ReturnStores &
  PickupStores &
  CarrierAccountStores &
  ChannelStores &
  TenancyStores &
  ApiKeyStores &
  InvitationStores &
  SealStores &
  ImportStores &
  WebhookStores &
  SubscriptionStores &
  SavedFilterStores;

/** What signing in, and everything that is asked by mail, needs of the world. */
export type PeoplePorts = {
  readonly accounts: Accounts;
  readonly accountRequests: AccountRequests;
  readonly passwords: PasswordHasher;
  readonly tokens: AccessTokens;
  readonly secrets: SecretSource;
  readonly linkTokens: LinkTokens;
  readonly mailer: Mailer;
  readonly signals: Signals;
  /** For when to try again what failed; whatever else is decided is decided by the store's clock. */
  readonly now: () => Date;
};

/** What the use cases need of the world. Whoever fills these ports has a working Rappit. */
export type Ports = PeoplePorts & {
  readonly unitOfWork: UnitOfWork<Stores>;
  readonly intake: OrderIntake;
  /** How a label that was paid for is written down while the database is away; without it that is tried once. */
  readonly insist?: Insist;
  readonly ids: IdSource;
  readonly digest: Digest;
  readonly policy: AllocationPolicy;
  readonly carriers: Carriers;
  readonly mergePdf: MergePdf;
  /** The carriers on which organizations may have accounts of their own. */
  readonly accountForms: AccountForms;
  readonly door: ChannelDoor & ConnectionDoor & ApiKeyDoor & InvitationDoor & TrackingDoor & BillingDoor;
  /** Who takes the merchants' money, and how what it tells is proven; `noBilling` where nothing is sold. */
  readonly billing: {
    readonly provider: BillingProvider;
    readonly read: BillingEventReader;
    /** Whether plans limit what there may be. */
    readonly limits: boolean;
  };
  readonly readers: ShopReaders;
  readonly connections: ShopConnections;
  /** Where a channel's webhooks lead, from outside. */
  readonly addressOf: WebhookAddress;
  readonly pause: (ms: number) => Promise<void>;
  /** Begins to show an organization's stock in its shops. */
  readonly beginShowing: (organizationId: OrganizationId) => Promise<void>;
  readonly meter: Pick<Meter, 'count'>;
  /** What shops call a carrier, by its code. */
  readonly carrierName: (carrier: string) => string;
  readonly pushReaders: readonly PushReader[];
  readonly vault: Vault;
  readonly guardedFetch: Pick<GuardedFetch, 'check'>;
  readonly webhookSender: WebhookSender;
  /** From 0 to below 1, anew each time. */
  readonly chance: () => number;
};

/** The domain's use cases, composed over one set of ports. Nothing here decides anything. */
export const makeUseCases = (ports: Ports) => {
  const placing = placeOrders(ports);
  const { provider, read, limits } = ports.billing;
  const including = (kind: LimitKind) => (limits ? { ...ports, unitOfWork: withinPlan(ports.unitOfWork, kind) } : ports);
  const refresh = signallingRefresh(refreshSubscription({ ...ports, provider }), ports.signals);
  const shops = shopsOf(ports);
  const takingIn = { ...ports, shops, placeOrders: placing, followSource: followSource(ports) };
  const importing = importOrder(takingIn);
  return {
    register: register(ports),
    requestRegistration: requestRegistration(ports),
    confirmRegistration: confirmRegistration(ports),
    requestPasswordReset: requestPasswordReset(ports),
    resetPassword: resetPassword(ports),
    changePassword: changePassword(ports),
    workAccountRequests: workAccountRequests(ports),
    login: login(ports),
    changeOrganization: changeOrganization(ports),
    changeRole: changeRole(ports),
    removeMember: removeMember(ports),
    invite: invite(ports),
    resendInvitation: resendInvitation(ports),
    revokeInvitation: revokeInvitation(ports),
    acceptInvitation: acceptInvitation(including('members')),
    dropInvitations: dropInvitations(ports),
    createApiKey: createApiKey(ports),
    revokeApiKey: revokeApiKey(ports),
    recogniseApiKey: recogniseApiKey(ports),
    noteKeyUse: noteKeyUse(ports),
    refreshSession: refreshSession(ports),
    endSession: endSession(ports),
    disableUser: disableUser(ports),
    endOtherSessions: endOtherSessions(ports),
    switchOrganization: switchOrganization(ports),
    resealCredentials: resealCredentials(ports),
    saveOrderFilter: saveOrderFilter(ports),
    changeOrderFilter: changeOrderFilter(ports),
    removeOrderFilter: removeOrderFilter(ports),
    addItem: addItem(including('skus')),
    changeItem: changeItem(ports),
    removeItem: removeItem(ports),
    addLocation: addLocation(including('locations')),
    changeLocation: changeLocation(including('locations')),
    receiveImport: receiveImport(ports),
    startImport: startImport(ports),
    workImports: workImports({ ...ports, ...(limits && { roomForItems: roomWithinPlan('skus') }) }),
    receiveStock: receiveStock(ports),
    restockReturned: restockReturned(ports),
    adjustStock: adjustStock(ports),
    transferStock: transferStock(ports),
    setSafetyStock: setSafetyStock(ports),
    releaseReservation: releaseReservation(ports),
    reconcile: reconcile(ports),
    reconcileAll: reconcileAll(ports),
    tidyUp: tidyUp(ports),
    placeOrders: placing,
    shortageProposals: shortageProposals(ports),
    cancelOrder: cancelOrder(ports),
    cancelLines: cancelLines(ports),
    holdOrder: holdOrder(ports),
    resumeOrder: resumeOrder(ports),
    markReady: markReady(ports),
    addNote: addNote(ports),
    recordPayment: recordPayment(ports),
    expireUnpaid: expireUnpaid(ports),
    editOrder: editOrder(ports),
    tagOrder: tagOrder(ports),
    requestReturn: requestReturn(ports),
    authoriseReturn: authoriseReturn(ports),
    rejectReturn: rejectReturn(ports),
    labelReturn: labelReturn(ports),
    receiveReturn: receiveReturn(ports),
    cancelReturn: cancelReturn(ports),
    refundReturn: refundReturn(ports),
    shipOrder: shipOrder(ports),
    buyLabel: buyLabel(ports),
    cancelShipment: cancelShipment(ports),
    mergeLabels: mergeLabels(ports),
    bookPickup: bookPickup(ports),
    cancelPickup: cancelPickup(ports),
    settlePickup: settlePickup(ports),
    quoteRates: quoteRates(ports),
    validateAddress: validateAddress(ports),
    lookUpPurchases: lookUpPurchases(ports),
    trackDue: trackDue(ports),
    trackNow: trackNow(ports),
    findTracking: findTracking(ports),
    proveDelivery: proveDelivery(ports),
    addCarrierAccount: addCarrierAccount(ports),
    changeCarrierAccount: changeCarrierAccount(ports),
    removeCarrierAccount: removeCarrierAccount(ports),
    tryCarrierAccount: tryCarrierAccount(ports),
    addChannel: addChannel(including('channels')),
    startConnection: startConnection(ports),
    finishConnection: finishConnection(including('channels')),
    changeChannel: changeChannel({ ...ports, shops }),
    tryChannel: tryChannel({ ...ports, shops }),
    disconnectChannel: disconnectChannel({ ...ports, shops }),
    showStock: showStock({ ...ports, shops }),
    tellFulfilments: tellFulfilments({ ...ports, shops }),
    retellFulfilment: retellFulfilment(ports),
    askForSync: askForSync({ ...ports, shops }),
    syncProgress: syncProgress({ ...ports, shops }),
    syncChannels: syncChannels({ ...ports, shops, importOrder: importing }),
    setUpShops: setUpShops({ ...ports, shops }),
    renewEnding: renewEnding(ports),
    mapListing: mapListing(ports),
    resolveUnmapped: resolveUnmapped(ports),
    ignoreUnmapped: ignoreUnmapped(ports),
    nameKnownGoods: nameKnownGoods(ports),
    replayDelivery: replayDelivery(ports),
    takeDelivery: takeDelivery(ports),
    importOrder: importing,
    addWebhookEndpoint: addWebhookEndpoint(ports),
    changeWebhookEndpoint: changeWebhookEndpoint(ports),
    rotateWebhookSecret: rotateWebhookSecret(ports),
    removeWebhookEndpoint: removeWebhookEndpoint(ports),
    redeliverWebhook: redeliver(ports),
    webhooksWaiting: webhooksWaiting(ports),
    deliverWebhooks: deliverWebhooks({ ...ports, sender: ports.webhookSender }),
    tidyWebhooks: tidyWebhooks(ports),
    tidyConnections: tidyConnections(ports),
    openCheckout: openCheckout({ ...ports, provider, refresh }),
    openPortal: openPortal({ ...ports, provider }),
    changeSubscription: changeSubscription({ ...ports, provider, refresh }),
    listInvoices: listInvoices({ ...ports, provider }),
    refreshSubscription: refresh,
    tidyBillingEvents: tidyBillingEvents(ports),
    remindOfEnd: limits ? remindOfEnd(ports) : async () => false,
    takeBillingEvent: takeBillingEvent({ ...ports, read }),
    serveBacklog: serveBacklog(ports),
    takePush: takePush(ports),
    workInbox: workInbox({
      unitOfWork: ports.unitOfWork,
      readers: ports.readers,
      beginShowing: ports.beginShowing,
      importOrder: importing,
      readOrderAgain: readOrderAgain(takingIn),
      hearFarewell: hearFarewell(takingIn),
      eraseShop: eraseShop(takingIn),
      others: { [CARRIER_SOURCE]: workPush(ports), billing: understandBillingEvent(refresh) },
    }),
  };
};

export type UseCases = ReturnType<typeof makeUseCases>;
