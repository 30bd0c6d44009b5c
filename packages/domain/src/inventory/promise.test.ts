import { here, MUG, occasion, reservation, shelf, there } from './inventory.test-kit.js';
import { leave, reserve, split } from './promise.js';
import { ReservationId } from './reservation.js';
import { openBooks } from './stock-change.js';

const books = (onHand: number, reserved: number) => openBooks([shelf({ onHand, reserved }).level]);

describe('reserve', () => {
  it('opens a reservation for each take, and books what is promised, not what is there', () => {
    const stock = books(10, 2);
    const { opened, movements } = reserve(
      stock,
      occasion(),
      [{ lineId: 'l1', sku: MUG, quantity: 3, locationId: here }],
      'o1',
      null,
    );
    expect(opened).toMatchObject([{ orderId: 'o1', orderLineId: 'l1', quantity: 3, status: 'open', shipmentId: null }]);
    expect(movements).toMatchObject([
      {
        kind: 'reserve',
        onHandDelta: 0,
        reservedDelta: 3,
        onHandAfter: 10,
        reservedAfter: 5,
        reference: { kind: 'order', id: 'o1' },
      },
    ]);
    expect(stock.level({ sku: MUG, locationId: here })).toMatchObject({ onHand: 10, reserved: 5 });
  });

  it('stops at a promise of more than there is (I1)', () => {
    const takes = [{ lineId: 'l1', sku: MUG, quantity: 3, locationId: here }];
    expect(() => reserve(books(4, 2), occasion(), takes, 'o1', null)).toThrow(
      'I1: reserve of MUG would leave 5 reserved of 4 on hand',
    );
  });

  it('stops at a level that nobody locked', () => {
    const takes = [{ lineId: 'l1', sku: MUG, quantity: 1, locationId: there }];
    expect(() => reserve(books(4, 0), occasion(), takes, 'o1', null)).toThrow('no level of MUG at there was locked');
  });
});

describe('leave', () => {
  it.each([
    ['consumed', 'consume', -3, 7],
    ['released', 'release', 0, 10],
    ['expired', 'expire', 0, 10],
    ['broken', 'break', 0, 10],
  ] as const)('%s is booked as %s: on hand changes by %d', (exit, kind, onHandDelta, onHandAfter) => {
    const { exits, movements } = leave(books(10, 3), occasion(), [reservation({ quantity: 3 })], exit, null);
    expect(exits).toEqual([{ id: 'r1', quantity: 3, to: exit, at: occasion().at }]);
    expect(movements).toMatchObject([{ kind, onHandDelta, reservedDelta: -3, onHandAfter, reservedAfter: 0 }]);
  });

  it('of what was shipped refers to the shipment, of anything else to the order', () => {
    const pinned = reservation({ quantity: 1, shipmentId: 's1' });
    const references = [
      leave(books(1, 1), occasion(), [pinned], 'consumed', null),
      leave(books(1, 1), occasion(), [reservation({ quantity: 1 })], 'released', 'other'),
    ];
    expect(references.map(({ movements }) => movements[0]?.reference)).toEqual([
      { kind: 'shipment', id: 's1' },
      { kind: 'order', id: 'o1' },
    ]);
  });

  it('happens once (I5)', () => {
    expect(() => leave(books(1, 1), occasion(), [reservation({ quantity: 1, status: 'released' })], 'consumed', null)).toThrow(
      'I5: reservation r1 has left open before',
    );
  });

  it.each(['released', 'expired', 'broken'] as const)('never lets a pinned reservation be %s', (exit) => {
    expect(() => leave(books(1, 1), occasion(), [reservation({ quantity: 1, shipmentId: 's1' })], exit, null)).toThrow(
      'pinned to a shipment',
    );
  });
});

describe('split', () => {
  it('parts units off as a reservation of the same line, open and as old', () => {
    const whole = reservation({ quantity: 5, shipmentId: 's1' });
    const { change, off } = split(occasion(), whole, 2);
    expect(off).toEqual({ ...whole, id: ReservationId('id-1'), quantity: 2 });
    expect(change).toEqual({ splits: [{ id: 'r1', of: 5, off }], pins: [], keeps: [], exits: [], opened: [], movements: [] });
  });

  it.each([0, -1, 5, 6])('does not part %d off 5', (units) => {
    expect(() => split(occasion(), reservation({ quantity: 5 }), units)).toThrow(`can't part ${units} off a reservation of 5`);
  });
});
