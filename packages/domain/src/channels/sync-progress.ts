import { type Caller, err, type OrganizationId, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import type { ChannelUnaskable } from './change-channel.js';
import { type Channel, type ChannelId, canBeAsked } from './channel.js';
import type { ChannelSync } from './channel-sync.port.js';
import type { ChannelNotFound } from './keep-channels.js';
import type { Shops } from './open-shops.js';
import type { ChannelStores } from './stores.port.js';

/** `waiting`: it is read as soon as somebody has time. */
export const syncStatuses = ['waiting', 'running', 'done'] as const;

/** How the reading of a shop's orders goes. */
export type SyncProgress = Pick<ChannelSync, 'channelId' | 'read' | 'failed' | 'remaining' | 'finishedAt' | 'problem'> & {
  readonly status: (typeof syncStatuses)[number];
  /** Null before it was ever read. */
  readonly startedAt: Date | null;
  /** When it is read next, or tried again; null while it waits or is being read. */
  readonly nextAt: Date | null;
  /** Of this run, or of the last one, over all of its time; null before there is any to go by. */
  readonly ordersPerMinute: number | null;
  /** How long the rest takes at that rate; null where nobody knows. */
  readonly remainingSeconds: number | null;
  /** Orders that are older than so many days are kept from us; null where none are. */
  readonly lookBackDays: number | null;
};

type Deps = { readonly unitOfWork: UnitOfWork<ChannelStores>; readonly shops: Shops };
type Unread = ChannelNotFound | ChannelUnaskable;

/** Has a shop read now. One that is being read goes on. Answers how it goes. */
export const askForSync =
  ({ unitOfWork, shops }: Deps) =>
  (caller: Caller, id: ChannelId): Promise<Result<SyncProgress, Unread | RunRefusal>> =>
    unitOfWork.run<SyncProgress, Unread>(
      caller.organizationId,
      async ({ channels, channelSync, now }) => {
        const found = readable(await channels.find(id));
        if (!found.ok) return found;
        const sync = await channelSync.ask(id);
        return ok(progressOf({ channelId: id, sync, now, lookBackDays: lookBackOf(shops, caller.organizationId, found.value) }));
      },
      caller.once,
    );

/** How the reading of a shop goes, or went. */
export const syncProgress =
  ({ unitOfWork, shops }: Deps) =>
  (organizationId: OrganizationId, id: ChannelId): Promise<Result<SyncProgress, Unread>> =>
    unitOfWork.read<Result<SyncProgress, Unread>>(organizationId, async ({ channels, channelSync, now }) => {
      const found = readable(await channels.find(id));
      if (!found.ok) return found;
      const sync = await channelSync.find(id);
      return ok(progressOf({ channelId: id, sync, now, lookBackDays: lookBackOf(shops, organizationId, found.value) }));
    });

const readable = (channel: Channel | undefined): Result<Channel, Unread> => {
  if (!channel || channel.status === 'disconnected') return err({ code: 'channel.not_found' });
  return canBeAsked(channel) ? ok(channel) : err({ code: 'channel.unaskable' });
};

const lookBackOf = (shops: Shops, organizationId: OrganizationId, channel: Channel): number | null =>
  shops.of(organizationId, channel)?.supports.lookBackDays ?? null;

type Known = Pick<SyncProgress, 'channelId' | 'lookBackDays'> & { readonly sync: ChannelSync | undefined; readonly now: Date };

const progressOf = ({ channelId, lookBackDays, sync, now }: Known): SyncProgress => {
  const nothing = { startedAt: null, finishedAt: null, nextAt: null, read: 0, failed: 0, remaining: null, problem: null };
  if (!sync) return { ...nothing, channelId, lookBackDays, status: 'waiting', ordersPerMinute: null, remainingSeconds: null };
  const { startedAt, finishedAt, read, failed, remaining, problem, dueAt } = sync;
  const isDue = dueAt <= now;
  const isBeingRead = sync.status === 'running' && problem === null && !isDue;
  const minutes = ((finishedAt ?? now).getTime() - startedAt.getTime()) / 60_000;
  const rate = minutes > 0 && read > 0 ? read / minutes : null;
  return {
    channelId,
    lookBackDays,
    status: isDue && (sync.status === 'done' || read === 0) ? 'waiting' : sync.status,
    startedAt,
    finishedAt,
    read,
    failed,
    remaining,
    problem,
    nextAt: isDue || isBeingRead ? null : dueAt,
    ordersPerMinute: rate === null ? null : Math.round(rate * 10) / 10,
    remainingSeconds: rate === null || remaining === null ? null : Math.ceil((remaining / rate) * 60),
  };
};
