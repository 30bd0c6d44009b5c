import {
  type DueDelivery,
  err,
  lookAgainAt,
  type OrganizationId,
  ok,
  type Refusal,
  type Result,
  retryAt,
  type UnitOfWork,
} from '../kernel/index.js';
import { channelOfSource } from './channel.js';
import type { ShopReaders } from './external-order.js';
import type { ImportOrder } from './import-order.js';
import { forgetPeople } from './people.js';
import type { ChannelStores } from './stores.port.js';

type Understand = (organizationId: OrganizationId, delivery: DueDelivery) => Promise<Result<string, Refusal>>;

type Deps = {
  readonly unitOfWork: UnitOfWork<ChannelStores>;
  readonly readers: ShopReaders;
  readonly importOrder: ImportOrder;
  /** Who understands what came from elsewhere than a channel, by what its source begins with, up to a colon. */
  readonly others?: Readonly<Record<string, Understand>>;
};

const BATCH = 50;
const LEASE_SECONDS = 120;

/** These can't come out better by trying again: the delivery is kept as a dead letter at once. */
const final: ReadonlySet<string> = new Set([
  'delivery.unreadable',
  'order.invalid',
  'order.invalid_transition',
  'store.unstorable',
  'channel.not_found',
]);

/** Somebody's data is erased, and what asked for it names them too. */
const FORGOTTEN = 'forgotten';

/**
 * These end by themselves, however long they take, and use no attempt up.
 * - The carrier is asked for up to a day whether a label was bought, and until then nobody knows what the shop's word comes to.
 * - The billing provider told its event once and won't again: an outage, or a key that was rotated, must not cost what was paid.
 */
const passing: ReadonlySet<string> = new Set(['order.purchase_in_progress', 'billing.unavailable']);

/**
 * Works off an organization's due deliveries, oldest first; answers how many were taken up.
 * One that can't be worked off is tried again later, or kept as a dead letter, and never blocks the next.
 * One that something passing is in the way of waits until that is over, and has as many attempts afterwards as before.
 */
export const workInbox =
  (deps: Deps) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const claimed = await deps.unitOfWork.run(organizationId, async ({ inbox }) => ok(await inbox.claim(BATCH, LEASE_SECONDS)));
    if (!claimed.ok) return 0;
    for (const delivery of claimed.value) {
      const outcome = await understandSafely(deps, organizationId, delivery);
      await deps.unitOfWork.run(organizationId, async ({ inbox, now }) => {
        if (outcome.ok) {
          if (outcome.value === FORGOTTEN) await inbox.forget(delivery.id);
          return ok(await inbox.done(delivery.id, outcome.value));
        }
        const { code } = outcome.error;
        if (passing.has(code)) return ok(await inbox.putOff(delivery.id, code, lookAgainAt(delivery.receivedAt, now)));
        return ok(await inbox.failed(delivery.id, code, final.has(code) ? null : retryAt(delivery.attempts, now)));
      });
    }
    return claimed.value.length;
  };

/** A fault of ours, or a database that went away, holds up this delivery only. */
const understandSafely = async (
  deps: Deps,
  organizationId: OrganizationId,
  delivery: DueDelivery,
): Promise<Result<string, Refusal>> => {
  try {
    return await understand(deps, organizationId, delivery);
  } catch {
    return err({ code: 'delivery.failed' });
  }
};

const understand = async (
  { unitOfWork, readers, importOrder, others }: Deps,
  organizationId: OrganizationId,
  delivery: DueDelivery,
): Promise<Result<string, Refusal>> => {
  const other = delivery.sourceId.includes(':') ? others?.[delivery.sourceId.split(':')[0] ?? ''] : undefined;
  if (other) return other(organizationId, delivery);
  const channelId = channelOfSource(delivery.sourceId);
  const channel = channelId && (await unitOfWork.read(organizationId, ({ channels }) => channels.find(channelId)));
  if (!channel) return err({ code: 'channel.not_found' });
  const message = readers[channel.kind]?.read(delivery.topic, delivery.body);
  if (!message) return err({ code: 'delivery.unreadable' });
  if (!message.ok) return message;
  if (message.value.kind === 'erasePerson' || message.value.kind === 'eraseShop') {
    const who = message.value.kind === 'eraseShop' ? 'everybody' : message.value.person;
    const forgotten = await forgetPeople({ unitOfWork })(organizationId, channel.id, who);
    return forgotten.ok ? ok(FORGOTTEN) : forgotten;
  }
  if (message.value.kind === 'exportPerson') return ok('exportAsked');
  if (message.value.kind !== 'order') return ok('unused');
  const imported = await importOrder(organizationId, channel.id, message.value.order);
  return imported.ok ? ok(imported.value.outcome) : imported;
};
