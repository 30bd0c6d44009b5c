import { LocationId } from '../inventory/index.js';
import { OrderId } from '../orders/index.js';
import {
  carrierReference,
  evolveShipment,
  isToLookUp,
  nextLookUp,
  type Shipment,
  ShipmentId,
  shipmentStatuses,
  shipmentTransitions,
} from './shipment.js';
import { usualOptions } from './shipping-options.js';

const idOf = (hex: string): ShipmentId =>
  ShipmentId(hex.padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));

const shipmentIn = (status: Shipment['status']): Shipment => ({
  id: idOf('1'),
  orderId: OrderId('o1'),
  returnId: null,
  locationId: LocationId('here'),
  lines: [],
  parcels: [],
  carrier: 'simulated',
  accountId: null,
  service: null,
  options: usualOptions,
  status,
  reference: carrierReference(idOf('1')),
  trackingNumber: null,
  parcelNumbers: [],
  warnings: [],
  voidAskedAt: null,
  lookUpAt: null,
  parcelStandings: [],
  trackedAt: null,
  trackAt: null,
  trackFailures: 0,
  cost: null,
  refusal: null,
  short: false,
  attempt: 0,
  purchaseStartedAt: null,
  createdAt: new Date('2026-03-01T12:00:00Z'),
  version: 3,
});

describe('the reference that a carrier knows a purchase by', () => {
  it.each([
    ['0', '0'.repeat(26)],
    ['1', `${'0'.repeat(25)}1`],
    ['1f', `${'0'.repeat(25)}z`],
    ['20', `${'0'.repeat(24)}10`],
    ['f'.repeat(32), `7${'z'.repeat(25)}`],
    ['0192f0c1a2b37c4d8e5f60718293a4b5', '01jbrc38nkfh6rwqv0e619795n'],
  ])('is %s in base32: %s', (hex, reference) => {
    expect(carrierReference(idOf(hex))).toBe(reference);
  });

  it('has 26 characters that survive being printed, scanned and typed: no i, l, o or u', () => {
    for (const hex of ['0', 'deadbeef', '7'.repeat(32), 'f'.repeat(32)])
      expect(carrierReference(idOf(hex))).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
  });

  it('is another for each shipment, and sorts as their ids do', () => {
    const ids = Array.from({ length: 500 }, (_, index) => idOf((2n ** BigInt((index * 7) % 128) + BigInt(index)).toString(16)));
    const sorted = [...new Set(ids)].sort();
    const references = sorted.map(carrierReference);
    expect(new Set(references).size).toBe(sorted.length);
    expect([...references].sort()).toEqual(references);
  });
});

describe('a purchase that nobody settled', () => {
  const begun = new Date('2026-03-01T12:00:00Z');
  const minutes = (count: number) => new Date(begun.getTime() + count * 60_000);
  const under = (status: Shipment['status'], facts: Partial<Shipment> = {}): Shipment => ({
    ...shipmentIn(status),
    purchaseStartedAt: begun,
    ...facts,
  });

  it.each(['purchasing', 'unknown'] as const)('is looked up two minutes after it was begun: %s', (status) => {
    expect(isToLookUp(under(status), minutes(1.99))).toBe(false);
    expect(isToLookUp(under(status), minutes(2))).toBe(true);
  });

  it('is looked up when it was put off to', () => {
    expect(isToLookUp(under('unknown', { lookUpAt: minutes(30) }), minutes(29))).toBe(false);
    expect(isToLookUp(under('unknown', { lookUpAt: minutes(30) }), minutes(30))).toBe(true);
  });

  it('is none in any other state', () => {
    for (const status of shipmentStatuses.filter((one) => one !== 'purchasing' && one !== 'unknown'))
      expect(isToLookUp(under(status, { lookUpAt: begun }), minutes(99))).toBe(false);
  });

  it.each([
    [2, 2],
    [10, 5],
    [90, 45],
    [600, 60],
  ])('is put off after %d minutes by %d', (lasted, later) => {
    expect(nextLookUp(under('unknown'), minutes(lasted))).toEqual(minutes(lasted + later));
  });
});

describe('the shipment machine', () => {
  const pairs = shipmentStatuses.flatMap((from) => shipmentStatuses.map((to) => [from, to] as const));
  const allowed = pairs.filter(([from, to]) => from === to || shipmentTransitions[from].includes(to));

  it.each(allowed)('lets a shipment go from %s to %s, one version on', (from, to) => {
    expect(evolveShipment(shipmentIn(from), { status: to })).toMatchObject({ status: to, version: 4 });
  });

  it('stops every other move', () => {
    const forbidden = pairs.filter((pair) => !allowed.includes(pair));
    expect(forbidden.length).toBeGreaterThan(70);
    for (const [from, to] of forbidden)
      expect(() => evolveShipment(shipmentIn(from), { status: to })).toThrow(`bug: a shipment can't go from ${from} to ${to}`);
  });

  it('leads to a label only through a purchase that was written down', () => {
    expect(shipmentStatuses.filter((from) => shipmentTransitions[from].includes('labelled'))).toEqual(['purchasing', 'unknown']);
    expect(shipmentStatuses.filter((from) => shipmentTransitions[from].includes('purchasing'))).toEqual(['draft']);
  });

  it('lets nobody cancel what may have been bought, or has been picked up', () => {
    expect(shipmentStatuses.filter((from) => shipmentTransitions[from].includes('cancelled'))).toEqual(['draft', 'labelled']);
  });

  it('never moves a parcel back, save out of an exception', () => {
    const journey = ['labelled', 'pickedUp', 'inTransit', 'outForDelivery', 'delivered', 'returned'] as const;
    for (const [index, from] of journey.entries())
      expect(journey.slice(0, index).filter((to) => shipmentTransitions[from].includes(to))).toEqual([]);
    expect(shipmentTransitions.exception).toEqual(['inTransit', 'outForDelivery', 'delivered', 'returned']);
  });

  it('changes facts without a move', () => {
    expect(evolveShipment(shipmentIn('unknown'), { short: true })).toMatchObject({ status: 'unknown', short: true, version: 4 });
  });
});
