import type { OrganizationId } from './organization-id.js';
import type { EventKeeper, EventSubscriber, OutboxEntry, OutboxStore } from './outbox.port.js';
import { ok } from './result.js';
import { retryAt } from './retry.js';
import type { UnitOfWork } from './unit-of-work.port.js';

type Relayed = { readonly outbox: Omit<OutboxStore, 'announce'> };
type Deps<Stores> = {
  readonly unitOfWork: UnitOfWork<Stores & Relayed>;
  readonly subscribers: readonly EventSubscriber[];
  /** Left out, nobody takes events over. */
  readonly keeper?: EventKeeper<Stores>;
};

const BATCH = 100;
const LEASE_SECONDS = 60;
/** How many events that nobody hears are forgotten at once. */
const UNHEARD = 1_000;

/**
 * Hands one organization's due events to every subscriber that hears them, and then to the keeper; answers how many were taken up, or
 * forgotten because nobody hears them, and 0 when none of those is left that were due when it began: what comes meanwhile is a wake of its own.
 * An event that a subscriber refuses is tried again later, and holds up only its own aggregate.
 */
export const relayOutbox =
  <Stores>({ unitOfWork, subscribers, keeper }: Deps<Stores>) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const heard = heardTypes(subscribers);
    const taken = await unitOfWork.run(organizationId, async (stores) => {
      // What the keeper begins to hear after this began to be asked for was written later too, and isn't forgotten here.
      const kept = keeper && heard ? await keeper.types(stores) : [];
      const forgotten = heard ? await stores.outbox.forgetUnheard([...heard, ...kept], UNHEARD) : 0;
      return ok({ forgotten, claimed: await stores.outbox.claim(BATCH, LEASE_SECONDS) });
    });
    if (!taken.ok) return 0;
    const { forgotten, claimed } = taken.value;
    const delivered: OutboxEntry[] = [];
    for (const entry of claimed) {
      const { id, event, attempts } = entry;
      try {
        for (const deliver of subscribers) if (hears(deliver, event.type)) await deliver(organizationId, event);
        delivered.push(entry);
      } catch (error) {
        const reason = error instanceof Error ? error.name : 'unknown';
        await unitOfWork.run(organizationId, async ({ outbox, now }) =>
          ok(await outbox.failed(id, reason, retryAt(attempts, now))),
        );
      }
    }
    if (delivered.length > 0)
      await unitOfWork.run(organizationId, async (stores) => {
        await keeper?.keep(
          stores,
          delivered.map(({ event }) => event),
        );
        return ok(await stores.outbox.delivered(delivered.map(({ id }) => id)));
      });
    return claimed.length > 0 || forgotten === UNHEARD ? forgotten + claimed.length : 0;
  };

const hears = ({ types }: EventSubscriber, type: string): boolean => types?.includes(type) ?? true;

/** The types that anybody hears; undefined when somebody hears all. */
const heardTypes = (subscribers: readonly EventSubscriber[]): readonly string[] | undefined =>
  subscribers.every(({ types }) => types) ? [...new Set(subscribers.flatMap(({ types }) => types ?? []))] : undefined;
