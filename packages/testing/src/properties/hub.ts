import {
  type AllocationPolicy,
  adjustStock,
  authoriseReturn,
  buyLabel,
  type Caller,
  type Carrier,
  cancelLines,
  cancelOrder,
  cancelReturn,
  changeLocation,
  type Digest,
  editOrder,
  expireUnpaid,
  holdOrder,
  type LocationId,
  markReady,
  openBooks,
  placeOrders,
  receiveReturn,
  receiveStock,
  recordPayment,
  refundReturn,
  rejectReturn,
  requestReturn,
  resumeOrder,
  serveBacklog,
  shipOrder,
  transferStock,
} from '@rappit/domain';
import type { PersistenceWorld } from '../contracts/persistence-world.js';
import { occasionAt, openStage } from '../contracts/stage.js';
import { exampleItem } from '../fakes/examples.js';
import { type FakeCarrier, fakeCarrier, fakeCarriers } from '../fakes/fake-carrier.js';
import { goodsOf } from './model.js';
import { lapsedNow } from './model-payments.js';
import type { Fault, Story } from './story.js';

/** A persistence to be put under the laws. */
export type HubUnderTest = Pick<PersistenceWorld, 'unitOfWork' | 'intake' | 'ids' | 'newOrganization'> & {
  /** The one that the intake decides with. */
  readonly policy: AllocationPolicy;
  /** Moves the store's clock. Without it nothing waits in the stories, and abandoned purchases stay under way. */
  readonly advance?: (milliseconds: number) => void | Promise<void>;
  /** What the store hashes its ledger with; without it the chain's hashes aren't worked out again. */
  readonly digest?: Digest;
};

/** A carrier that also ends our own process, so to speak: the call never comes back. */
const crashable = (fake: FakeCarrier) => {
  let crashes = false;
  const carrier: Carrier = {
    ...fake.carrier,
    buyLabel: async (order) => {
      const answer = await fake.carrier.buyLabel(order);
      if (crashes) throw new Error('crashed');
      return answer;
    },
  };
  return {
    carrier,
    /** What goes wrong from now on. A crash before the sale is a question that is lost, and nobody hears of it. */
    suffer: (fault: Fault): void => {
      crashes = fault === 'crashAfterSale' || fault === 'crashBeforeSale';
      const wrong = fault === 'crashBeforeSale' ? 'lostBeforeSale' : fault === 'crashAfterSale' ? null : fault;
      if (wrong) fake.breakDown(wrong);
      else fake.mend();
    },
  };
};

/** An organization with the story's items, locations and a channel, and every use case of the story wired to the ports. */
export const openTenant = async (hub: HubUnderTest, { skus, priorities }: Pick<Story, 'skus' | 'priorities'>) => {
  const stage = await openStage({ ...hub, digest: hub.digest ?? (() => '') });
  const goods = goodsOf({ skus });
  for (const sku of goods.skus) {
    const components = goods.kits.get(sku) ?? null;
    await stage.run(({ items, now }) => items.add({ ...exampleItem(sku, { components }), sku, createdAt: now }));
  }
  const locationIds: LocationId[] = [];
  for (const [index, priority] of priorities.entries()) locationIds.push(await stage.addLocation(`L${index}`, { priority }));
  const channel = await stage.addChannel('demo.myshopify.com');
  const fake = fakeCarrier();
  const { carrier, suffer } = crashable(fake);
  const deps = { ...hub, carriers: fakeCarriers(carrier) };
  const caller: Caller = { organizationId: stage.organizationId, actor: { kind: 'system', id: 'story', name: 'story' } };
  return {
    organizationId: stage.organizationId,
    skus: goods.skus,
    locationIds,
    channelId: channel.id,
    caller,
    suffer,
    sold: fake.sold,
    read: stage.read,
    receive: receiveStock(deps),
    adjust: adjustStock(deps),
    place: placeOrders(deps),
    cancel: cancelOrder(deps),
    ready: markReady(deps),
    ship: shipOrder(deps),
    buy: buyLabel(deps),
    changeLocation: changeLocation(deps),
    serveBacklog: serveBacklog(deps),
    transfer: transferStock(deps),
    pay: recordPayment(deps),
    hold: holdOrder(deps),
    resume: resumeOrder(deps),
    cancelLines: cancelLines(deps),
    edit: editOrder(deps),
    expire: expireUnpaid(deps),
    requestReturn: requestReturn(deps),
    decideReturn: { authorise: authoriseReturn(deps), reject: rejectReturn(deps), cancel: cancelReturn(deps) },
    receiveReturn: receiveReturn(deps),
    refundReturn: refundReturn(deps),
    /** As if the payment windows of all unpaid orders had just run out. */
    lapse: () =>
      stage.run(async ({ stock, now }) => {
        const shelves = await stock.lock(goods.skus);
        const { data } = await stock.reservations({ limit: 10_000 }, { status: 'open' });
        const books = openBooks(shelves.map(({ level }) => level));
        await stock.apply(lapsedNow([...data].reverse(), { books, occasion: occasionAt(hub, now) }));
      }),
  };
};

export type Tenant = Awaited<ReturnType<typeof openTenant>>;
