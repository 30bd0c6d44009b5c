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
/** How many events that nobody hears are forgotten at once. */
const UNHEARD = 1_000;

/**
 * Hands one organization's due events to every subscriber that hears them; answers how many were taken up, or forgotten because nobody
 * hears them.
 * An event that a subscriber refuses is tried again later, and holds up only its own aggregate.
 */
export const relayOutbox =
  ({ unitOfWork, subscribers }: Deps) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const heard = heardTypes(subscribers);
    const taken = await unitOfWork.run(organizationId, async ({ outbox }) => {
      const forgotten = heard ? await outbox.forgetUnheard(heard, UNHEARD) : 0;
      return ok({ forgotten, claimed: await outbox.claim(BATCH, LEASE_SECONDS) });
    });
    if (!taken.ok) return 0;
    const { forgotten, claimed } = taken.value;
    const delivered: string[] = [];
    for (const { id, event, attempts } of claimed) {
      try {
        for (const deliver of subscribers) if (hears(deliver, event.type)) await deliver(organizationId, event);
        delivered.push(id);
      } catch (error) {
        const reason = error instanceof Error ? error.name : 'unknown';
        await unitOfWork.run(organizationId, async ({ outbox, now }) =>
          ok(await outbox.failed(id, reason, retryAt(attempts, now))),
        );
      }
    }
    if (delivered.length > 0) await unitOfWork.run(organizationId, async ({ outbox }) => ok(await outbox.delivered(delivered)));
    return forgotten + claimed.length;
  };

const hears = ({ types }: EventSubscriber, type: string): boolean => types?.includes(type) ?? true;

/** The types that anybody hears; undefined when somebody hears all. */
const heardTypes = (subscribers: readonly EventSubscriber[]): readonly string[] | undefined =>
  subscribers.every(({ types }) => types) ? [...new Set(subscribers.flatMap(({ types }) => types ?? []))] : undefined;
