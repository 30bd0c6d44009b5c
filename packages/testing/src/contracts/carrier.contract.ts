import {
  type BuyRefused,
  type Carrier,
  type DocumentFormat,
  documentFormats,
  type Label,
  type LabelOrder,
  type Result,
  type ShipmentDocument,
} from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectRefused, expectThat } from './expecting.js';

/**
 * What may go wrong outside. `lostAfterSale`: the carrier sells, and its answer doesn't arrive. `lostBeforeSale`: the
 * request may have been sent, and the carrier never sells. `unreadable`: the carrier sells, and answers with nonsense.
 */
export type Outage = 'unavailable' | 'unauthorized' | 'lostAfterSale' | 'lostBeforeSale' | 'unreadable';

/** A carrier adapter beside the carrier's own view of what it has sold. */
export type CarrierWorld = {
  readonly carrier: Carrier;
  /** What the carrier has sold, by its own books. */
  readonly sold: () => readonly { readonly reference: string }[] | Promise<readonly { readonly reference: string }[]>;
  /** From now on, until `mend`. */
  readonly breakDown: (outage: Outage) => void | Promise<void>;
  readonly mend: () => void | Promise<void>;
  /** An order that the carrier sells, under a reference of its own each time. */
  readonly order: () => LabelOrder;
  /** An order that the carrier refuses, and our field that it names; null when it names none. */
  readonly unsellable: () => { readonly order: LabelOrder; readonly path: string | null };
};

const referencesSold = async ({ sold }: CarrierWorld): Promise<readonly string[]> =>
  (await sold()).map(({ reference }) => reference);

/** What a file of each format begins with. A ZPL printer may be told its own control signs first; an EPL form clears the buffer. */
const beginnings: Readonly<Record<DocumentFormat, readonly string[]>> = {
  pdf: ['%PDF-'],
  zpl: ['^XA', 'CT~~CD', '\u0010CT~~CD'],
  png: ['\u0089PNG\r\n\u001a\n'],
  epl: ['N', 'I', 'O', 'Q', 'q', 'S'],
};

const checkDocument = ({ format, content }: ShipmentDocument): void => {
  expectThat(documentFormats.includes(format), `${format} is a format`);
  const start = String.fromCharCode(...content.subarray(0, 64));
  const beginning = format === 'zpl' || format === 'epl' ? start.trimStart() : start;
  const fits = beginnings[format].some((expected) => beginning.startsWith(expected));
  expectThat(fits, `a document that is said to be ${format} begins with ${JSON.stringify(start.slice(0, 16))}`);
};

const checkLabel = ({ trackingNumber, cost, documents }: Label): void => {
  expectThat(
    trackingNumber.length > 0 && trackingNumber === trackingNumber.trim(),
    `${JSON.stringify(trackingNumber)} is a tracking number`,
  );
  expectThat(
    cost === null || (Number.isSafeInteger(cost.amountMinor) && cost.amountMinor >= 0 && /^[A-Z]{3}$/.test(cost.currency)),
    `${JSON.stringify(cost)} is a cost`,
  );
  expectThat(
    documents.some(({ kind }) => kind === 'label'),
    'a label is among the documents',
  );
  documents.forEach(checkDocument);
};

/** Buys while something is wrong, and answers the refusal. A carrier that throws has broken its promise. */
const buyDuring = async (world: CarrierWorld, outage: Outage, order: LabelOrder): Promise<Result<Label, BuyRefused>> => {
  await world.breakDown(outage);
  const answer = await world.carrier.buyLabel(order);
  await world.mend();
  return answer;
};

const checkRefusal = (answer: Result<Label, BuyRefused>, code: BuyRefused['code'], outage: string): void => {
  expectThat(expectRefused(answer, code, `buying while the carrier is ${outage}`).message.length > 0, 'a refusal says why');
};

export const carrierContract: readonly ContractCase<CarrierWorld>[] = [
  {
    promise: 'sells one label, with a tracking number, its cost and documents that are what they are said to be',
    keeps: async (world) => {
      const order = world.order();
      checkLabel(expectOk(await world.carrier.buyLabel(order), 'buying a label'));
      expectEqual(await referencesSold(world), [order.reference], 'what the carrier has sold');
    },
  },
  {
    promise: 'finds a label again by its reference, with its documents, and sells nothing by it',
    keeps: async (world) => {
      const order = world.order();
      const bought = expectOk(await world.carrier.buyLabel(order), 'buying a label');
      await world.carrier.buyLabel(world.order());
      const found = expectOk(await world.carrier.findByReference(order.reference), 'finding it');
      checkLabel(found);
      expectEqual(found.trackingNumber, bought.trackingNumber, 'the tracking number');
      expectEqual((await referencesSold(world)).length, 2, 'labels that were sold');
    },
  },
  {
    promise: 'knows no purchase under a reference that was never used',
    keeps: async (world) => {
      expectRefused(
        await world.carrier.findByReference(world.order().reference),
        'carrier.reference_unknown',
        'finding what nobody bought',
      );
    },
  },
  {
    promise: 'says no with our field at fault, and sells nothing',
    keeps: async (world) => {
      const { order, path } = world.unsellable();
      const refused = expectRefused(await world.carrier.buyLabel(order), 'carrier.refused', 'buying what the carrier refuses');
      expectEqual(refused.path, path, 'the field at fault');
      expectThat(refused.message.length > 0, 'a refusal says why');
      expectEqual(await referencesSold(world), [], 'what the carrier has sold');
      expectRefused(
        await world.carrier.findByReference(order.reference),
        'carrier.reference_unknown',
        'finding what was refused',
      );
    },
  },
  {
    promise: 'says that it is not available, and has certainly sold nothing',
    keeps: async (world) => {
      const order = world.order();
      checkRefusal(await buyDuring(world, 'unavailable', order), 'carrier.unavailable', 'away');
      expectEqual(await referencesSold(world), [], 'what the carrier has sold');
      checkLabel(expectOk(await world.carrier.buyLabel(order), 'buying when it is back'));
    },
  },
  {
    promise: 'says that our credentials were not accepted, and has sold nothing',
    keeps: async (world) => {
      checkRefusal(await buyDuring(world, 'unauthorized', world.order()), 'carrier.unauthorized', 'closed to us');
      expectEqual(await referencesSold(world), [], 'what the carrier has sold');
    },
  },
  {
    promise: 'says perhaps when its answer was lost after the sale, and finds the label by its reference',
    keeps: async (world) => {
      const order = world.order();
      checkRefusal(await buyDuring(world, 'lostAfterSale', order), 'carrier.unknown_outcome', 'losing its answer');
      expectEqual(await referencesSold(world), [order.reference], 'what the carrier has sold');
      checkLabel(expectOk(await world.carrier.findByReference(order.reference), 'finding it'));
    },
  },
  {
    promise: 'says perhaps when its answer was lost before the sale, and finds nothing afterwards',
    keeps: async (world) => {
      const order = world.order();
      checkRefusal(await buyDuring(world, 'lostBeforeSale', order), 'carrier.unknown_outcome', 'losing our question');
      expectRefused(await world.carrier.findByReference(order.reference), 'carrier.reference_unknown', 'finding it');
    },
  },
  {
    promise: 'says perhaps when the answer can not be read, and finds the label by its reference',
    keeps: async (world) => {
      const order = world.order();
      checkRefusal(await buyDuring(world, 'unreadable', order), 'carrier.unknown_outcome', 'answering nonsense');
      checkLabel(expectOk(await world.carrier.findByReference(order.reference), 'finding it'));
    },
  },
  {
    promise: 'answers an outage while it looks up, instead of throwing or of denying the purchase',
    keeps: async (world) => {
      const order = world.order();
      await world.carrier.buyLabel(order);
      for (const outage of ['unavailable', 'unauthorized'] as const) {
        await world.breakDown(outage);
        expectRefused(
          await world.carrier.findByReference(order.reference),
          `carrier.${outage}`,
          `looking up while it is ${outage}`,
        );
      }
      await world.mend();
      checkLabel(expectOk(await world.carrier.findByReference(order.reference), 'looking up when it is back'));
    },
  },
];
