import { isMoving, type Pace } from './follow.js';
import type { Shipment } from './shipment.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A parcel that nobody has seen arrive after so long isn't asked for by itself any more. */
export const FOLLOWED_FOR_DAYS = 60;
/** A time that doesn't come. */
export const NEVER = new Date('9999-12-31T00:00:00.000Z');
/** While somebody asks its carrier, and after that has failed for the first time. */
export const TRACK_PAUSE_MS = 15 * MINUTE_MS;
const LONGEST_PAUSE_MS = DAY_MS;
const SOONEST_MS = 30 * MINUTE_MS;
const LATEST_MS = 12 * HOUR_MS;

/** When the carrier may be asked again: as often as it allows, and not more. */
export const mayTrackAt = ({ trackedAt }: Shipment, { trackEveryMinutes }: Pick<Pace, 'trackEveryMinutes'>): Date | null =>
  trackedAt && new Date(trackedAt.getTime() + trackEveryMinutes * MINUTE_MS);

/** Between 0 and 1, another for each shipment and always the same for one: the end of a UUIDv7 is random. */
const shareOf = ({ id }: Shipment): number => Number.parseInt(id.slice(-4), 16) / 65_536 || 0;

/**
 * When the carrier is asked next: the older a shipment the less often, between half an hour and twelve hours, spread by up to a fifth so
 * that not all are asked for at once, and never sooner than the carrier allows. On the day of its delivery a parcel isn't put off.
 */
export const nextTrackAt = (shipment: Shipment, { trackEveryMinutes }: Pick<Pace, 'trackEveryMinutes'>, now: Date): Date => {
  const ageMs = now.getTime() - shipment.createdAt.getTime();
  const usualMs = shipment.status === 'outForDelivery' ? SOONEST_MS : Math.min(LATEST_MS, ageMs / 10);
  const waitMs = Math.max(SOONEST_MS, trackEveryMinutes * MINUTE_MS, usualMs);
  return unlessOld(shipment, new Date(now.getTime() + Math.ceil(waitMs * (1 + shareOf(shipment) / 5))));
};

const wantedPauseMs = (retryAfterSeconds: number): number => Math.min(LONGEST_PAUSE_MS, retryAfterSeconds * 1_000);

/** Until when nothing is asked of a carrier that said when it may be asked again (`Retry-After`): up to a day. */
export const leftAloneUntil = (retryAfterSeconds: number, now: Date): Date =>
  new Date(now.getTime() + wantedPauseMs(retryAfterSeconds));

/**
 * When a carrier is asked again that didn't answer: after a quarter of an hour, and each time in a row after twice as long, twelve hours at
 * most. Where it said when (`Retry-After`) it isn't asked sooner, up to a day.
 */
export const trackAgainAt = (shipment: Shipment, retryAfterSeconds: number | undefined, now: Date): Date => {
  const usualMs = Math.min(LATEST_MS, TRACK_PAUSE_MS * 2 ** Math.min(shipment.trackFailures, 10));
  const askedMs = wantedPauseMs(retryAfterSeconds ?? 0);
  return unlessOld(shipment, new Date(now.getTime() + Math.ceil(Math.max(usualMs, askedMs) * (1 + shareOf(shipment) / 5))));
};

/** The time, as long as the shipment is followed then. */
export const unlessOld = ({ createdAt }: Shipment, at: Date): Date =>
  at.getTime() < createdAt.getTime() + FOLLOWED_FOR_DAYS * DAY_MS ? at : NEVER;

/** Somebody should ask where it is. */
export const isToTrack = (shipment: Shipment, at: Date): boolean =>
  isMoving(shipment) &&
  shipment.status !== 'delivered' &&
  shipment.trackingNumber !== null &&
  (shipment.trackAt?.getTime() ?? 0) <= at.getTime();
