import {
  type Books,
  byPriority,
  type Channel,
  ChannelId,
  type DraftLine,
  type IntakeRefused,
  type LevelStanding,
  type Location,
  LocationId,
  type Moment,
  type Occasion,
  type Order,
  type OrderDraft,
  type OrganizationId,
  ok,
  openBooks,
  type PlacementRequest,
  type Refusal,
  type Result,
  receiveStock,
  type Sku,
  type StockChange,
  type StockLevel,
  system,
} from '@rappit/domain';
import { exampleAddress, exampleDraft, exampleItem, exampleSku } from '../fakes/examples.js';
import { expectOk, expectThat } from './expecting.js';
import type { AllStores, PersistenceWorld } from './persistence-world.js';

type Stores = AllStores & Moment;
export type Shelved = { readonly sku: Sku; readonly locationId: LocationId };

/** What goods and orders need of a world: nobody comes in from outside. */
type StageWorld = Omit<PersistenceWorld, 'accounts' | 'accountRequests' | 'door'>;

/** The ports, bound to one organization. */
const boundTo = (world: StageWorld, organizationId: OrganizationId) => {
  const attempt = <Value, Refused extends Refusal>(work: (stores: Stores) => Promise<Result<Value, Refused>>) =>
    world.unitOfWork.run(organizationId, work);
  const run = async <Value>(work: (stores: Stores) => Promise<Value>): Promise<Value> =>
    expectOk(await attempt(async (stores) => ok(await work(stores))), 'a unit of work that refuses nothing');
  const read = <Value>(work: (stores: Stores) => Promise<Value>): Promise<Value> => world.unitOfWork.read(organizationId, work);
  return { ...world, organizationId, attempt, run, read };
};

type Bound = ReturnType<typeof boundTo>;

/** One organization in a world, with the few steps that most cases begin with. */
export const openStage = async (world: StageWorld, organizationId?: OrganizationId) => {
  const bound = boundTo(world, organizationId ?? (await world.newOrganization()));
  return { ...bound, ...goodsOn(bound), ...ordersOn(bound) };
};

export type Stage = Awaited<ReturnType<typeof openStage>>;

export const occasionAt = ({ ids }: Pick<PersistenceWorld, 'ids'>, at: Date): Occasion => ({
  actor: system('contract'),
  at,
  ids,
});

const goodsOn = (stage: Bound) => {
  const addItem = async (text: string): Promise<Sku> => {
    const sku = exampleSku(text);
    await stage.run(({ items, now }) => items.add({ ...exampleItem(`Item ${text}`), sku, createdAt: now }));
    return sku;
  };
  const addLocation = async (code: string, facts: Partial<Location> = {}): Promise<LocationId> => {
    const location = {
      id: LocationId(stage.ids.next()),
      code,
      name: code,
      address: exampleAddress,
      priority: 1,
      active: true,
      ...facts,
    };
    expectThat(await stage.run(({ locations }) => locations.save(location)), `the location ${code} is saved`);
    return location.id;
  };
  const receive = async (place: Shelved, quantity: number): Promise<StockLevel> =>
    expectOk(
      await receiveStock({ ...stage, policy: byPriority })(
        { organizationId: stage.organizationId, actor: system('contract') },
        { ...place, quantity, reference: null },
      ),
      'receiving stock',
    );
  /** An item with so many units at a location. */
  const shelve = async (text: string, units: number, at?: LocationId): Promise<Shelved> => {
    const place = { sku: await addItem(text), locationId: at ?? (await addLocation(`at ${text}`)) };
    if (units > 0) await receive(place, units);
    else await stage.run(({ stock }) => stock.open(place.sku, place.locationId));
    return place;
  };
  return { addItem, addLocation, receive, shelve, ...stockOn(stage) };
};

const stockOn = (stage: Bound) => {
  const attemptChange = (sku: Sku, decide: (books: Books, occasion: Occasion) => StockChange) =>
    stage.attempt(async ({ stock, now }) => {
      const shelves = await stock.lock([sku]);
      await stock.apply(decide(openBooks(shelves.map(({ level }) => level)), occasionAt(stage, now)));
      return ok(undefined);
    });
  return {
    attemptChange,
    /** Locks the SKU's levels, decides on them and applies what was decided. */
    change: async (sku: Sku, decide: (books: Books, occasion: Occasion) => StockChange): Promise<void> =>
      expectOk(await attemptChange(sku, decide), 'a change of stock'),
    levelOf: async (place: Shelved): Promise<LevelStanding> => {
      const { data } = await stage.read(({ stock }) => stock.levels({ limit: 1 }, place));
      const [level] = data;
      expectThat(level !== undefined, `there is a level of ${place.sku}`);
      return level;
    },
    openOf: (order: Order) =>
      stage.run(async ({ stock }) => {
        await stock.lock(order.lines.flatMap(({ sku }) => sku ?? []));
        return stock.openOf(order.id);
      }),
  };
};

const ordersOn = (stage: Bound) => {
  const placeAll = (requests: readonly PlacementRequest[]): Promise<readonly Result<Order, IntakeRefused>[]> =>
    stage.intake.place(stage.organizationId, requests);
  const asking = (lines: readonly DraftLine[], facts: Partial<OrderDraft> = {}): PlacementRequest => ({
    actor: system('contract'),
    draft: exampleDraft(lines, facts),
  });
  return {
    placeAll,
    asking,
    place: async (lines: readonly DraftLine[], facts: Partial<OrderDraft> = {}): Promise<Order> => {
      const [placed] = await placeAll([asking(lines, facts)]);
      expectThat(placed !== undefined, 'the intake answers a request');
      return expectOk(placed, 'placing an order');
    },
    addChannel: async (shopDomain: string): Promise<Channel> => {
      const at = new Date('2026-01-05T09:00:00.000Z');
      const channel: Channel = {
        id: ChannelId(stage.ids.next()),
        kind: 'shopify',
        name: shopDomain,
        shopDomain,
        status: 'connected',
        access: 'webhookSecret',
        buffer: 0,
        locations: [],
        createdAt: at,
      };
      expectThat(await stage.run(({ channels }) => channels.add(channel, ['sealed'])), `the channel of ${shopDomain} is added`);
      return channel;
    },
  };
};

/** The source of a shop's order. */
export const fromChannel = (channelId: string, externalId: string): OrderDraft['source'] => ({
  kind: 'channel',
  channelId,
  externalId,
  externalNumber: `#${externalId}`,
  updatedAt: new Date('2026-01-04T12:00:00.000Z'),
});
