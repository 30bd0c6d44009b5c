import type { LabelOrder, Refusal, Result } from '@rappit/domain';
import { anyPickup, type CarrierWorld, checkDocument, checkMoney, during, referencesSold } from './carrier-world.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectRefused, expectThat } from './expecting.js';

/** What isn't offered is refused by the call itself: nobody has to look at `supports` first. */
const refusedAs = async (ask: Promise<Result<unknown, Refusal>>, what: string): Promise<void> =>
  void expectRefused(await ask, 'carrier.unsupported', what);

const buy = async (world: CarrierWorld, order: LabelOrder = world.order()) =>
  expectOk(await world.carrier.buyLabel(order), 'buying a label');

const daysAgain = /^\d{4}-\d{2}-\d{2}$/;

/** What a carrier does before and after it sells, as far as it offers it. */
export const carrierServices: readonly ContractCase<CarrierWorld>[] = [
  {
    promise: 'quotes rates of services that it then sells, each service once, with exact prices or none',
    keeps: async (world) => {
      const { carrier } = world;
      if (!carrier.supports.rates) return refusedAs(carrier.quoteRates(world.order()), 'quoting rates');
      const rates = expectOk(await carrier.quoteRates(world.order()), 'quoting rates');
      expectThat(rates.length > 0, 'there is a rate');
      expectEqual(new Set(rates.map(({ service }) => service)).size, rates.length, 'different services');
      for (const { service, name, price, deliveryOn } of rates) {
        checkMoney(price, 'a price');
        expectThat(name.length > 0, 'a service has a name');
        expectThat(deliveryOn === null || daysAgain.test(deliveryOn), `${deliveryOn} is a day`);
        await buy(world, { ...world.order(), service });
      }
      expectOk(await carrier.quoteRates(world.abroad()), 'quoting rates across a border');
      expectEqual((await referencesSold(world)).length, rates.length, 'labels that were sold');
    },
  },
  {
    promise: 'takes a label back, and takes it well when it is asked twice',
    keeps: async (world) => {
      const { carrier } = world;
      const { trackingNumber } = await buy(world);
      if (!carrier.supports.voidLabel) return refusedAs(carrier.voidLabel(trackingNumber), 'taking a label back');
      expectOk(await carrier.voidLabel(trackingNumber), 'taking a label back');
      expectOk(await carrier.voidLabel(trackingNumber), 'taking it back again');
      const lost = (await buy(world)).trackingNumber;
      const answer = await during(world, 'lostAfterSale', () => carrier.voidLabel(lost));
      expectRefused(answer, 'carrier.unknown_outcome', 'taking a label back while the answer is lost');
      return void expectOk(await carrier.voidLabel(lost), 'asking again');
    },
  },
  {
    promise: 'sends somebody to pick up, and nobody when that is cancelled, once or again',
    keeps: async (world) => {
      const { carrier } = world;
      if (!carrier.supports.pickup) {
        const nothing = { ...world.order(), on: '2026-01-06', readyAt: '10:00', closesAt: '17:00', place: null, abroad: false };
        await refusedAs(carrier.bookPickup(nothing), 'booking a pickup');
        return refusedAs(carrier.cancelPickup(anyPickup), 'cancelling a pickup');
      }
      const order = world.pickup();
      const pickup = expectOk(await carrier.bookPickup(order), 'booking a pickup');
      expectThat(pickup.confirmation.length > 0 && pickup.on === order.on, 'a pickup is confirmed for its day');
      expectOk(await carrier.cancelPickup(pickup), 'cancelling it');
      expectOk(await carrier.cancelPickup(pickup), 'cancelling it again');
      const other = expectOk(await carrier.bookPickup(order), 'booking another pickup');
      const unheard = await during(world, 'lostAfterSale', () => carrier.cancelPickup(other));
      expectRefused(unheard, 'carrier.unknown_outcome', 'cancelling while the answer is lost');
      expectOk(await carrier.cancelPickup(other), 'asking again');
      const lost = await during(world, 'lostAfterSale', () => carrier.bookPickup(order));
      return void expectRefused(lost, 'carrier.unknown_outcome', 'booking while the answer is lost');
    },
  },
  {
    promise: 'tells where it delivers from where it does not',
    keeps: async (world) => {
      const { carrier } = world;
      const { to } = world.order();
      if (!carrier.supports.addressValidation) return refusedAs(carrier.validateAddress(to), 'looking at an address');
      expectThat(expectOk(await carrier.validateAddress(to), 'looking at an address').deliverable, 'the address can be reached');
      const bad = await carrier.validateAddress(world.undeliverable());
      return expectThat(bad.ok ? !bad.value.deliverable : bad.error.code === 'carrier.refused', 'the other can not');
    },
  },
  {
    promise: 'has a proof of delivery when there was one, and none before',
    keeps: async (world) => {
      const { carrier } = world;
      const { trackingNumber } = await buy(world);
      if (!carrier.supports.proofOfDelivery) return refusedAs(carrier.proofOfDelivery(trackingNumber), 'proving a delivery');
      expectEqual(expectOk(await carrier.proofOfDelivery(trackingNumber), 'asking too early'), [], 'the papers before');
      await world.scan(trackingNumber, [{ at: world.now(), status: 'delivered' }]);
      const papers = expectOk(await carrier.proofOfDelivery(trackingNumber), 'asking for the proof');
      expectThat(papers.length > 0 && papers.every(({ kind }) => kind === 'proofOfDelivery'), 'there is a proof of delivery');
      return papers.forEach(checkDocument);
    },
  },
  {
    promise: 'answers an outage to every question, instead of throwing',
    keeps: async (world) => {
      const { carrier } = world;
      const { supports } = carrier;
      const { trackingNumber } = await buy(world);
      const questions: readonly (readonly [offered: boolean, ask: () => Promise<Result<unknown, Refusal>>])[] = [
        [supports.rates, () => carrier.quoteRates(world.order())],
        [supports.voidLabel, () => carrier.voidLabel(trackingNumber)],
        [supports.trackAtOnce > 0, () => carrier.track([trackingNumber])],
        [supports.proofOfDelivery, () => carrier.proofOfDelivery(trackingNumber)],
        [supports.pickup, () => carrier.bookPickup(world.pickup())],
        [supports.addressValidation, () => carrier.validateAddress(world.order().to)],
      ];
      for (const [offered, ask] of questions) {
        if (!offered) continue;
        for (const outage of ['unavailable', 'rateLimited', 'unauthorized'] as const) {
          const code = outage === 'unauthorized' ? 'carrier.unauthorized' : 'carrier.unavailable';
          expectRefused(await during(world, outage, ask), code, `asking under ${outage}`);
        }
      }
    },
  },
];
