import {
  bug,
  type Digest,
  err,
  type IdSource,
  type InboxStore,
  type OrganizationId,
  ok,
  type Result,
  type UnitOfWork,
} from '../kernel/index.js';
import type { NumberTold, Push, PushReader, PushUnreadable } from './push.port.js';
import type { ShipmentStores } from './stores.port.js';
import type { TrackingDoor } from './tracking-door.port.js';

/** The carrier has not proven that it is one. */
export type PushNotProven = { readonly code: 'webhook.signature_invalid' };

export type PushStores = ShipmentStores & { readonly inbox: InboxStore };

export type TakePushDeps = {
  readonly unitOfWork: UnitOfWork<PushStores>;
  readonly door: TrackingDoor;
  readonly pushReaders: readonly PushReader[];
  readonly digest: Digest;
  readonly ids: IdSource;
};

export type TakePush = (
  carrier: string,
  push: Push,
) => Promise<Result<{ readonly organizationIds: readonly OrganizationId[] }, PushNotProven | PushUnreadable>>;

/** What begins the source of whatever a carrier sent; its code follows. */
export const CARRIER_SOURCE = 'carrier';

/** No vendor tells of more at once. */
const MAX_NUMBERS = 1_000;

/**
 * Keeps what a carrier sent, for each organization what is about its own shipments, and does no more: understanding it is a job's.
 * - A number that is nobody's is taken like one that is somebody's, so that nobody learns which are.
 * - What is here already is taken as taken: the same bytes say the same of a number, and scans that are known add nothing, whenever they come.
 *   Where a push is no more than a hint (`tracked` is null), it is the same only for as long as its sender repeats it: later it says that
 *   there is something new once more, as after a correction.
 * - What is the same is decided for each organization by itself.
 */
export const takePush =
  (deps: TakePushDeps): TakePush =>
  async (carrier, push) => {
    const reader = deps.pushReaders.find((one) => one.carrier === carrier);
    if (!reader?.verifies(push)) return err({ code: 'webhook.signature_invalid' });
    const told = reader.numbers(push.text);
    if (!told.ok) return told;
    if (told.value.length > MAX_NUMBERS) return err({ code: 'delivery.unreadable', path: '' });
    const byNumber = new Map(told.value.map((one) => [one.number, one]));
    const found = await deps.door.organizationsOfNumbers(carrier, [...byNumber.keys()]);
    const organizationIds = [...new Set(found.map(({ organizationId }) => organizationId))];
    const pushId = deps.digest(push.text);
    for (const organizationId of organizationIds) {
      const mine = found
        .filter((one) => one.organizationId === organizationId)
        .flatMap(({ number }) => byNumber.get(number) ?? []);
      await keep(deps, { organizationId, reader, pushId }, mine);
    }
    return ok({ organizationIds });
  };

type About = { readonly organizationId: OrganizationId; readonly reader: PushReader; readonly pushId: string };

const keep = async (
  { unitOfWork, ids }: TakePushDeps,
  { organizationId, reader, pushId }: About,
  mine: readonly NumberTold[],
) => {
  const kept = await unitOfWork.run(organizationId, async ({ inbox, now }) =>
    ok(
      await inbox.receiveAll(
        mine.map((told) => ({
          id: ids.next(),
          sourceId: `${CARRIER_SOURCE}:${reader.carrier}`,
          topic: 'tracking',
          deliveryId: `${pushId}:${told.number}${reader.tracked(told) ? '' : `:${hintPeriod(now)}`}`,
          body: JSON.stringify(told),
          receivedAt: now,
        })),
      ),
    ),
  );
  if (!kept.ok) bug(`what a carrier sent could not be kept: ${kept.error.code}`);
};

/** A vendor that wasn't answered repeats itself within minutes. */
const HINT_PERIOD_MS = 15 * 60_000;
const hintPeriod = (now: Date): number => Math.floor(now.getTime() / HINT_PERIOD_MS);
