import { IDEMPOTENCY_HOURS, type OrganizationId, ok, type UnitOfWork } from '../kernel/index.js';
import type { TenancyStores } from './stores.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<Pick<TenancyStores, 'sessions' | 'claimedKeys'>> };

/** For so long a token of a session that is over is known as one that was. */
const SESSION_HOURS = 24;
const BATCH = 1_000;

const hoursBefore = (now: Date, hours: number): Date => new Date(now.getTime() - hours * 3_600_000);

/**
 * Removes a batch of what an organization needs no more: sessions that are over, and idempotency keys that count no more.
 * Answers how many rows; 0 when nothing is left, and when somebody was in the way, since there is a next time.
 */
export const tidyUp =
  ({ unitOfWork }: Deps) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const removed = await unitOfWork.run<number, never>(organizationId, async ({ sessions, claimedKeys, now }) =>
      ok(
        (await sessions.dropOver(hoursBefore(now, SESSION_HOURS), BATCH)) +
          (await claimedKeys.drop(hoursBefore(now, IDEMPOTENCY_HOURS), BATCH)),
      ),
    );
    return removed.ok ? removed.value : 0;
  };
