import { type CarrierWorld, checkLabel, checkSale, dayToCome, findLater, referencesSold, untilSettled } from './carrier-world.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectRefused, expectThat } from './expecting.js';

/** What a carrier says of a purchase that may have happened. */
export const carrierFinding: readonly ContractCase<CarrierWorld>[] = [
  {
    promise: 'finds a label again by its reference, and sells nothing by it',
    keeps: async (world) => {
      const [order, askedAt] = [world.order(), world.now()];
      const bought = expectOk(await world.carrier.buyLabel(order), 'buying a label');
      await world.carrier.buyLabel(world.order());
      const found = expectOk(await findLater(world, order, askedAt), 'finding it');
      if (world.carrier.supports.labelAgain) checkLabel(found);
      else checkSale(found);
      expectEqual(found.trackingNumber, bought.trackingNumber, 'the tracking number');
      expectEqual((await referencesSold(world)).length, 2, 'labels that were sold');
    },
  },
  {
    promise: 'knows no purchase under a reference that was never used',
    keeps: async (world) => {
      const [order, askedAt] = [world.order(), world.now()];
      expectRefused(await findLater(world, order, askedAt), 'carrier.reference_unknown', 'finding what nobody bought');
      expectEqual(await referencesSold(world), [], 'what the carrier has sold');
    },
  },
  {
    promise: 'denies a purchase only when it would show it by then, and says when that is',
    keeps: async (world) => {
      const askedAt = world.now();
      const { reference } = world.order();
      const asked = await world.carrier.findByReference({ reference, askedAt, shipOn: null });
      if (asked.ok || asked.error.code === 'carrier.reference_unknown') return expectThat(!asked.ok, 'nothing was bought');
      const { until } = expectRefused(asked, 'carrier.reference_unsettled', 'finding what nobody bought, at once');
      expectThat(until > askedAt, `${until.toISOString()} is later than ${askedAt.toISOString()}`);
      await world.pass();
      expectThat(world.now() >= until, 'the delay is over');
      expectRefused(
        await world.carrier.findByReference({ reference, askedAt, shipOn: null }),
        'carrier.reference_unknown',
        'finding it later',
      );
    },
  },
  {
    promise: 'never denies a purchase that was made, not even at once',
    keeps: async (world) => {
      const [order, askedAt] = [world.order(), world.now()];
      expectOk(await world.carrier.buyLabel(order), 'buying a label');
      const { reference } = order;
      const asked = await world.carrier.findByReference({ reference, askedAt, shipOn: null });
      if (!asked.ok) expectRefused(asked, 'carrier.reference_unsettled', 'finding what was bought a moment ago');
      checkSale(expectOk(await findLater(world, order, askedAt), 'finding it later'));
    },
  },
  {
    promise: 'never denies a purchase that ships on a day to come, however late it shows that',
    keeps: async (world) => {
      const askedAt = world.now();
      const order = { ...world.order(), shipOn: dayToCome(world) };
      expectOk(await world.carrier.buyLabel(order), 'buying a label for a day to come');
      const trace = { reference: order.reference, askedAt, shipOn: order.shipOn };
      const found = await untilSettled(world, () => world.carrier.findByReference(trace));
      checkSale(expectOk(found, 'finding it in the end'));
    },
  },
  {
    promise: 'answers an outage while it looks up, instead of throwing or of denying the purchase',
    keeps: async (world) => {
      const [order, askedAt] = [world.order(), world.now()];
      await world.carrier.buyLabel(order);
      await world.pass();
      for (const outage of ['unavailable', 'rateLimited', 'unauthorized'] as const) {
        await world.breakDown(outage);
        const code = outage === 'unauthorized' ? 'carrier.unauthorized' : 'carrier.unavailable';
        const asked = await world.carrier.findByReference({ reference: order.reference, askedAt, shipOn: null });
        expectRefused(asked, code, `looking up under ${outage}`);
      }
      await world.mend();
      checkSale(expectOk(await findLater(world, order, askedAt), 'looking up when it is back'));
    },
  },
];
