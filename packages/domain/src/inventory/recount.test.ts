import { here, MUG, occasion, PLATE, reservation, shelf, there } from './inventory.test-kit.js';
import { adjust, receive, restock } from './recount.js';
import { type Reservation, ReservationId } from './reservation.js';
import type { Sku } from './sku.js';
import { openBooks } from './stock-change.js';

const place = { sku: MUG, locationId: here };
const books = (onHand: number, reserved: number) => openBooks([shelf({ onHand, reserved }).level]);

/** Open reservations in the order in which they may break. */
const breakable = (...facts: readonly (Partial<Reservation> & { readonly quantity: number })[]): readonly Reservation[] =>
  facts.map((one, index) => reservation({ id: ReservationId(`r${index + 1}`), orderId: `o${index + 1}`, ...one }));

const adjusted = (onHand: number, delta: number, open: readonly Reservation[], kitParts: readonly Reservation[] = []) => {
  const stock = books(
    onHand,
    open.reduce((sum, { quantity }) => sum + quantity, 0),
  );
  const { change, broken } = adjust(stock, occasion(), { ...place, delta, reason: 'loss' }, { here: open, kitParts });
  return { change, level: stock.level(place), broken: broken.map(({ orderId, quantity }) => `${quantity} of ${orderId}`) };
};

it('receive books goods that arrived, on account of their document', () => {
  const stock = books(2, 1);
  const reference = { kind: 'document', id: 'PO-7' } as const;
  expect(receive(stock, occasion(), { ...place, quantity: 5, reference })).toMatchObject({
    movements: [{ kind: 'receipt', onHandDelta: 5, reservedDelta: 0, onHandAfter: 7, reservedAfter: 1, reference }],
    opened: [],
    exits: [],
  });
});

it('restock books goods that came back, on account of their return', () => {
  const stock = books(2, 1);
  const change = restock(stock, occasion(), { ...place, quantity: 5, returnId: 'RMA-7' });
  const reference = { kind: 'return', id: 'RMA-7' };
  expect(change).toMatchObject({
    movements: [{ kind: 'restock', onHandDelta: 5, reservedDelta: 0, onHandAfter: 7, reservedAfter: 1, reference }],
    opened: [],
    exits: [],
  });
});

describe('adjust', () => {
  it.each([
    ['found', 3, 13],
    ['lost what nobody was promised', -6, 4],
  ])('breaks nothing when goods are %s', (_, delta, onHand) => {
    expect(adjusted(10, delta, breakable({ quantity: 4 }))).toMatchObject({ level: { onHand, reserved: 4 }, broken: [] });
  });

  it('breaks only the missing units, in the order given, and splits the last one', () => {
    const { level, broken, change } = adjusted(10, -5, breakable({ quantity: 3 }, { quantity: 4 }, { quantity: 3 }));
    expect(broken).toEqual(['3 of o1', '2 of o2']);
    expect(level).toMatchObject({ onHand: 5, reserved: 5 });
    expect(change.splits).toMatchObject([{ id: 'r2', of: 4, off: { quantity: 2 } }]);
    expect(change.exits.map(({ id, quantity, to }) => ({ id, quantity, to }))).toEqual([
      { id: 'r1', quantity: 3, to: 'broken' },
      { id: change.splits[0]?.off.id, quantity: 2, to: 'broken' },
    ]);
  });

  it('breaks everything when everything is gone', () => {
    expect(adjusted(10, -10, breakable({ quantity: 4 }, { quantity: 6 }))).toMatchObject({
      level: { onHand: 0, reserved: 0 },
      broken: ['4 of o1', '6 of o2'],
    });
  });

  it('takes even units whose label is being bought, and hands them back first', () => {
    const { change, broken } = adjusted(2, -1, breakable({ quantity: 2, shipmentId: 's1' }));
    expect(broken).toEqual(['1 of o1']);
    expect(change.pins).toEqual([{ id: change.splits[0]?.off.id, shipmentId: null }]);
  });

  it('books the breaks first and the count last, so that I1 holds after each movement', () => {
    const { change } = adjusted(4, -3, breakable({ quantity: 4 }));
    expect(change.movements.map(({ kind, onHandAfter, reservedAfter }) => [kind, onHandAfter, reservedAfter])).toEqual([
      ['break', 4, 1],
      ['adjustment', 1, 1],
    ]);
    expect(change.movements.at(-1)).toMatchObject({ reason: 'loss', onHandDelta: -3, reservedDelta: 0 });
  });

  it('stops when more would be taken away than is on hand', () => {
    expect(() => adjusted(2, -3, [])).toThrow('an adjustment would leave -1 on hand');
  });

  it('stops when a promise has no reservation (I2)', () => {
    const change = { ...place, delta: -3, reason: 'loss' };
    expect(() => adjust(books(4, 4), occasion(), change, { here: breakable({ quantity: 1 }), kitParts: [] })).toThrow(
      'I2: 2 promised units have no open reservation',
    );
  });
});

describe('a kit of which a part is lost', () => {
  const stock = (mugs: number, plates: number) =>
    openBooks([
      shelf({ sku: MUG, onHand: mugs, reserved: mugs }).level,
      shelf({ sku: PLATE, onHand: plates, reserved: plates }).level,
    ]);
  const part = (sku: Sku, quantity: number, facts: Partial<Reservation> = {}) =>
    reservation({ id: ReservationId(`${sku} ${quantity}`), sku, quantity, unitQuantity: sku === MUG ? 2 : 1, ...facts });
  const lose = (delta: number, here: readonly Reservation[], kitParts: readonly Reservation[], on = stock(6, 3)) =>
    adjust(on, occasion(), { ...place, delta, reason: 'loss' }, { here, kitParts }).change;

  it('breaks whole: as many kits as the missing units touch, and their other parts are free again', () => {
    const { splits, exits, movements } = lose(-3, [part(MUG, 6)], [part(MUG, 6), part(PLATE, 3)]);
    expect(splits.map(({ of, off }) => [of, off.sku, off.quantity])).toEqual([
      [6, MUG, 4],
      [3, PLATE, 2],
    ]);
    expect(exits.map(({ quantity, to }) => [quantity, to])).toEqual([
      [4, 'broken'],
      [2, 'released'],
    ]);
    expect(movements.map(({ kind, sku, reservedDelta, reason }) => [kind, sku, reservedDelta, reason])).toEqual([
      ['break', MUG, -4, null],
      ['release', PLATE, -2, 'kitBroken'],
      ['adjustment', MUG, 0, 'loss'],
    ]);
  });

  it('leaves the parts of other lines, of other locations and of other shipments where they are', () => {
    const others = [
      part(PLATE, 1, { orderLineId: 'l2' }),
      part(PLATE, 2, { locationId: there }),
      part(PLATE, 3, { shipmentId: 's1' }),
    ];
    const mine = part(PLATE, 1, { id: ReservationId('mine') });
    const { exits } = lose(-2, [part(MUG, 2)], [...others, mine], stock(2, 1));
    expect(exits.map(({ id, to }) => [id, to])).toEqual([
      ['MUG 2', 'broken'],
      ['mine', 'released'],
    ]);
  });

  it('lets go of a shipment that is being bought', () => {
    const bought = { shipmentId: 's1' };
    const { pins } = lose(-2, [part(MUG, 2, bought)], [part(PLATE, 1, bought)], stock(2, 1));
    expect(pins).toEqual([
      { id: 'MUG 2', shipmentId: null },
      { id: 'PLATE 1', shipmentId: null },
    ]);
  });
});
