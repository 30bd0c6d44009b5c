import type { Shipment } from './shipment.js';
import { FOLLOWED_FOR_DAYS, isToTrack, mayTrackAt, NEVER, nextTrackAt, trackAgainAt } from './track-when.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const soldAt = new Date('2026-01-05T09:00:00Z');
const after = (ms: number): Date => new Date(soldAt.getTime() + ms);

const shipment = (facts: Partial<Shipment> = {}): Shipment =>
  ({
    id: '01890000-0000-7000-8000-000000000000',
    status: 'inTransit',
    trackingNumber: '1103733901',
    createdAt: soldAt,
    trackedAt: null,
    trackAt: null,
    trackFailures: 0,
    ...facts,
  }) as Shipment;

const hours = (one: Shipment, everyMinutes: number, now: Date): number =>
  (nextTrackAt(one, { trackEveryMinutes: everyMinutes }, now).getTime() - now.getTime()) / MINUTE_MS / 60;

describe('when a carrier is asked where a shipment is', () => {
  it('is never sooner than the carrier allows', () => {
    expect(hours(shipment(), 144, after(0))).toBe(2.4);
    expect(hours(shipment({ status: 'outForDelivery' }), 144, after(20 * DAY_MS))).toBe(2.4);
  });

  it('is the later the older the shipment is, up to half a day, save on the day of its delivery', () => {
    expect(hours(shipment(), 30, after(0))).toBe(0.5);
    expect(hours(shipment(), 30, after(DAY_MS))).toBe(2.4);
    expect(hours(shipment(), 30, after(30 * DAY_MS))).toBe(12);
    expect(hours(shipment({ status: 'outForDelivery' }), 30, after(30 * DAY_MS))).toBe(0.5);
  });

  it.each([
    [0, undefined, 15],
    [1, undefined, 30],
    [3, undefined, 120],
    [6, undefined, 720],
    [5_000, undefined, 720],
    [0, 60, 15],
    [0, 3_600, 60],
    [6, 3_600, 720],
    [0, 1_000_000_000, 1_440],
  ])('is after %i failures and a Retry-After of %p in %i minutes', (trackFailures, seconds, minutes) => {
    expect(trackAgainAt(shipment({ trackFailures }), seconds, after(0))).toEqual(after(minutes * MINUTE_MS));
  });

  it('is spread by up to a fifth, by the end of its id, which is always the same', () => {
    const other = shipment({ id: '01890000-0000-7000-8000-00000000ffff' as Shipment['id'] });
    expect(hours(other, 60, after(0))).toBeGreaterThan(1.19);
    expect(hours(other, 60, after(0))).toBeLessThanOrEqual(1.2);
  });

  it('is never, when the shipment is too old by then', () => {
    const last = after(FOLLOWED_FOR_DAYS * DAY_MS - 60 * MINUTE_MS);
    expect(nextTrackAt(shipment(), { trackEveryMinutes: 60 }, last)).toEqual(NEVER);
    expect(isToTrack(shipment({ trackAt: NEVER }), after(365 * DAY_MS))).toBe(false);
  });

  it('is at once when nobody has said, and when it is due', () => {
    expect(isToTrack(shipment(), after(0))).toBe(true);
    expect(isToTrack(shipment({ trackAt: after(1) }), after(0))).toBe(false);
    expect(isToTrack(shipment({ trackAt: after(1) }), after(1))).toBe(true);
  });

  it.each(['draft', 'purchasing', 'unknown', 'delivered', 'returned', 'cancelled'] as const)(
    'is not at all when it is %s',
    (status) => {
      expect(isToTrack(shipment({ status }), after(DAY_MS))).toBe(false);
    },
  );

  it('is not at all without a number', () => {
    expect(isToTrack(shipment({ trackingNumber: null }), after(DAY_MS))).toBe(false);
  });

  it('may be again when the time of the carrier has passed since it was asked last', () => {
    expect(mayTrackAt(shipment(), { trackEveryMinutes: 144 })).toBeNull();
    expect(mayTrackAt(shipment({ trackedAt: after(0) }), { trackEveryMinutes: 144 })).toEqual(after(144 * MINUTE_MS));
  });
});
