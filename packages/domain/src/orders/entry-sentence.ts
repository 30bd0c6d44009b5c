import type { Actor } from '../kernel/index.js';
import { type CancelReason, cancelReasons } from './cancel-order.js';
import { type HoldReason, holdReasons, type PaymentStatus, paymentStatuses } from './order.js';
import type { OrderStatus } from './status.js';
import type { TimelineEntry, TimelineKind } from './timeline.js';

const statusWords: Readonly<Record<OrderStatus, string>> = {
  new: 'new',
  backordered: 'waiting for stock',
  reserved: 'reserved',
  readyToShip: 'ready to ship',
  onHold: 'on hold',
  partiallyShipped: 'partly shipped',
  shipped: 'shipped',
  delivered: 'delivered',
  cancelled: 'cancelled',
  returned: 'returned',
};

const holdWords: Readonly<Record<HoldReason, string>> = {
  unmappedSku: 'goods that belong to no item yet',
  fraud: 'suspected fraud',
  address: 'its address',
  manual: 'by hand',
};

const cancelWords: Readonly<Record<CancelReason, string>> = {
  customerRequest: 'the customer asked for it',
  outOfStock: 'out of stock',
  fraudSuspected: 'suspected fraud',
  paymentFailed: 'the payment failed',
  duplicate: 'a duplicate',
  other: 'another reason',
};

const paymentWords: Readonly<Record<PaymentStatus, string>> = {
  pending: 'pending',
  authorized: 'authorized',
  paid: 'paid',
  partiallyRefunded: 'partly refunded',
  refunded: 'refunded',
  failed: 'failed',
};

/** A text that begins with a code, with words instead of the code; any other text as it is. */
const spelt = <Code extends string>(codes: readonly Code[], words: Readonly<Record<Code, string>>, text: string): string => {
  const code = codes.find((one) => text === one || text.startsWith(`${one}:`) || text.startsWith(`${one} `));
  return code === undefined ? text : words[code] + text.slice(code.length);
};
const hold = (text: string): string => spelt(holdReasons, holdWords, text);
const cancel = (text: string): string => spelt(cancelReasons, cancelWords, text);
const payment = (text: string): string => spelt(paymentStatuses, paymentWords, text);
/** `inTransit` becomes `in transit`. */
const apart = (text: string): string =>
  text.replace(/\b[a-z]+(?:[A-Z][a-z]+)+\b/g, (code) => code.replace(/[A-Z]/g, ' $&').toLowerCase());

/** `2 × MUG (changedMind)` becomes `2 × MUG (changed mind)`, whatever the SKU looks like. */
const reasonsApart = (text: string): string => text.replace(/\([A-Za-z]+\)(?=, |$)/g, apart);

/** What happened, by whom: `text` is what the entry keeps, '' where it keeps nothing. */
type Sentence = (who: string, text: string) => string;
const because = (text: string): string => (text === '' ? '' : `: ${text}`);
const named = (text: string): string => (text === '' ? '' : ` (${text})`);

/** A new kind of entry doesn't compile until it has its sentence. */
const sentences: Readonly<Record<TimelineKind, Sentence>> = {
  placed: (who, text) => `${who} placed the order${named(text)}`,
  noted: (who, text) => `${who} noted${because(text)}`,
  held: (who, text) => `${who} put the order on hold${because(hold(text))}`,
  resumed: (who, text) => `${who} let the order go on, which was on hold${because(hold(text))}`,
  markedReady: (who) => `${who} made the order ready to be packed`,
  cancelled: (who, text) => `${who} cancelled the order${because(cancel(text))}`,
  linesCancelled: (who, text) => `${who} cancelled a part of the order${because(cancel(text))}`,
  edited: (who, text) => `${who} changed the order${because(text)}`,
  tagged: (who, text) => `${who} changed the tags${because(text)}`,
  addressChanged: (who, text) => `${who} changed the address${because(text.replace(', ', ' and '))}`,
  backorderFilled: (who) => `Goods that the order waited for were reserved for it, after a change of stock by ${who}`,
  stockMissing: (who, text) => `Goods that were reserved for the order are not there, as ${who} found${because(text)}`,
  stockReleased: (who, text) => `${who} released goods that were reserved for the order${because(text)}`,
  queued: (who) => `${who} had the order wait for goods once more`,
  paymentExpired: (who) => `The order was not paid in time, and ${who} released its goods`,
  paymentRecorded: (who, text) => `${who} recorded the payment${because(payment(text))}`,
  labelAsked: (who, text) => `${who} asked for a label${named(text)}`,
  labelRefused: (who, text) => `No label was bought, as ${who} was told${because(text)}`,
  labelBought: (who, text) => `A label was bought from ${who}${because(text)}`,
  secondLabelBought: (who, text) =>
    `A second label was bought from ${who} for a shipment that has one, and may be billed${because(text)}`,
  shipmentCancelled: (who, text) => `${who} cancelled a shipment${because(text)}`,
  voidRefused: (who, text) => `A label was not taken back, as ${who} was told${because(text)}`,
  parcelMoved: (who, text) => `${who} told where parcels are${because(apart(text))}`,
  delivered: (who, text) => `All parcels were delivered, as ${who} told${because(apart(text))}`,
  returnRequested: (who, text) => `${who} asked for goods to be taken back${because(reasonsApart(text))}`,
  returnAuthorised: (who, text) => `${who} agreed that goods come back${because(text)}`,
  returnRejected: (who, text) => `${who} refused to take goods back${because(text)}`,
  returnCancelled: (who, text) => `${who} called a return off${because(text)}`,
  returnReceived: (who, text) => `Goods came back, as ${who} noted${because(text)}`,
  returned: (who, text) => `All of the order came back, as ${who} told${because(apart(text))}`,
};

/** Whoever did it, as a reader knows them: by their name of that time, never by an address. */
const whoWords: Readonly<Record<Actor['kind'], (name: string) => string>> = {
  user: (name) => name,
  apiKey: (name) => `the API key “${name}”`,
  channel: (name) => `the shop “${name}”`,
  carrier: (name) => `the carrier ${name}`,
  system: () => 'Rappit',
};

const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
const begun = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** An entry of an order's timeline in English, for somebody who knows the shop and not the code: who did what, why, and what the order became. */
export const entrySentence = ({ what, actor, from, to, text }: TimelineEntry): string => {
  const happened = begun(ended(sentences[what](whoWords[actor.kind](actor.name), text ?? '')));
  if (to === null) return happened;
  return `${happened} It ${from === null ? 'is' : `was ${statusWords[from]}, and is`} now ${statusWords[to]}.`;
};
