import type { OrganizationId } from './organization-id.js';
import type { EventSubscriber, OutboxStore } from './outbox.port.js';
import { ok } from './result.js';
import { retryAt } from './retry.js';
import type { UnitOfWork } from './unit-of-work.port.js';

type Deps = {
  readonly unitOfWork: UnitOfWork<{ readonly outbox: Omit<OutboxStore, 'announce'> }>;
  readonly subscribers: readonly EventSubscriber[];
};

const BATCH = 100;
const LEASE_SECONDS = 60;

/**
 * Hands one organization's due events to every subscriber; answers how many were taken up.
 * An event that a subscriber refuses is tried again later, and holds up only its own aggregate.
 */
export const relayOutbox =
  ({ unitOfWork, subscribers }: Deps) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const claimed = await unitOfWork.run(organizationId, async ({ outbox }) => ok(await outbox.claim(BATCH, LEASE_SECONDS)));
    if (!claimed.ok) return 0;
    const delivered: string[] = [];
    for (const { id, event, attempts } of claimed.value) {
      try {
        for (const deliver of subscribers) await deliver(organizationId, event);
        delivered.push(id);
      } catch (error) {
        const reason = error instanceof Error ? error.name : 'unknown';
        await unitOfWork.run(organizationId, async ({ outbox, now }) =>
          ok(await outbox.failed(id, reason, retryAt(attempts, now))),
        );
      }
    }
    await unitOfWork.run(organizationId, async ({ outbox }) => ok(await outbox.delivered(delivered)));
    return claimed.value.length;
  };
