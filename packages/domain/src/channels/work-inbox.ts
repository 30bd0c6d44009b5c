import {
  type DueDelivery,
  err,
  lookAgainAt,
  type OrganizationId,
  ok,
  type Refusal,
  type Result,
  retryAt,
} from '../kernel/index.js';
import { DIFFERS } from './show-stock.js';
import { FORGOTTEN, type UnderstandDeps, understandDelivery } from './understand-delivery.js';

type Understand = (organizationId: OrganizationId, delivery: DueDelivery) => Promise<Result<string, Refusal>>;

type Deps = UnderstandDeps & {
  /** Who understands what came from elsewhere than a channel, by what its source begins with, up to a colon. */
  readonly others?: Readonly<Record<string, Understand>>;
  /** Begins to show an organization's stock in its shops. */
  readonly beginShowing: (organizationId: OrganizationId) => Promise<void>;
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
  'shop.refused',
]);

/**
 * These end by themselves, however long they take, and use no attempt up.
 * - The carrier is asked for up to a day whether a label was bought, and until then nobody knows what the shop's word comes to.
 * - The billing provider told its event once and won't again: an outage, or a key that was rotated, must not cost what was paid.
 */
const passing: ReadonlySet<string> = new Set(['order.purchase_in_progress', 'billing.unavailable']);
/** The same with a shop that is away, or doesn't know us until its owner has connected it again; but no longer than this, since it may be gone. */
const passingForDays: ReadonlySet<string> = new Set(['shop.unavailable', 'shop.unauthorized']);
const SHOP_PATIENCE_MS = 3 * 86_400_000;

const mayPass = (code: string, receivedAt: Date, now: Date): boolean =>
  passing.has(code) || (passingForDays.has(code) && now.getTime() - receivedAt.getTime() < SHOP_PATIENCE_MS);

/**
 * Works off an organization's due deliveries, oldest first; answers how many were taken up.
 * One that can't be worked off is tried again later, or kept as a dead letter, and never blocks the next.
 * Where a shop shows something else than it should, that is put right at once.
 * One that something passing is in the way of waits until that is over, and has as many attempts afterwards as before.
 */
export const workInbox =
  (deps: Deps) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const claimed = await deps.unitOfWork.run(organizationId, async ({ inbox }) => ok(await inbox.claim(BATCH, LEASE_SECONDS)));
    if (!claimed.ok) return 0;
    let differs = false;
    for (const delivery of claimed.value) {
      const outcome = await understandSafely(deps, organizationId, delivery);
      await deps.unitOfWork.run(organizationId, async ({ inbox, now }) => {
        if (outcome.ok) {
          differs ||= outcome.value === DIFFERS;
          if (outcome.value === FORGOTTEN) await inbox.forget(delivery.id);
          return ok(await inbox.done(delivery.id, outcome.value));
        }
        const { code } = outcome.error;
        if (mayPass(code, delivery.receivedAt, now))
          return ok(await inbox.putOff(delivery.id, code, lookAgainAt(delivery.receivedAt, now)));
        return ok(await inbox.failed(delivery.id, code, final.has(code) ? null : retryAt(delivery.attempts, now)));
      });
    }
    if (differs) await deps.beginShowing(organizationId);
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

const understand = (deps: Deps, organizationId: OrganizationId, delivery: DueDelivery): Promise<Result<string, Refusal>> => {
  const { sourceId } = delivery;
  const other = sourceId.includes(':') ? deps.others?.[sourceId.split(':')[0] ?? ''] : undefined;
  return (other ?? understandDelivery(deps))(organizationId, delivery);
};
