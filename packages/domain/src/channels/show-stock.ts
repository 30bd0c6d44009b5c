import { availabilityOf, type Item, type Sku, stockedAs } from '../inventory/index.js';
import { err, type IdSource, type OrganizationId, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import type { Channel, ChannelId, MappedLocation } from './channel.js';
import { type CountedListing, placeKey } from './channel-stock.port.js';
import type { Shops } from './open-shops.js';
import type { SalesChannel, ShopDoRefused, StockShown } from './sales-channel.port.js';
import type { ShopPlace } from './shop-place.js';
import { afterAnswer, afterFault, afterLook, amountToShow, believed, retargeted, type ShownStock } from './shown-stock.js';
import type { ChannelStores } from './stores.port.js';

export type ShowStockDeps = {
  readonly unitOfWork: UnitOfWork<ChannelStores>;
  readonly shops: Shops;
  readonly ids: IdSource;
};

const LISTINGS_AT_ONCE = 200;
const PLACES_AT_ONCE = 50;
const LEASE_SECONDS = 120;

/**
 * Shows each shop of an organization what may be promised of what it lists, less the channel's buffer: whatever has changed since it was
 * shown last, in one go, however often it has changed. A shop that doesn't answer holds up no other.
 */
export const showStock =
  (deps: ShowStockDeps) =>
  async (organizationId: OrganizationId): Promise<void> => {
    const channels = await deps.unitOfWork.read(organizationId, (stores) => stores.channels.askable());
    for (const channel of channels) {
      const shop = deps.shops.of(organizationId, channel);
      if (!shop || channel.locations.length === 0) continue;
      await aim(deps, organizationId, channel);
      while (await showDue(deps, organizationId, { channel, shop }));
    }
  };

/** Writes down what each place is to show now, where that has changed. */
const aim = async ({ unitOfWork }: ShowStockDeps, organizationId: OrganizationId, channel: Channel): Promise<void> => {
  for (let after: string | undefined, more = true; more; ) {
    const from = after;
    const aimed = await unitOfWork.run(organizationId, async (stores) => {
      const { channelStock, now } = stores;
      const listings = await channelStock.counted(channel.id, LISTINGS_AT_ONCE, from);
      const targets = await targetsOf(stores, channel, listings);
      const known = await channelStock.lock(channel.id, [...new Set(listings.map(({ externalItemId }) => externalItemId))]);
      const rows = new Map(known.map((row) => [placeKey(row), row]));
      const changed = targets.flatMap((target) => {
        const row = rows.get(placeKey(target));
        if (!row) return [newPlace(channel, target, now)];
        return row.target === target.target && row.sku === target.sku
          ? []
          : [{ ...retargeted(row, target.target, now), sku: target.sku }];
      });
      await channelStock.save(changed);
      return ok(listings);
    });
    if (!aimed.ok) return;
    after = aimed.value.at(-1)?.externalVariantId;
    more = aimed.value.length === LISTINGS_AT_ONCE;
  }
};

type Target = Pick<ShownStock, 'externalItemId' | 'externalLocationId' | 'sku' | 'target'>;

const targetsOf = async (
  { items, stock }: Pick<ChannelStores, 'items' | 'stock'>,
  { locations, buffer }: Channel,
  listings: readonly CountedListing[],
): Promise<readonly Target[]> => {
  const found = await items.findMany([...new Set(listings.map(({ sku }) => sku))]);
  const known = new Map<Sku, Item>(found.map((item) => [item.sku, item]));
  const standing = await stock.standing([...new Set(found.flatMap(stockedAs))]);
  return listings.flatMap(({ externalItemId, sku }) => {
    const item = known.get(sku);
    const there = item && availabilityOf(item, standing);
    return there
      ? locations.map((mapped) => ({
          externalItemId,
          externalLocationId: mapped.externalLocationId,
          sku,
          target: Math.max(0, unitsAt(there, mapped) - buffer),
        }))
      : [];
  });
};

const unitsAt = ({ available, locations }: ReturnType<typeof availabilityOf>, { locationIds }: MappedLocation): number =>
  locationIds === null
    ? available
    : locations.reduce((sum, one) => sum + (locationIds.includes(one.locationId) ? one.available : 0), 0);

const newPlace = ({ id: channelId }: Channel, target: Target, now: Date): ShownStock => ({
  ...target,
  channelId,
  changedAt: now,
  submitted: null,
  accepted: null,
  observed: null,
  settlesAt: null,
  status: 'due',
  attempts: 0,
  dueAt: now,
  problem: null,
});

type Opened = { readonly channel: Channel; readonly shop: SalesChannel };

/** Shows what is due of one shop; answers whether there may be more to show now. */
const showDue = async (deps: ShowStockDeps, organizationId: OrganizationId, { channel, shop }: Opened): Promise<boolean> => {
  const { unitOfWork } = deps;
  const claimed = await unitOfWork.run(organizationId, async ({ channelStock, now }) =>
    ok({ rows: await channelStock.claim(channel.id, PLACES_AT_ONCE, LEASE_SECONDS), now }),
  );
  if (!claimed.ok || claimed.value.rows.length === 0) return false;
  const { now } = claimed.value;
  const rows = shop.supports.compareAndSet ? await lookedAt(shop, claimed.value.rows, now) : ok(claimed.value.rows);
  if (!rows.ok) return settle(deps, organizationId, claimed.value.rows, (row, at) => afterFault(row, row.target, rows.error, at));
  const planned = rows.value.map((row) => ({ row, plan: amountToShow(row, now) }));
  const asked = planned.flatMap(({ row, plan }) => ('show' in plan ? [{ row, show: plan.show }] : []));
  const answers = await ask(deps, shop, asked);
  const byPlace = new Map(
    asked.map(({ row, show }, index) => [
      placeKey(row),
      { show, answer: answers.ok ? answers.value[index] : answers.error, seen: row.observed },
    ]),
  );
  const goesOn = await settle(deps, organizationId, rows.value, (row, at) => {
    const said = byPlace.get(placeKey(row));
    if (!said?.answer) return { ...row, dueAt: row.settlesAt ?? at };
    const current = { ...row, observed: said.seen };
    return 'outcome' in said.answer
      ? afterAnswer(current, said.show, said.answer, at)
      : afterFault(current, said.show, said.answer, at);
  });
  return goesOn && answers.ok;
};

/** What is shown where nothing was ever shown by us has to be known before it is replaced: somebody may be selling it meanwhile. */
const lookedAt = async (
  shop: SalesChannel,
  rows: readonly ShownStock[],
  now: Date,
): Promise<Result<readonly ShownStock[], ShopDoRefused>> => {
  const unknown = rows.filter((row) => believed(row) === null);
  if (unknown.length === 0) return ok(rows);
  const shown = await shop.stockShown(unknown);
  if (!shown.ok) return err(shown.error);
  const seen = new Map(unknown.map((row, index) => [placeKey(row), shown.value[index] ?? null]));
  return ok(
    rows.map((row) => {
      const shows = seen.get(placeKey(row)) ?? null;
      return shows === null ? row : { ...row, observed: shows, settlesAt: now };
    }),
  );
};

type Asked = { readonly row: ShownStock; readonly show: number };

const ask = async (
  { ids }: Pick<ShowStockDeps, 'ids'>,
  shop: SalesChannel,
  asked: readonly Asked[],
): Promise<Result<readonly StockShown[], ShopDoRefused>> => {
  if (asked.length === 0) return ok([]);
  return shop.showStock(
    ids.next(),
    asked.map(({ row, show: available }) => ({
      externalItemId: row.externalItemId,
      externalLocationId: row.externalLocationId,
      available,
      expected: shop.supports.compareAndSet ? believed(row) : null,
    })),
  );
};

/** Writes down what became of places, each as it is by now; what it is to show may have changed while the shop was asked. */
const settle = async (
  { unitOfWork }: ShowStockDeps,
  organizationId: OrganizationId,
  rows: readonly ShownStock[],
  outcome: (row: ShownStock, now: Date) => ShownStock,
): Promise<boolean> => {
  const [first] = rows;
  if (!first) return false;
  const keys = new Set(rows.map(placeKey));
  const settled = await unitOfWork.run(organizationId, async ({ channelStock, now }) => {
    const current = await channelStock.lock(first.channelId, [...new Set(rows.map(({ externalItemId }) => externalItemId))]);
    const after = current.filter((row) => keys.has(placeKey(row))).map((row) => outcome(row, now));
    await channelStock.save(after);
    return ok({ after, now });
  });
  if (!settled.ok) return false;
  const { after, now } = settled.value;
  return after.some(({ status, dueAt }) => status === 'due' && dueAt <= now);
};

/**
 * Looks at what a shop shows of everything that we show there, and marks what shows something else than it should: whatever had been given up too.
 * Answers how many places were marked.
 */
export const lookAtShownStock =
  ({ unitOfWork }: Pick<ShowStockDeps, 'unitOfWork'>) =>
  async (organizationId: OrganizationId, { channel, shop }: Opened): Promise<Result<number, ShopDoRefused>> => {
    let marked = 0;
    for (let cursor: string | undefined; ; ) {
      const from = cursor;
      const page = await unitOfWork.read(organizationId, ({ channelStock }) =>
        channelStock.list(channel.id, { limit: PLACES_AT_ONCE, ...(from !== undefined && { cursor: from }) }),
      );
      if (page.data.length === 0) return ok(marked);
      const shown = await shop.stockShown(page.data);
      if (!shown.ok) return err(shown.error);
      const seen = new Map(page.data.map((row, index) => [placeKey(row), shown.value[index] ?? null]));
      const done = await unitOfWork.run(organizationId, async ({ channelStock, now }) => {
        const current = await channelStock.lock(channel.id, [...new Set(page.data.map(({ externalItemId }) => externalItemId))]);
        const after = current.flatMap((row) => {
          const shows = seen.get(placeKey(row)) ?? null;
          const looked = shows === null ? row : afterLook(row, shows, now);
          return looked === row ? [] : [looked];
        });
        await channelStock.save(after);
        return ok(after.filter(({ status }) => status === 'due').length);
      });
      if (done.ok) marked += done.value;
      if (page.nextCursor === null) return ok(marked);
      cursor = page.nextCursor;
    }
  };

/** A place of a shop shows something else than it should. */
export const DIFFERS = 'differs';

/**
 * Takes in what a shop says that a place shows, by whomever. Whether it is the echo of our own word, or somebody sold, or counted, follows from what
 * we know of the place; what it is to show instead is shown when stock is shown next. Answers whether the place is one of ours, and then whether
 * it `differs` from what it is to show.
 */
export const hearShownStock =
  ({ unitOfWork }: Pick<ShowStockDeps, 'unitOfWork'>) =>
  async (
    organizationId: OrganizationId,
    channelId: ChannelId,
    told: ShopPlace & { readonly available: number },
  ): Promise<Result<'unused' | 'seen' | typeof DIFFERS, RunRefusal>> =>
    unitOfWork.run(organizationId, async ({ channelStock, now }) => {
      const rows = await channelStock.lock(channelId, [told.externalItemId]);
      const row = rows.find((one) => placeKey(one) === placeKey(told));
      if (!row) return ok('unused');
      const after = afterLook(row, told.available, now);
      await channelStock.save([after]);
      return ok(after !== row && after.status === 'due' ? DIFFERS : 'seen');
    });
