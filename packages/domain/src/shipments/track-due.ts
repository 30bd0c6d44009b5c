import { type OrganizationId, ok, type Result } from '../kernel/index.js';
import type { AskRefused, Carrier } from './carrier.port.js';
import type { AccountOfCarrier, Carriers } from './carriers.port.js';
import { numbersOf, type Told } from './follow.js';
import type { Shipment } from './shipment.js';
import { type TakeDeps, takeTracked } from './take-tracked.js';
import { leftAloneUntil, TRACK_PAUSE_MS, trackAgainAt, unlessOld } from './track-when.js';

export type TrackDeps = TakeDeps & { readonly carriers: Carriers };

/** How many shipments were due and mine, and how many carriers and accounts didn't answer. */
export type TrackedDue = { readonly due: number; readonly unanswered: number };
/** Asks for up to so many shipments where they are. */
export type TrackDue = (organizationId: OrganizationId) => Promise<TrackedDue>;

const AT_ONCE = 100;
const DAY_MS = 86_400_000;

/**
 * Asks the carriers of an organization's due shipments where they are, as many in one call as the carrier answers.
 * - Each shipment is put off before its carrier is asked, so that nobody else asks meanwhile; what isn't answered is asked for again later, and
 *   the later the oftener it wasn't.
 * - Carriers and accounts are asked beside each other, and one that fails holds up its own shipments only.
 * - Where a carrier says when it may be asked again, nothing else is asked of it on that account before.
 */
export const trackDue =
  (deps: TrackDeps): TrackDue =>
  async (organizationId) => {
    const claimed = await deps.unitOfWork.run(organizationId, async ({ shipments, now }) =>
      ok(await shipments.claimToTrack(AT_ONCE, new Date(now.getTime() + TRACK_PAUSE_MS))),
    );
    if (!claimed.ok) return { due: 0, unanswered: 0 };
    const groups = new Map<string, readonly Shipment[]>();
    for (const shipment of claimed.value) {
      const account = `${shipment.carrier} ${shipment.accountId ?? ''}`;
      groups.set(account, [...(groups.get(account) ?? []), shipment]);
    }
    const answered = await Promise.all([...groups.values()].map((shipments) => trackTogether(deps, organizationId, shipments)));
    return { due: claimed.value.length, unanswered: answered.filter((one) => !one).length };
  };

/** Of one carrier, on one account. After a call that wasn't answered no other is made. */
const trackTogether = async (
  deps: TrackDeps,
  organizationId: OrganizationId,
  shipments: readonly Shipment[],
): Promise<boolean> => {
  const [first] = shipments;
  const carrier = first && (await deps.carriers.find(organizationId, first));
  if (!carrier || carrier.supports.trackAtOnce === 0) {
    await putOffADay(deps, organizationId, shipments);
    return true;
  }
  const asked = shipments.flatMap((shipment) => numbersOf(shipment, carrier.supports).map((number) => ({ shipment, number })));
  for (let from = 0; from < asked.length; from += carrier.supports.trackAtOnce) {
    const told = await ask(carrier, asked.slice(from, from + carrier.supports.trackAtOnce));
    if (!told.ok) {
      const answered = new Set(asked.slice(0, from).map(({ shipment }) => shipment.id));
      await putOff(deps, organizationId, {
        account: first,
        shipments: shipments.filter(({ id }) => !answered.has(id)),
        refused: told.error,
      });
      return false;
    }
    await takeTracked(deps)({ organizationId }, { carrier, told: told.value, asked: true });
  }
  return true;
};

type Unanswered = { readonly account: AccountOfCarrier; readonly shipments: readonly Shipment[]; readonly refused: AskRefused };

/** Of these nothing was heard: neither of what was asked for, nor of what wasn't asked for any more. */
const putOff = async (
  { unitOfWork }: TrackDeps,
  organizationId: OrganizationId,
  { account, shipments: unanswered, refused }: Unanswered,
): Promise<void> => {
  await unitOfWork.run(organizationId, async ({ shipments, now }) => {
    await shipments.putOffTracking(unanswered.map((one) => ({ id: one.id, ...afterFailure(one, refused, now) })));
    const retryAfter = retryAfterOf(refused);
    if (retryAfter !== undefined) await shipments.putOffAccount(account, leftAloneUntil(retryAfter, now));
    return ok(null);
  });
};

/** When its carrier is asked again, after one failure more. */
export const afterFailure = (shipment: Shipment, refused: AskRefused, now: Date) => ({
  until: trackAgainAt(shipment, retryAfterOf(refused), now),
  failures: shipment.trackFailures + 1,
});

const retryAfterOf = (refused: AskRefused): number | undefined =>
  refused.code === 'carrier.unavailable' ? refused.retryAfterSeconds : undefined;

/** Nobody can say where these are: their account is gone, or their carrier doesn't track. */
const putOffADay = async (
  { unitOfWork }: TrackDeps,
  organizationId: OrganizationId,
  shipments: readonly Shipment[],
): Promise<void> => {
  await unitOfWork.run(organizationId, async (stores) => {
    const tomorrow = new Date(stores.now.getTime() + DAY_MS);
    return ok(await stores.shipments.putOffTracking(shipments.map((one) => ({ id: one.id, until: unlessOld(one, tomorrow) }))));
  });
};

type Asked = { readonly shipment: Shipment; readonly number: string };

/** What a carrier says of some numbers, each for its shipment. */
export const ask = async (carrier: Carrier, asked: readonly Asked[]): Promise<Result<readonly Told[], AskRefused>> => {
  const tracked = await carrier.track(asked.map(({ number }) => number));
  if (!tracked.ok) return tracked;
  return ok(
    tracked.value.flatMap((one, index) => {
      const of = asked[index];
      return of && of.number === one.trackingNumber ? [{ shipment: of.shipment, tracked: one }] : [];
    }),
  );
};
