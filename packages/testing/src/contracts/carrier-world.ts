import {
  type Address,
  type BuyRefused,
  type Carrier,
  type DocumentFormat,
  documentFormats,
  type Label,
  type LabelOrder,
  type Money,
  type Pickup,
  type PickupOrder,
  type Refusal,
  type Result,
  type ShipmentDocument,
} from '@rappit/domain';
import type { CarrierFault, Scan } from '../fakes/carrier-fault.js';
import { expectRefused, expectThat } from './expecting.js';

export type Outage = CarrierFault;

/** A carrier adapter beside the carrier's own view of what it has sold. */
export type CarrierWorld = {
  readonly carrier: Carrier;
  /** What the carrier has sold, by its own books. */
  readonly sold: () => readonly { readonly reference: string }[] | Promise<readonly { readonly reference: string }[]>;
  /** From now on, until `mend`. */
  readonly breakDown: (outage: Outage) => void | Promise<void>;
  readonly mend: () => void | Promise<void>;
  /** An order within one country that the carrier sells, under a reference of its own each time. */
  readonly order: () => LabelOrder;
  /** Likewise across a border where customs wants to know, with everything that the carrier offers besides. */
  readonly abroad: () => LabelOrder;
  /** An order that the carrier refuses, and our field that it names; null when it names none. */
  readonly unsellable: () => { readonly order: LabelOrder; readonly path: string | null };
  /** The clock that the adapter goes by. */
  readonly now: () => Date;
  /** Lets so much time pass that the carrier shows whatever it has sold. */
  readonly pass: () => void | Promise<void>;
  /** The carrier sees a parcel; its books will have the scans in this order. Never called where nothing can be tracked. */
  readonly scan: (trackingNumber: string, scans: readonly Scan[]) => void | Promise<void>;
  /** A pickup that the carrier books. Never called where it books none. */
  readonly pickup: () => PickupOrder;
  /** An address where the carrier doesn't deliver. Never called where it doesn't look at addresses. */
  readonly undeliverable: () => Address;
};

export const referencesSold = async ({ sold }: CarrierWorld): Promise<readonly string[]> =>
  (await sold()).map(({ reference }) => reference);

/** What a file of each format begins with. A ZPL printer may be told its own control signs first; an EPL form clears the buffer. */
const beginnings: Readonly<Record<DocumentFormat, readonly string[]>> = {
  pdf: ['%PDF-'],
  zpl: ['^XA', 'CT~~CD', '\u0010CT~~CD'],
  png: ['\u0089PNG\r\n\u001a\n'],
  epl: ['N', 'I', 'O', 'Q', 'q', 'S'],
};

export const checkDocument = ({ format, content }: ShipmentDocument): void => {
  expectThat(documentFormats.includes(format), `${format} is a format`);
  const start = String.fromCharCode(...content.subarray(0, 64));
  const beginning = format === 'zpl' || format === 'epl' ? start.trimStart() : start;
  const fits = beginnings[format].some((expected) => beginning.startsWith(expected));
  expectThat(fits, `a document that is said to be ${format} begins with ${JSON.stringify(start.slice(0, 16))}`);
};

export const checkMoney = (money: Money | null, what: string): void =>
  expectThat(
    money === null || (Number.isSafeInteger(money.amountMinor) && money.amountMinor >= 0 && /^[A-Z]{3}$/.test(money.currency)),
    `${JSON.stringify(money)} is ${what}`,
  );

const isNumber = (text: string): boolean => text.length > 0 && text === text.trim();

/** A label that can be followed and paid for. Whether its papers are there is another question. */
export const checkSale = ({ trackingNumber, parcelNumbers, cost, documents }: Label): void => {
  expectThat(
    [trackingNumber, ...parcelNumbers].every(isNumber),
    `${JSON.stringify([trackingNumber, ...parcelNumbers])} are numbers`,
  );
  checkMoney(cost, 'a cost');
  documents.forEach(checkDocument);
};

export const checkLabel = (label: Label): void => {
  checkSale(label);
  expectThat(
    label.documents.some(({ kind }) => kind === 'label'),
    'a label is among the documents',
  );
};

/** Does something while something is wrong. A carrier that throws has broken its promise. */
export const during = async <Answer>(world: CarrierWorld, outage: Outage, ask: () => Promise<Answer>): Promise<Answer> => {
  await world.breakDown(outage);
  const answer = await ask();
  await world.mend();
  return answer;
};

export const buyDuring = (world: CarrierWorld, outage: Outage, order: LabelOrder): Promise<Result<Label, BuyRefused>> =>
  during(world, outage, () => world.carrier.buyLabel(order));

export const checkRefusal = (answer: Result<Label, BuyRefused>, code: BuyRefused['code'], outage: Outage): void =>
  expectThat(expectRefused(answer, code, `buying under ${outage}`).message.length > 0, 'a refusal says why');

/** Asks what was sold under the order's reference, when the carrier's delay is over. */
export const findLater = async (world: CarrierWorld, { reference, shipOn }: LabelOrder, askedAt: Date) => {
  await world.pass();
  return world.carrier.findByReference({ reference, askedAt, shipOn });
};

const DAY_MS = 24 * 3_600_000;
const DAYS_AHEAD = 3;
/** More than any carrier's delay takes after the day when a parcel ships. */
const MAX_PASSES = 100;

/** A day for which every carrier sells already, wherever its clock hangs. */
export const dayToCome = (world: CarrierWorld): string =>
  new Date(world.now().getTime() + DAYS_AHEAD * DAY_MS).toISOString().slice(0, 10);

/** Asks, each time after the carrier's delay, until it no longer says that it doesn't show a purchase yet. */
export const untilSettled = async <Value>(
  world: CarrierWorld,
  ask: () => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal>> => {
  await world.pass();
  let answer = await ask();
  for (let passes = 0; isUnsettled(answer) && passes < MAX_PASSES; passes += 1) {
    await world.pass();
    answer = await ask();
  }
  return answer;
};

const isUnsettled = (answer: Result<unknown, Refusal>): boolean =>
  !answer.ok && answer.error.code === 'carrier.reference_unsettled';

export const anyPickup: Pickup = { confirmation: 'PICKUP-1', on: '2026-01-06', service: null, station: null };
