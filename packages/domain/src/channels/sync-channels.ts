import { type IdSource, type OrganizationId, ok, type Result, retryAt, type UnitOfWork } from '../kernel/index.js';
import type { Channel } from './channel.js';
import type { ChannelSync } from './channel-sync.port.js';
import type { ImportOrder } from './import-order.js';
import type { Shops } from './open-shops.js';
import type { SalesChannel, ShopDoRefused } from './sales-channel.port.js';
import { lookAtShownStock } from './show-stock.js';
import type { ChannelStores } from './stores.port.js';
import { READ_AGAIN } from './understand-delivery.js';

export type SyncDeps = {
  readonly unitOfWork: UnitOfWork<ChannelStores>;
  readonly shops: Shops;
  readonly importOrder: ImportOrder;
  readonly ids: IdSource;
};

/** What a webhook was lost of is found after so long. */
const EVERY_MS = 15 * 60_000;
/** A page is read and its orders are taken in within that; whoever dies meanwhile is followed by another. */
const LEASE_SECONDS = 300;

/**
 * Reads what has changed in each shop of an organization since it was read last, whatever its webhooks have told: a page at a time, and where to go on
 * is kept after the orders of each, so that whoever goes on after a crash begins there. An order that can't be taken in keeps no other from being.
 * Afterwards what the shop sells is known anew, and it is looked at what it shows of our stock.
 */
export const syncChannels =
  (deps: SyncDeps) =>
  async (organizationId: OrganizationId): Promise<void> => {
    const channels = await deps.unitOfWork.read(organizationId, (stores) => stores.channels.askable());
    for (const channel of channels) {
      const shop = deps.shops.of(organizationId, channel);
      if (shop) await syncOne(deps, organizationId, { channel, shop });
    }
  };

type Opened = { readonly channel: Channel; readonly shop: SalesChannel };

const syncOne = async (deps: SyncDeps, organizationId: OrganizationId, { channel, shop }: Opened): Promise<void> => {
  for (;;) {
    const claimed = await deps.unitOfWork.run(organizationId, async ({ channelSync, now }) => {
      if (!(await channelSync.find(channel.id))) await channelSync.ask(channel.id);
      const due = await channelSync.claim(channel.id, LEASE_SECONDS);
      const sync = due && begun(due, now);
      if (sync) await channelSync.save(sync);
      return ok(sync);
    });
    if (!claimed.ok || !claimed.value) return;
    const sync = claimed.value;
    const page = await shop.ordersSince(sync.cursor);
    if (!page.ok) return keep(deps, organizationId, (now) => failed(sync, page.error, now));
    const { unreadable } = page.value;
    const left = unreadable.flatMap(({ externalId }) => (externalId === null ? [] : { externalId, as: 'unreadable' }));
    let refused = unreadable.length;
    for (const order of page.value.orders) {
      const { externalId, updatedAt } = order;
      const imported = await deps.importOrder(organizationId, channel.id, order);
      if (imported.ok) continue;
      refused += 1;
      left.push({ externalId, as: updatedAt.toISOString() });
    }
    await leaveToInbox(deps, organizationId, { channel, left });
    const { cursor, more, remaining } = page.value;
    const gone: ChannelSync = {
      ...sync,
      cursor,
      remaining,
      read: sync.read + page.value.orders.length,
      failed: sync.failed + refused,
      attempts: 0,
      problem: null,
    };
    if (more) {
      await keep(deps, organizationId, (now) => ({ ...gone, dueAt: now }));
      continue;
    }
    const looked = await lookAround(deps, organizationId, { channel, shop });
    return keep(deps, organizationId, (now) => (looked.ok ? done(gone, now) : failed(gone, looked.error, now)));
  }
};

type Left = { readonly channel: Channel; readonly left: readonly { readonly externalId: string; readonly as: string }[] };

/** What couldn't be taken in is read again on its own, as often as a delivery is worked off; what never can be is a dead letter, where people see it. */
const leaveToInbox = async (
  { unitOfWork, ids }: SyncDeps,
  organizationId: OrganizationId,
  { channel, left }: Left,
): Promise<void> => {
  if (left.length === 0) return;
  await unitOfWork.run(organizationId, async ({ inbox, now }) => {
    const facts = { sourceId: channel.id, topic: READ_AGAIN, receivedAt: now };
    const deliveries = left.map(({ externalId, as }) => ({
      ...facts,
      id: ids.next(),
      deliveryId: `${externalId} ${as}`,
      body: externalId,
    }));
    return ok(await inbox.receiveAll(deliveries));
  });
};

/** A run that was done is followed by another one, which counts anew. What the last attempt failed of isn't a problem while it is tried again. */
const begun = (sync: ChannelSync, now: Date): ChannelSync =>
  sync.status === 'running'
    ? { ...sync, problem: null }
    : { ...sync, status: 'running', startedAt: now, finishedAt: null, read: 0, failed: 0, remaining: null };

const done = (sync: ChannelSync, now: Date): ChannelSync => ({
  ...sync,
  status: 'done',
  finishedAt: now,
  remaining: 0,
  dueAt: new Date(now.getTime() + EVERY_MS),
});

const failed = (sync: ChannelSync, { code }: ShopDoRefused, now: Date): ChannelSync => {
  const attempts = sync.attempts + 1;
  return { ...sync, attempts, problem: code, dueAt: retryAt(attempts, now) ?? new Date(now.getTime() + 4 * EVERY_MS) };
};

const keep = async (
  { unitOfWork }: SyncDeps,
  organizationId: OrganizationId,
  after: (now: Date) => ChannelSync,
): Promise<void> => {
  await unitOfWork.run(organizationId, async ({ channelSync, now }) => ok(await channelSync.save(after(now))));
};

const UNLISTED_AT_ONCE = 500;

/** Reads what the shop sells, lists what is ours by the very SKU, and looks at the stock that it shows. */
const lookAround = async (
  { unitOfWork }: SyncDeps,
  organizationId: OrganizationId,
  { channel, shop }: Opened,
): Promise<Result<null, ShopDoRefused>> => {
  for (let cursor: string | null = null, more = true; more; ) {
    const page: Awaited<ReturnType<SalesChannel['catalogue']>> = await shop.catalogue(cursor);
    if (!page.ok) return page;
    const { variants } = page.value;
    await unitOfWork.run(organizationId, async ({ channels, channelStock }) => {
      await channelStock.saveVariants(channel.id, variants);
      for (const listing of await channelStock.unlisted(channel.id, UNLISTED_AT_ONCE)) await channels.saveListing(listing);
      return ok(null);
    });
    ({ cursor, more } = page.value);
  }
  const looked = await lookAtShownStock({ unitOfWork })(organizationId, { channel, shop });
  return looked.ok ? ok(null) : looked;
};
