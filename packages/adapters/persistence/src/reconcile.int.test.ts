import { fewestLocations, type OrganizationId, placeOrders, receiveStock, reconcileAll } from '@rappit/domain';
import pg from 'pg';
import {
  callerOf,
  digest,
  draftOf,
  newOrganization,
  openWorld,
  requestOf,
  skuOf,
  stocked,
  type TestWorld,
} from './test-world.test-kit.js';

const sku = skuOf('BOOKED');

describe('reconciling finds what was planted', () => {
  let world: TestWorld;
  let admin: pg.Client;
  let organizationId: OrganizationId;
  beforeEach(async () => {
    world = await openWorld('planted');
    admin = new pg.Client(world.database.superuserUrl);
    await admin.connect();
    organizationId = await newOrganization(world);
    const locationId = await stocked(world, organizationId, sku, 5);
    const deps = { unitOfWork: world.persistence.unitOfWork, ids: world.ids, policy: fewestLocations };
    await placeOrders(world.persistence)(organizationId, [requestOf(draftOf([['BOOKED', 2]]))]);
    await receiveStock(deps)(callerOf(organizationId), { sku, locationId, quantity: 1, reference: null });
  });
  afterEach(async () => {
    await admin.end();
    await world.persistence.close();
  });

  const found = () => reconcileAll({ unitOfWork: world.persistence.unitOfWork, digest })(organizationId);

  it('nothing, while the books hold', async () => {
    expect(await found()).toMatchObject({ levels: [], lines: [], complete: true, chains: { levels: 1, entries: 3, faults: [] } });
    expect(await world.persistence.doors.booksOfAll()).toEqual({
      oversoldUnits: 0,
      ledgerDriftUnits: 0,
      orphanedReservations: 0,
    });
  });

  it.each([
    [
      'a changed counter',
      'UPDATE stock_levels SET on_hand = on_hand + 4',
      { levels: [{ invariant: 'I3', what: 'onHand', expected: 6, found: 10 }] },
    ],
    [
      'a missing row of the ledger',
      'DELETE FROM movements WHERE number = 2',
      { chains: { faults: [{ number: 2, fault: 'missing' }] } },
    ],
    [
      'the newest row missing',
      'DELETE FROM movements WHERE number = 3',
      { chains: { faults: [{ number: 3, fault: 'missing' }] } },
    ],
    [
      'an altered row',
      `UPDATE movements SET reason = 'gift' WHERE number = 1`,
      { levels: [], chains: { faults: [{ number: 1, fault: 'altered' }] } },
    ],
    [
      'a row altered together with its hash',
      `UPDATE movements SET hash = repeat('0', 64) WHERE number = 3`,
      { chains: { faults: [{ number: 3, fault: 'altered' }] } },
    ],
    ['all rows of a level gone', 'DELETE FROM movements', { chains: { faults: [{ number: 1, fault: 'missing' }] } }],
    [
      'a level gone from under its ledger and its promises',
      'DELETE FROM stock_levels',
      {
        levels: [
          { invariant: 'I2', expected: 2, found: 0 },
          { invariant: 'I3', what: 'onHand', expected: 6, found: 0 },
          { invariant: 'I3', what: 'reserved', expected: 2, found: 0 },
        ],
      },
    ],
    [
      'a line that claims another promise',
      'UPDATE order_lines SET reserved = 1, backordered = 1',
      { lines: [{ invariant: 'I2', expected: 2, found: 1 }] },
    ],
    [
      'a line that claims goods on a return that nobody asked for',
      `UPDATE order_lines SET reserved = 0, shipped = 2, on_returns = 1, returned = 1; DELETE FROM reservations`,
      {
        lines: [
          { invariant: 'returns', expected: 0, found: 1 },
          { invariant: 'returns', expected: 0, found: 1 },
        ],
      },
    ],
    [
      'more promised than is there',
      'ALTER TABLE stock_levels DROP CONSTRAINT stock_levels_i1; UPDATE stock_levels SET reserved = 9',
      { levels: [{ invariant: 'I1', expected: 6, found: 9 }, { invariant: 'I2' }, { invariant: 'I3' }] },
    ],
    [
      'a reservation without its order',
      'DELETE FROM order_lines; DELETE FROM orders',
      { lines: [{ invariant: 'I2', expected: 2, found: 0 }] },
    ],
  ])('%s', async (_, sql, difference) => {
    await admin.query(sql);
    expect(await found()).toMatchObject(difference);
    const books = await world.persistence.doors.booksOfAll();
    expect(books.oversoldUnits + books.ledgerDriftUnits + books.orphanedReservations).toBeGreaterThan(0);
  });
});
