import { LocationId } from '../inventory/index.js';
import {
  evolvePickup,
  type PickupBooking,
  PickupBookingId,
  pickupStatuses,
  pickupTransitions,
  standingPickup,
} from './pickup-booking.js';

const askedAt = new Date('2026-01-05T09:00:00Z');
const after = (milliseconds: number): Date => new Date(askedAt.getTime() + milliseconds);
const from = { name: 'Quokka', company: null, lines: ['Quokka street 1'], postalCode: '10115', city: 'Berlin' };

const booking: PickupBooking = {
  id: PickupBookingId('pickup'),
  carrier: 'fake',
  accountId: null,
  locationId: LocationId('location'),
  shipmentIds: [],
  wanted: {
    from: { ...from, region: null, countryCode: 'DE', phone: null, email: null },
    parcels: [],
    on: '2026-01-06',
    readyAt: '09:00',
    closesAt: '17:30',
    place: null,
    service: null,
    abroad: false,
  },
  status: 'booking',
  confirmation: null,
  station: null,
  refusal: null,
  askedAt,
  createdAt: askedAt,
  version: 1,
};

describe('a pickup that is being booked', () => {
  it('counts as unknown two minutes after the carrier was asked, and says so, in the same version', () => {
    expect(standingPickup(booking, after(119_999))).toBe(booking);
    expect(standingPickup(booking, after(120_000))).toEqual({
      ...booking,
      status: 'unknown',
      refusal: { code: 'carrier.unknown_outcome', message: 'the pickup was asked for, and not answered yet', path: null },
    });
  });

  it('stays what it became, however long ago', () => {
    const booked: PickupBooking = { ...booking, status: 'booked', confirmation: 'P-1' };
    expect(standingPickup(booked, after(86_400_000))).toBe(booked);
  });
});

const pairs = pickupStatuses.flatMap((status) => pickupStatuses.map((next) => [status, next] as const));
const leads = ([status, next]: (typeof pairs)[number]): boolean => status === next || pickupTransitions[status].includes(next);

describe('a pickup', () => {
  it.each(pairs.filter(leads))('goes from %s to %s, one version on', (status, next) => {
    expect(evolvePickup({ ...booking, status }, { status: next })).toEqual({ ...booking, status: next, version: 2 });
  });

  it.each(pairs.filter((pair) => !leads(pair)))('never goes from %s to %s', (status, next) => {
    expect(() => evolvePickup({ ...booking, status }, { status: next })).toThrow(
      `bug: a pickup can't go from ${status} to ${next}`,
    );
  });
});
