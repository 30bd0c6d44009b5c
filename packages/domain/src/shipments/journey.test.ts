import { journeyOf, mergeScans, statusOfParcels } from './journey.js';
import type { ShipmentStatus } from './shipment.js';
import type { TrackingStatus } from './standing.js';
import type { TrackingEvent } from './tracking.js';

const scan = (hour: number, status: TrackingStatus | null, facts: Partial<TrackingEvent> = {}): TrackingEvent => ({
  at: { local: `2026-01-05T${String(hour).padStart(2, '0')}:00:00`, utcOffsetMinutes: 60 },
  code: status ?? 'XX',
  status,
  description: '',
  place: 'Leipzig',
  ...facts,
});

describe('scans that are merged', () => {
  const [picked, moved] = [scan(8, 'pickedUp'), scan(9, 'inTransit')];

  it('are kept once, and say which of them are new', () => {
    expect(mergeScans([picked], [moved, picked, moved])).toEqual({ scans: [picked, moved], changed: [moved] });
    expect(mergeScans([picked, moved], [moved, picked]).changed).toEqual([]);
  });

  it('are the same with and without the distance of their clock from UTC, which is kept once it is known', () => {
    const bare = { ...moved, at: { ...moved.at, utcOffsetMinutes: null } };
    expect(mergeScans([bare], [moved])).toEqual({ scans: [moved], changed: [moved] });
    expect(mergeScans([moved], [bare])).toEqual({ scans: [moved], changed: [] });
  });

  it('differ by their code and their place', () => {
    const others = [scan(9, 'inTransit', { place: 'Halle' }), scan(9, 'inTransit', { code: 'AF' })];
    expect(mergeScans([moved], others).changed).toEqual(others);
  });
});

describe('the journey of a parcel', () => {
  it.each<[string, readonly TrackingEvent[], TrackingStatus | null]>([
    ['begins with nothing', [], null],
    ['is announced before it moves', [scan(7, 'announced')], 'announced'],
    ['goes on with each scan', [scan(8, 'pickedUp'), scan(9, 'inTransit'), scan(10, 'outForDelivery')], 'outForDelivery'],
    ['leaves scans out, as carriers do', [scan(10, 'delivered')], 'delivered'],
    ['goes on after an exception', [scan(9, 'deliveryFailed'), scan(10, 'inTransit')], 'inTransit'],
    ['doesn’t go back to the depot without a reason', [scan(9, 'outForDelivery'), scan(10, 'inTransit')], 'outForDelivery'],
    ['names the finest of words of one kind', [scan(9, 'outForDelivery'), scan(10, 'readyForPickup')], 'readyForPickup'],
    ['ends with its delivery, whatever is scanned later', [scan(9, 'delivered'), scan(10, 'inTransit')], 'delivered'],
    ['ends returned when it was sent back and arrives there', [scan(9, 'returned'), scan(10, 'delivered')], 'returned'],
    ['ends returned when it is sent back after its delivery', [scan(9, 'delivered'), scan(10, 'returned')], 'returned'],
    ['passes over codes that say nothing', [scan(8, 'inTransit'), scan(9, null)], 'inTransit'],
    ['goes by time, whatever order it is told in', [scan(10, 'inTransit'), scan(9, 'deliveryFailed')], 'inTransit'],
  ])('%s', (_, scans, standing) => {
    expect(journeyOf(scans)).toBe(standing);
    expect(journeyOf([...scans].reverse())).toBe(standing);
  });

  it('goes by moments, whatever the clocks on the walls were', () => {
    const tokyo = scan(14, 'deliveryFailed', { at: { local: '2026-01-05T14:00:00', utcOffsetMinutes: 540 } });
    expect(journeyOf([scan(7, 'inTransit'), tokyo])).toBe('inTransit');
  });
});

describe('a shipment of several parcels', () => {
  it.each<[string, readonly (TrackingStatus | null)[], ShipmentStatus]>([
    ['is delivered when all of them are', ['delivered', 'delivered'], 'delivered'],
    ['is on its way while one is', ['delivered', 'inTransit'], 'inTransit'],
    ['is on its way when one has arrived that others were never seen after', ['delivered', null], 'inTransit'],
    ['is as far as the farthest', [null, 'pickedUp'], 'pickedUp'],
    ['is an exception when one is', ['outForDelivery', 'damaged', 'delivered'], 'exception'],
    ['is returned when all came back', ['returned', 'returned'], 'returned'],
    ['is returned when all have arrived and one came back', ['returned', 'delivered'], 'returned'],
    ['is on its way while the others are, though one came back', ['returned', 'outForDelivery'], 'outForDelivery'],
    ['is labelled before any was seen', [null, 'announced'], 'labelled'],
  ])('%s', (_, parcels, status) => {
    expect(statusOfParcels(parcels)).toBe(status);
    expect(statusOfParcels([...parcels].reverse())).toBe(status);
  });
});
