import type { LabelOrder } from '@rappit/domain';
import {
  buyDuring,
  type CarrierWorld,
  checkLabel,
  checkRefusal,
  checkSale,
  findLater,
  type Outage,
  referencesSold,
} from './carrier-world.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectRefused, expectThat } from './expecting.js';

/** The sale happened, and its answer says nothing of it: perhaps is all that can be said, and later the number is found. */
const foundAfter = (promise: string, outage: Outage): ContractCase<CarrierWorld> => ({
  promise,
  keeps: async (world) => {
    const [order, askedAt] = [world.order(), world.now()];
    checkRefusal(await buyDuring(world, outage, order), 'carrier.unknown_outcome', outage);
    expectEqual(await referencesSold(world), [order.reference], 'what the carrier has sold');
    const found = expectOk(await findLater(world, order, askedAt), 'finding it');
    if (world.carrier.supports.labelAgain) checkLabel(found);
    else checkSale(found);
    expectEqual((await referencesSold(world)).length, 1, 'labels that were sold');
  },
});

const notSoldUnder = (promise: string, outage: Outage, code: 'carrier.unavailable' | 'carrier.unauthorized') => ({
  promise,
  keeps: async (world: CarrierWorld) => {
    const order = world.order();
    checkRefusal(await buyDuring(world, outage, order), code, outage);
    expectEqual(await referencesSold(world), [], 'what the carrier has sold');
    checkLabel(expectOk(await world.carrier.buyLabel(order), 'buying when it is back'));
  },
});

const parcelsOf = (order: LabelOrder, count: number): LabelOrder => ({
  ...order,
  parcels: Array.from({ length: count }, () => order.parcels[0]).flatMap((parcel) => (parcel ? [parcel] : [])),
});

/** What a carrier sells, and what it answers when something goes wrong meanwhile. */
export const carrierBuying: readonly ContractCase<CarrierWorld>[] = [
  {
    promise: 'sells one label, with a tracking number, its cost and documents that are what they are said to be',
    keeps: async (world) => {
      const order = world.order();
      checkLabel(expectOk(await world.carrier.buyLabel(order), 'buying a label'));
      expectEqual(await referencesSold(world), [order.reference], 'what the carrier has sold');
    },
  },
  {
    promise: 'sells a label for what comes back, or says that it does not and sells none',
    keeps: async (world) => {
      const order = { ...world.order(), isReturn: true };
      const answer = await world.carrier.buyLabel(order);
      const { returnLabels } = world.carrier.supports;
      if (returnLabels) checkLabel(expectOk(answer, 'buying a label for a return'));
      else expectRefused(answer, 'carrier.refused', 'buying a label for a return');
      expectEqual(await referencesSold(world), returnLabels ? [order.reference] : [], 'what the carrier has sold');
    },
  },
  {
    promise: 'sells one label for many parcels, each with a number of its own where parcels have numbers',
    keeps: async (world) => {
      const label = expectOk(await world.carrier.buyLabel(parcelsOf(world.order(), 4)), 'buying a label for four parcels');
      checkLabel(label);
      const numbers = new Set(label.parcelNumbers);
      expectThat(numbers.size === 0 || numbers.size === 4, `four parcels have the numbers ${[...numbers].join()}`);
      expectEqual((await referencesSold(world)).length, 1, 'labels that were sold');
    },
  },
  {
    promise: 'sells across a border, with what customs is told and with what it offers besides',
    keeps: async (world) => {
      const order = world.abroad();
      checkLabel(expectOk(await world.carrier.buyLabel(order), 'buying a label'));
      expectEqual(await referencesSold(world), [order.reference], 'what the carrier has sold');
    },
  },
  {
    promise: 'prints labels in each format that it offers, and says which it is',
    keeps: async (world) => {
      const { labelFormats } = world.carrier.supports;
      expectThat(labelFormats.length > 0, 'a carrier prints labels in some format');
      for (const labelFormat of labelFormats) {
        const label = expectOk(
          await world.carrier.buyLabel({ ...world.order(), labelFormat }),
          `buying a label as ${labelFormat}`,
        );
        checkLabel(label);
        const formats = label.documents.flatMap(({ kind, format }) => (kind === 'label' ? [format] : []));
        expectEqual(new Set(formats), new Set([labelFormat]), 'the format of the label');
      }
    },
  },
  {
    promise: 'says no with our field at fault, and sells nothing',
    keeps: async (world) => {
      const { order, path } = world.unsellable();
      const askedAt = world.now();
      const refused = expectRefused(await world.carrier.buyLabel(order), 'carrier.refused', 'buying what the carrier refuses');
      expectEqual(refused.path, path, 'the field at fault');
      expectThat(refused.message.length > 0, 'a refusal says why');
      expectEqual(await referencesSold(world), [], 'what the carrier has sold');
      expectRefused(await findLater(world, order, askedAt), 'carrier.reference_unknown', 'finding what was refused');
    },
  },
  notSoldUnder('says that it is not available, and has certainly sold nothing', 'unavailable', 'carrier.unavailable'),
  notSoldUnder('says that it is not available when it is asked too often', 'rateLimited', 'carrier.unavailable'),
  notSoldUnder('says that our credentials were not accepted, and has sold nothing', 'unauthorized', 'carrier.unauthorized'),
  foundAfter('says perhaps when its answer was lost after the sale, and finds the label by its reference', 'lostAfterSale'),
  foundAfter('says perhaps when the connection broke after the sale, and finds the label by its reference', 'resetAfterSale'),
  foundAfter('says perhaps when the answer can not be read, and finds the label by its reference', 'unreadable'),
  foundAfter('says perhaps when a sale comes without a number, and finds it by its reference', 'numberMissing'),
  {
    promise: 'says perhaps when its answer was lost before the sale, and finds nothing afterwards',
    keeps: async (world) => {
      const [order, askedAt] = [world.order(), world.now()];
      checkRefusal(await buyDuring(world, 'lostBeforeSale', order), 'carrier.unknown_outcome', 'lostBeforeSale');
      expectRefused(await findLater(world, order, askedAt), 'carrier.reference_unknown', 'finding it');
    },
  },
  {
    promise: 'keeps a sale whose label is missing: a number in hand is not thrown away',
    keeps: async (world) => {
      const [order, askedAt] = [world.order(), world.now()];
      const answer = await buyDuring(world, 'labelMissing', order);
      if (answer.ok) checkSale(answer.value);
      else {
        checkRefusal(answer, 'carrier.unknown_outcome', 'labelMissing');
        checkSale(expectOk(await findLater(world, order, askedAt), 'finding it'));
      }
      expectEqual((await referencesSold(world)).length, 1, 'labels that were sold');
    },
  },
  {
    promise: 'takes an error for an error, also when it comes as a success',
    keeps: async (world) => {
      const answer = await buyDuring(world, 'errorInside', world.order());
      expectThat(!answer.ok, 'a success with an error inside is no label');
      expectEqual(await referencesSold(world), [], 'what the carrier has sold');
    },
  },
  {
    promise: 'waits for an answer that takes its time',
    keeps: async (world) => {
      checkLabel(expectOk(await buyDuring(world, 'slow', world.order()), 'buying from a slow carrier'));
      expectEqual((await referencesSold(world)).length, 1, 'labels that were sold');
    },
  },
];
