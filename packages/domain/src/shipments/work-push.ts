import { type DueDelivery, err, type OrganizationId, ok, type Refusal, type Result } from '../kernel/index.js';
import type { Carrier } from './carrier.port.js';
import { isMoving } from './follow.js';
import type { NumberTold, PushReader } from './push.port.js';
import type { Shipment } from './shipment.js';
import { CARRIER_SOURCE } from './take-push.js';
import { takeTracked } from './take-tracked.js';
import type { TrackDeps } from './track-due.js';
import { mayTrackAt } from './track-when.js';

type Deps = TrackDeps & { readonly pushReaders: readonly PushReader[] };

/** Understands one delivery of a carrier; answers in a word what became of it. */
export type WorkPush = (organizationId: OrganizationId, delivery: DueDelivery) => Promise<Result<string, Refusal>>;

/**
 * Takes in what a carrier sent about a number: its scans where they can be believed, as if it had been asked; elsewhere the carrier is asked
 * as soon as it may be. A number is used again after some months: the youngest shipment of it is meant.
 */
export const workPush =
  (deps: Deps): WorkPush =>
  async (organizationId, { sourceId, body }) => {
    const code = sourceId.slice(CARRIER_SOURCE.length + 1);
    const reader = deps.pushReaders.find(({ carrier }) => carrier === code);
    const carrier = await deps.carriers.find(organizationId, { carrier: code, accountId: null });
    if (!reader || !carrier) return err({ code: 'carrier.unknown' });
    const told = JSON.parse(body) as NumberTold;
    const shipment = await deps.unitOfWork.read(organizationId, async ({ shipments }) =>
      youngest(await shipments.byNumbers({ carrier: code, accountId: null }, [told.number])),
    );
    if (!shipment) return ok('unused');
    const tracked = reader.tracked(told);
    if (!tracked) return askSoon(deps, organizationId, { shipment, carrier });
    const taken = await takeTracked(deps)({ organizationId }, { carrier, told: [{ shipment, tracked }], asked: false });
    return taken.ok ? ok('tracked') : taken;
  };

const youngest = (shipments: readonly Shipment[]): Shipment | undefined =>
  shipments.toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())[0];

type About = { readonly shipment: Shipment; readonly carrier: Carrier };

const askSoon = async (
  { unitOfWork }: Deps,
  organizationId: OrganizationId,
  { shipment, carrier }: About,
): Promise<Result<string, Refusal>> =>
  unitOfWork.run(organizationId, async ({ shipments, now }) => {
    if (!isMoving(shipment)) return ok('unused');
    // While its carrier doesn't answer, it isn't asked sooner because it tells something by itself.
    if (shipment.trackFailures > 0) return ok('asked');
    const again = mayTrackAt(shipment, carrier.supports);
    await shipments.putOffTracking([{ id: shipment.id, until: again && again > now ? again : now }]);
    return ok('asked');
  });
