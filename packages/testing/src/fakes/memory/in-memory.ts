import {
  type AllocationPolicy,
  addCarrierAccount,
  addChannel,
  addItem,
  addLocation,
  addNote,
  adjustStock,
  authoriseReturn,
  buyLabel,
  type Caller,
  type Carriers,
  cancelLines,
  cancelOrder,
  cancelReturn,
  cancelShipment,
  carriersOfAccounts,
  changeAddresses,
  changeCarrierAccount,
  changeItem,
  changeLocation,
  decidePlacements,
  type EventSubscriber,
  editOrder,
  expireUnpaid,
  fewestLocations,
  followSource,
  holdOrder,
  type IdSource,
  ignoreUnmapped,
  importOrder,
  labelReturn,
  lookUpPurchases,
  mapListing,
  markReady,
  nameKnownGoods,
  type OrderDraft,
  OrganizationId,
  placeOrders,
  receiveImport,
  receiveReturn,
  receiveStock,
  reconcile,
  recordPayment,
  refundReturn,
  rejectReturn,
  relayOutbox,
  releaseReservation,
  removeCarrierAccount,
  removeItem,
  requestReturn,
  resolveUnmapped,
  restockReturned,
  resumeOrder,
  type ShopConnections,
  serveBacklog,
  setSafetyStock,
  shipOrder,
  startImport,
  system,
  tagOrder,
  takeTracked,
  trackDue,
  trackNow,
  transferStock,
  tryCarrierAccount,
  workImports,
} from '@rappit/domain';
import { fakeAccountForms, fakeConnections } from '../fake-accounts.js';
import { fakeCarrier } from '../fake-carrier.js';
import { type FakeClock, fakeClock } from '../fake-clock.js';
import { fakeIds } from '../fake-ids.js';
import { fakeSecretSource, fakeVault } from '../fake-secrets.js';
import { sha256 } from '../sha256.js';
import { type MemoryPersistence, memoryPersistence } from './memory-persistence.js';

type Options = {
  readonly policy?: AllocationPolicy;
  readonly subscribers?: readonly EventSubscriber[];
  /** Instead of the fake one. */
  readonly carriers?: Carriers;
  /** Over a memory that others use too. */
  readonly over?: { readonly memory: MemoryPersistence; readonly ids: IdSource; readonly clock: FakeClock };
  /** How shops are reached; none is where it is left out. */
  readonly shops?: ShopConnections;
  /** Instead of one that stands still. */
  readonly now?: () => Date;
};

/**
 * The whole hub in one call: every use case, wired to fakes, with an organization to act for.
 * Nothing leaves the process and the clock stands still until it is moved, so that the same steps have the same outcome.
 */
export const inMemory = ({ policy = fewestLocations, subscribers = [], carriers, now, shops = {}, over }: Options = {}) => {
  const clock = over?.clock ?? fakeClock();
  const ids = over?.ids ?? fakeIds();
  const memory =
    over?.memory ??
    memoryPersistence({
      now: now ?? clock.now,
      decide: decidePlacements({ ids, policy }),
      expire: (unitOfWork) => expireUnpaid({ unitOfWork, ids, policy }),
    });
  const carrier = fakeCarrier('fake', { now: now ?? clock.now });
  const { unitOfWork } = memory;
  const connections = fakeConnections(carrier.carrier);
  const served = carriers ?? carriersOfAccounts({ unitOfWork, vault: fakeVault, connections });
  const deps = {
    unitOfWork,
    ids,
    policy,
    carriers: served,
    vault: fakeVault,
    accountForms: fakeAccountForms,
    connections: shops,
    secrets: fakeSecretSource(),
  };
  const placeAll = placeOrders({ intake: memory.intake });
  const caller: Caller = { organizationId: OrganizationId(ids.next()), actor: system('example') };
  return {
    memory,
    clock,
    ids,
    /** Acts for the organization that is there from the start. */
    caller,
    carrier,
    ...itemsAndStock(deps),
    receiveImport: receiveImport(deps),
    startImport: startImport(deps),
    workImports: workImports(deps),
    placeOrders: placeAll,
    /** One order by itself, the way an API request places it. */
    placeOrder: async ({ organizationId, actor, once }: Caller, draft: OrderDraft) => {
      const [placed] = await placeAll(organizationId, [{ actor, draft, once }]);
      return placed ?? { ok: false as const, error: { code: 'store.conflict' as const } };
    },
    ...orders(deps),
    ...returns(deps),
    addCarrierAccount: addCarrierAccount(deps),
    changeCarrierAccount: changeCarrierAccount(deps),
    removeCarrierAccount: removeCarrierAccount(deps),
    tryCarrierAccount: tryCarrierAccount(deps),
    addChannel: addChannel(deps),
    mapListing: mapListing(deps),
    resolveUnmapped: resolveUnmapped(deps),
    ignoreUnmapped: ignoreUnmapped(deps),
    nameKnownGoods: nameKnownGoods(deps),
    importOrder: importOrder({ ...deps, placeOrders: placeAll, followSource: followSource(deps), digest: sha256 }),
    relayOutbox: relayOutbox({ ...deps, subscribers }),
  };
};

type Deps = Parameters<typeof receiveReturn>[0] & Parameters<typeof shipOrder>[0];

const itemsAndStock = (deps: Deps) => ({
  addItem: addItem(deps),
  changeItem: changeItem(deps),
  removeItem: removeItem(deps),
  addLocation: addLocation(deps),
  changeLocation: changeLocation(deps),
  receiveStock: receiveStock(deps),
  releaseReservation: releaseReservation(deps),
  restockReturned: restockReturned(deps),
  adjustStock: adjustStock(deps),
  transferStock: transferStock(deps),
  setSafetyStock: setSafetyStock(deps),
  serveBacklog: serveBacklog(deps),
  expireUnpaid: expireUnpaid(deps),
  reconcile: reconcile(deps),
});

const returns = (deps: Deps) => ({
  requestReturn: requestReturn(deps),
  authoriseReturn: authoriseReturn(deps),
  rejectReturn: rejectReturn(deps),
  labelReturn: labelReturn(deps),
  receiveReturn: receiveReturn(deps),
  cancelReturn: cancelReturn(deps),
  refundReturn: refundReturn(deps),
});

const orders = (deps: Deps) => ({
  cancelOrder: cancelOrder(deps),
  cancelLines: cancelLines(deps),
  holdOrder: holdOrder(deps),
  resumeOrder: resumeOrder(deps),
  cancelShipment: cancelShipment(deps),
  markReady: markReady(deps),
  addNote: addNote(deps),
  recordPayment: recordPayment(deps),
  changeAddresses: changeAddresses(deps),
  editOrder: editOrder(deps),
  tagOrder: tagOrder(deps),
  shipOrder: shipOrder(deps),
  buyLabel: buyLabel(deps),
  lookUpPurchases: lookUpPurchases(deps),
  trackDue: trackDue(deps),
  trackNow: trackNow(deps),
  takeTracked: takeTracked(deps),
});
