import type { Actor } from '../kernel/index.js';
import { entrySentence } from './entry-sentence.js';
import { OrderId } from './order.js';
import { orderStatuses } from './status.js';
import { type TimelineEntry, type TimelineKind, timelineKinds } from './timeline.js';

const ada: Actor = { kind: 'user', id: 'u1', name: 'Ada' };
const dhl: Actor = { kind: 'carrier', id: 'dhl', name: 'dhl' };
const rappit: Actor = { kind: 'system', id: 'expiry', name: 'expiry' };
const entry = (change: Partial<TimelineEntry>): TimelineEntry => ({
  id: 'e1',
  orderId: OrderId('o1'),
  at: new Date(0),
  actor: ada,
  what: 'noted',
  from: null,
  to: null,
  text: null,
  ...change,
});

/** What each kind of entry is told with, as the use cases tell it, and how it reads. */
const examples: Readonly<Record<TimelineKind, readonly [actor: Actor, text: string | null, reads: string]>> = {
  placed: [{ kind: 'channel', id: 'c1', name: 'Mugs & more' }, '#1001', 'The shop “Mugs & more” placed the order (#1001).'],
  noted: [ada, 'Rang the bell!', 'Ada noted: Rang the bell!'],
  held: [ada, 'fraud: paid with four cards', 'Ada put the order on hold: suspected fraud: paid with four cards.'],
  resumed: [ada, 'unmappedSku', 'Ada let the order go on, which was on hold: goods that belong to no item yet.'],
  markedReady: [ada, null, 'Ada made the order ready to be packed.'],
  cancelled: [
    { kind: 'apiKey', id: 'k1', name: 'ERP' },
    'customerRequest',
    'The API key “ERP” cancelled the order: the customer asked for it.',
  ],
  linesCancelled: [ada, 'outOfStock: 2 × MUG', 'Ada cancelled a part of the order: out of stock: 2 × MUG.'],
  edited: [ada, 'MUG 1 → 3', 'Ada changed the order: MUG 1 → 3.'],
  tagged: [ada, '+ gift', 'Ada changed the tags: + gift.'],
  addressChanged: [ada, 'shipping, billing', 'Ada changed the address: shipping and billing.'],
  backorderFilled: [ada, null, 'Goods that the order waited for were reserved for it, after a change of stock by Ada.'],
  stockMissing: [ada, '1 × MUG', 'Goods that were reserved for the order are not there, as Ada found: 1 × MUG.'],
  stockReleased: [ada, '1 × MUG', 'Ada released goods that were reserved for the order: 1 × MUG.'],
  queued: [rappit, null, 'Rappit had the order wait for goods once more.'],
  paymentExpired: [rappit, null, 'The order was not paid in time, and Rappit released its goods.'],
  paymentRecorded: [ada, 'partiallyRefunded 12.00 EUR R-7', 'Ada recorded the payment: partly refunded 12.00 EUR R-7.'],
  labelAsked: [ada, 'dhl', 'Ada asked for a label (dhl).'],
  labelRefused: [dhl, 'No such street.', 'No label was bought, as the carrier dhl was told: No such street.'],
  labelBought: [dhl, '1234567890', 'A label was bought from the carrier dhl: 1234567890.'],
  secondLabelBought: [
    dhl,
    '1234567891',
    'A second label was bought from the carrier dhl for a shipment that has one, and may be billed: 1234567891.',
  ],
  shipmentCancelled: [ada, '1234567890', 'Ada cancelled a shipment: 1234567890.'],
  voidRefused: [ada, 'It is on its way', 'A label was not taken back, as Ada was told: It is on its way.'],
  parcelMoved: [
    dhl,
    '12: inTransit, 13: outForDelivery',
    'The carrier dhl told where parcels are: 12: in transit, 13: out for delivery.',
  ],
  delivered: [dhl, '12: delivered', 'All parcels were delivered, as the carrier dhl told: 12: delivered.'],
  returnRequested: [
    ada,
    '1042-R1: 1 × blueMug (notAsDescribed), 2 × (inTransit) mug (other)',
    'Ada asked for goods to be taken back: 1042-R1: 1 × blueMug (not as described), 2 × (inTransit) mug (other).',
  ],
  returnAuthorised: [ada, '1042-R1', 'Ada agreed that goods come back: 1042-R1.'],
  returnRejected: [ada, '1042-R1: It is used', 'Ada refused to take goods back: 1042-R1: It is used.'],
  returnCancelled: [ada, '1042-R1', 'Ada called a return off: 1042-R1.'],
  returnReceived: [
    ada,
    '1042-R1: 1 × MUG (sellable), 2 × MUG (damaged)',
    'Goods came back, as Ada noted: 1042-R1: 1 × MUG (sellable), 2 × MUG (damaged).',
  ],
  returned: [rappit, '12: returned', 'All of the order came back, as Rappit told: 12: returned.'],
};

describe('an entry of a timeline', () => {
  it.each(timelineKinds)('has its sentence for %s, with its text and without one', (what) => {
    const [actor, text, reads] = examples[what];
    expect(entrySentence(entry({ what, actor, text }))).toBe(reads);
    expect(entrySentence(entry({ what, actor }))).toMatch(/^[A-Z“].*[^:( ]\.$/);
  });

  it('tells where the order came from, and what it is now', () => {
    expect(entrySentence(entry({ what: 'held', text: 'address', from: 'readyToShip', to: 'onHold' }))).toBe(
      'Ada put the order on hold: its address. It was ready to ship, and is now on hold.',
    );
    expect(entrySentence(entry({ what: 'placed', to: 'backordered' }))).toBe(
      'Ada placed the order. It is now waiting for stock.',
    );
  });

  it('says no more of a change than that it was one, where only the sums are others or a status was passed through', () => {
    expect(entrySentence(entry({ what: 'edited', text: 'totals' }))).toBe('Ada changed the order: totals.');
    expect(entrySentence(entry({ what: 'edited', from: 'reserved', to: 'readyToShip' }))).toBe(
      'Ada changed the order. It was reserved, and is now ready to ship.',
    );
  });

  it.each(orderStatuses)('names the status %s in words', (to) => {
    expect(entrySentence(entry({ what: 'queued', from: 'new', to }))).toMatch(/, and is now [a-z ]+\.$/);
  });

  it('leaves a text alone that only looks like a code', () => {
    expect(entrySentence(entry({ what: 'held', text: 'manuals are missing' }))).toBe(
      'Ada put the order on hold: manuals are missing.',
    );
  });
});
