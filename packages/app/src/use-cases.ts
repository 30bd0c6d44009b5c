import {
  type AccessTokens,
  type Accounts,
  type AllocationPolicy,
  type ApiKeyDoor,
  type ApiKeyStores,
  addChannel,
  addItem,
  addLocation,
  addNote,
  adjustStock,
  buyLabel,
  type Carriers,
  type ChannelDoor,
  type ChannelStores,
  cancelOrder,
  changeAddresses,
  changeItem,
  changeLocation,
  createApiKey,
  type Digest,
  endOtherSessions,
  endSession,
  expireUnpaid,
  type IdSource,
  type ImportStores,
  importOrder,
  login,
  mapListing,
  markReady,
  noteKeyUse,
  type OrderIntake,
  type PasswordHasher,
  placeOrders,
  receiveImport,
  receiveStock,
  recogniseApiKey,
  reconcile,
  reconcileAll,
  recordPayment,
  refreshSession,
  register,
  releaseReservation,
  removeItem,
  resealCredentials,
  restockReturned,
  revokeApiKey,
  type SealStores,
  type SecretSource,
  type ShipmentStores,
  type ShopReaders,
  type Signals,
  serveBacklog,
  setSafetyStock,
  shipOrder,
  startImport,
  switchOrganization,
  type TenancyStores,
  takeDelivery,
  transferStock,
  type UnitOfWork,
  type Vault,
  workImports,
  workInbox,
} from '@rappit/domain';

/** Everything that a unit of work of this app gives access to. */
export type Stores = ShipmentStores & ChannelStores & TenancyStores & ApiKeyStores & SealStores & ImportStores;

/** What the use cases need of the world. Whoever fills these ports has a working Rappit. */
export type Ports = {
  readonly unitOfWork: UnitOfWork<Stores>;
  readonly intake: OrderIntake;
  readonly accounts: Accounts;
  readonly passwords: PasswordHasher;
  readonly tokens: AccessTokens;
  readonly secrets: SecretSource;
  readonly signals: Signals;
  readonly ids: IdSource;
  readonly digest: Digest;
  readonly policy: AllocationPolicy;
  readonly carriers: Carriers;
  readonly door: ChannelDoor & ApiKeyDoor;
  readonly readers: ShopReaders;
  readonly vault: Vault;
};

/** The domain's use cases, composed over one set of ports. Nothing here decides anything. */
export const makeUseCases = (ports: Ports) => {
  const placing = placeOrders(ports);
  const importing = importOrder({ unitOfWork: ports.unitOfWork, placeOrders: placing });
  return {
    register: register(ports),
    login: login(ports),
    createApiKey: createApiKey(ports),
    revokeApiKey: revokeApiKey(ports),
    recogniseApiKey: recogniseApiKey(ports),
    noteKeyUse: noteKeyUse(ports),
    refreshSession: refreshSession(ports),
    endSession: endSession(ports),
    endOtherSessions: endOtherSessions(ports),
    switchOrganization: switchOrganization(ports),
    resealCredentials: resealCredentials(ports),
    addItem: addItem(ports),
    changeItem: changeItem(ports),
    removeItem: removeItem(ports),
    addLocation: addLocation(ports),
    changeLocation: changeLocation(ports),
    receiveImport: receiveImport(ports),
    startImport: startImport(ports),
    workImports: workImports(ports),
    receiveStock: receiveStock(ports),
    restockReturned: restockReturned(ports),
    adjustStock: adjustStock(ports),
    transferStock: transferStock(ports),
    setSafetyStock: setSafetyStock(ports),
    releaseReservation: releaseReservation(ports),
    reconcile: reconcile(ports),
    reconcileAll: reconcileAll(ports),
    placeOrders: placing,
    cancelOrder: cancelOrder(ports),
    markReady: markReady(ports),
    addNote: addNote(ports),
    recordPayment: recordPayment(ports),
    expireUnpaid: expireUnpaid(ports),
    changeAddresses: changeAddresses(ports),
    shipOrder: shipOrder(ports),
    buyLabel: buyLabel(ports),
    addChannel: addChannel(ports),
    mapListing: mapListing(ports),
    takeDelivery: takeDelivery(ports),
    importOrder: importing,
    serveBacklog: serveBacklog(ports),
    workInbox: workInbox({ unitOfWork: ports.unitOfWork, readers: ports.readers, importOrder: importing }),
  };
};

export type UseCases = ReturnType<typeof makeUseCases>;
