import { type Caller, err, ok, type Result, type RunRefusal } from '../kernel/index.js';
import type { AskRefused, Carrier } from './carrier.port.js';
import type { CarrierUnknown } from './carriers.port.js';
import { numbersOf } from './follow.js';
import { evolveShipment, type Shipment, type ShipmentId, type ShipmentNotFound } from './shipment.js';
import { takeTracked } from './take-tracked.js';
import { afterFailure, ask, type TrackDeps } from './track-due.js';
import { mayTrackAt, TRACK_PAUSE_MS } from './track-when.js';

/** There is no number yet to ask for. */
export type NotLabelled = { readonly code: 'shipment.not_labelled' };
/** Its carrier was asked a moment ago. It may be asked again at `mayTrackAt`. */
export type TrackedRecently = {
  readonly code: 'shipment.tracked_recently';
  readonly mayTrackAt: Date;
  readonly retryAfterSeconds: number;
};
export type TrackRefused = ShipmentNotFound | NotLabelled | TrackedRecently | CarrierUnknown | AskRefused | RunRefusal;

export type TrackNow = (caller: Caller, id: ShipmentId) => Promise<Result<Shipment, TrackRefused>>;

/**
 * Asks the carrier of one shipment where it is, as often as the carrier allows.
 * - The turn is taken before the carrier is asked, so that of two who ask at once one does; where the carrier doesn't answer, it is given back.
 * - Under an idempotency key a repeated request is answered with the shipment as it is, and asks only where the first one came to nothing.
 */
export const trackNow =
  (deps: TrackDeps): TrackNow =>
  async (caller, id) => {
    const seen = await deps.unitOfWork.read(caller.organizationId, ({ shipments }) => shipments.find(id));
    if (!seen) return err({ code: 'shipment.not_found' });
    const carrier = await deps.carriers.find(caller.organizationId, seen);
    if (!carrier) return err({ code: 'carrier.unknown' });
    const turn = await takeTurn(deps, caller, carrier, id);
    if (turn.ok) return track(deps, caller, carrier, turn.value.shipment);
    const { error } = turn;
    if (error.code !== 'idempotency.replayed' || error.answer.resource === null) return turn;
    const again = await takeTurn(deps, { organizationId: caller.organizationId, actor: caller.actor }, carrier, id);
    if (again.ok) return track(deps, caller, carrier, again.value.shipment);
    return again.error.code === 'shipment.tracked_recently' ? ok(seen) : again;
  };

const takeTurn = (deps: TrackDeps, { organizationId, once }: Caller, { supports }: Carrier, id: ShipmentId) =>
  deps.unitOfWork.run<{ readonly shipment: Shipment }, TrackRefused>(
    organizationId,
    async ({ shipments, now }) => {
      const shipment = await shipments.lock(id);
      if (!shipment) return err({ code: 'shipment.not_found' });
      if (shipment.trackingNumber === null) return err({ code: 'shipment.not_labelled' });
      const again = mayTrackAt(shipment, supports);
      if (again && again > now) {
        const retryAfterSeconds = Math.ceil((again.getTime() - now.getTime()) / 1_000);
        return err({ code: 'shipment.tracked_recently', mayTrackAt: again, retryAfterSeconds });
      }
      await shipments.saveTracked([
        evolveShipment(shipment, { trackedAt: now, trackAt: new Date(now.getTime() + TRACK_PAUSE_MS) }),
      ]);
      return ok({ shipment });
    },
    once,
  );

/** `shipment` is as it was before the turn was taken. */
const track = async (
  deps: TrackDeps,
  { organizationId }: Caller,
  carrier: Carrier,
  shipment: Shipment,
): Promise<Result<Shipment, TrackRefused>> => {
  const numbers = numbersOf(shipment, carrier.supports);
  const atOnce = Math.max(1, carrier.supports.trackAtOnce);
  for (let from = 0; from < numbers.length; from += atOnce) {
    const told = await ask(
      carrier,
      numbers.slice(from, from + atOnce).map((number) => ({ shipment, number })),
    );
    if (!told.ok) return giveBack(deps, organizationId, shipment, told);
    const taken = await takeTracked(deps)({ organizationId }, { carrier, told: told.value, asked: true });
    if (!taken.ok) return taken;
  }
  const now = await deps.unitOfWork.read(organizationId, ({ shipments }) => shipments.find(shipment.id));
  return now ? ok(now) : err({ code: 'shipment.not_found' });
};

/** The turn is given back, so that a person may ask at once; by itself the carrier isn't asked so soon. */
const giveBack = async (
  { unitOfWork }: TrackDeps,
  organizationId: Caller['organizationId'],
  { id, trackedAt }: Shipment,
  refused: Extract<Awaited<ReturnType<typeof ask>>, { readonly ok: false }>,
): Promise<typeof refused> => {
  await unitOfWork.run(organizationId, async ({ shipments, now }) => {
    const shipment = await shipments.lock(id);
    if (!shipment) return ok(undefined);
    const { until: trackAt, failures: trackFailures } = afterFailure(shipment, refused.error, now);
    return ok(await shipments.saveTracked([evolveShipment(shipment, { trackedAt, trackAt, trackFailures })]));
  });
  return refused;
};
