import { here, MUG, occasion, reservation, shelf } from './inventory.test-kit.js';
import { levelKey } from './level.js';
import { leave, reserve, split } from './promise.js';
import { receive } from './recount.js';
import { emptyStock, evolveStock, type Stock } from './stock.js';
import { noChange, openBooks, type StockChange, together } from './stock-change.js';

const place = { sku: MUG, locationId: here };
const levelOf = (stock: Stock) => stock.levels.get(levelKey(place));
const booksOf = (stock: Stock) => openBooks([levelOf(stock) ?? shelf({ onHand: 0 }).level]);
const received = (units: number): Stock =>
  evolveStock(emptyStock, receive(booksOf(emptyStock), occasion(), { ...place, quantity: units, reference: null }));

const promised = (() => {
  const stock = received(10);
  return evolveStock(
    stock,
    reserve(booksOf(stock), occasion(), [{ lineId: 'l1', sku: MUG, quantity: 4, locationId: here }], 'o1', null),
  );
})();
const [open] = [...promised.reservations.values()];
if (!open) throw new Error('a reservation was opened');

describe('evolveStock', () => {
  it('begins with nothing, and makes a level with its first movement', () => {
    expect(levelOf(received(10))).toEqual({ sku: MUG, locationId: here, onHand: 10, reserved: 0, safetyStock: 0 });
  });

  it('lets goods arrive, be promised and leave', () => {
    expect(levelOf(promised)).toMatchObject({ onHand: 10, reserved: 4 });
    const shipped = evolveStock(promised, leave(booksOf(promised), occasion(), [open], 'consumed', null));
    expect(levelOf(shipped)).toMatchObject({ onHand: 6, reserved: 0 });
    expect(shipped.reservations.get(open.id)).toMatchObject({ status: 'consumed', endedAt: occasion().at });
  });

  it('leaves the stock before it as it was', () => {
    evolveStock(promised, leave(booksOf(promised), occasion(), [open], 'released', null));
    expect(promised.reservations.get(open.id)).toMatchObject({ status: 'open', endedAt: null });
  });

  it('splits a part off a reservation and pins it in one change', () => {
    const { change, off } = split({ ...occasion(), ids: { next: () => 'the part' } }, open, 1);
    const parted = together([change, { ...noChange, pins: [{ id: off.id, shipmentId: 's1' }] }]);
    const after = evolveStock(promised, parted);
    expect([...after.reservations.values()].map(({ quantity, shipmentId }) => [quantity, shipmentId])).toEqual([
      [3, null],
      [1, 's1'],
    ]);
  });

  const movement = (moved: object): StockChange => {
    const [first] = receive(booksOf(promised), occasion(), { ...place, quantity: 1, reference: null }).movements;
    if (!first) throw new Error('a receipt is a movement');
    return { ...noChange, movements: [{ ...first, ...moved }] };
  };

  it.each([
    ['a level that would go below nothing (I1)', movement({ onHandDelta: -11, onHandAfter: -1 }), 'I1'],
    [
      'a promise of more than there is (I1)',
      movement({ onHandDelta: 0, reservedDelta: 7, onHandAfter: 10, reservedAfter: 11 }),
      'I1',
    ],
    ['a movement that was decided on other balances (I3)', movement({ onHandAfter: 99 }), 'I3'],
    [
      'an exit of a reservation that nobody opened (I5)',
      { ...noChange, exits: [{ id: reservation({ quantity: 1 }).id, quantity: 1, to: 'released', at: occasion().at }] },
      'I5',
    ],
    [
      'an exit with other units than are open (I5)',
      { ...noChange, exits: [{ id: open.id, quantity: 3, to: 'released', at: occasion().at }] },
      'I5',
    ],
    [
      'a pin of a reservation that nobody opened (I5)',
      { ...noChange, pins: [{ id: reservation({ quantity: 1 }).id, shipmentId: 's1' }] },
      'I5',
    ],
    [
      'a split of other units than are open (I5)',
      { ...noChange, splits: [{ id: open.id, of: 5, off: reservation({ quantity: 1 }) }] },
      'I5',
    ],
  ] satisfies readonly (readonly [string, StockChange, string])[])('stops at %s', (_, change, invariant) => {
    expect(() => evolveStock(promised, change)).toThrow(`bug: ${invariant}`);
  });

  it('lets a reservation leave once (I5)', () => {
    const change = leave(booksOf(promised), occasion(), [open], 'released', null);
    expect(() => evolveStock(evolveStock(promised, change), change)).toThrow('bug: I5');
  });
});
