import { shipmentStatuses } from './shipment.js';
import { type TrackingStatus, trackingStatuses } from './standing.js';
import { inOrder, momentOf, shipmentStatusOf, standingOf, type TrackingEvent } from './tracking.js';

const scan = (hour: number, status: TrackingStatus | null, facts: Partial<TrackingEvent> = {}): TrackingEvent => ({
  at: { local: `2026-01-05T${String(hour).padStart(2, '0')}:00:00`, utcOffsetMinutes: 60 },
  code: status ?? 'XX',
  status,
  description: '',
  place: 'Leipzig',
  ...facts,
});

describe('scans', () => {
  it('are put in the order of time, whatever the clocks on the walls were', () => {
    const tokyo = scan(14, 'pickedUp', { at: { local: '2026-01-05T14:00:00', utcOffsetMinutes: 540 } });
    const leipzig = scan(7, 'inTransit');
    expect(inOrder([leipzig, tokyo])).toEqual([tokyo, leipzig]);
    expect(momentOf(tokyo.at)).toBe(Date.parse('2026-01-05T05:00:00Z'));
  });

  it('count once however often they are told', () => {
    expect(inOrder([scan(9, 'inTransit'), scan(8, 'pickedUp'), scan(9, 'inTransit')])).toHaveLength(2);
    expect(inOrder([scan(9, 'inTransit'), scan(9, 'inTransit', { place: 'Halle' })])).toHaveLength(2);
  });

  it('of the same moment stay as they came', () => {
    const [first, second] = [scan(9, 'inTransit'), scan(9, 'outForDelivery')];
    expect(inOrder([first, second])).toEqual([first, second]);
  });
});

describe('where a parcel stands', () => {
  it.each<[string, readonly TrackingEvent[], TrackingStatus | null]>([
    ['is not known without a scan', [], null],
    ['is what the latest scan says', [scan(9, 'outForDelivery'), scan(8, 'pickedUp')], 'outForDelivery'],
    ['stays what it was under a code that says nothing', [scan(8, 'inTransit'), scan(9, null)], 'inTransit'],
    ['is delivered by the last scan', [scan(8, 'inTransit'), scan(9, 'delivered')], 'delivered'],
    ['is returned when it was sent back and arrived there', [scan(8, 'returned'), scan(9, 'delivered')], 'returned'],
  ])('%s', (_, events, status) => {
    expect(standingOf(events)).toBe(status);
  });

  it('has a shipment status for each, save what says only that a label was made', () => {
    for (const status of trackingStatuses) {
      const shipment = shipmentStatusOf[status];
      if (status === 'announced') expect(shipment).toBeNull();
      else expect(shipmentStatuses.slice(shipmentStatuses.indexOf('pickedUp'))).toContain(shipment);
    }
  });
});
