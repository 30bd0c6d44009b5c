import { setImmediate as breathe } from 'node:timers/promises';
import type { Carrier, Label } from '@rappit/domain';
import { type CarrierSimulator, simulatedCarrier, startCarrierSimulator } from '@rappit/simulators/carrier';
import { exampleLabelOrder, fakeMeter } from '@rappit/testing/fakes';
import { deadlinesByHand } from '../../../../test/deadlines.js';
import { behindBreaker } from './behind-breaker.js';
import { type CarrierBreakers, carrierBreakers } from './carrier-breakers.js';

const orderOf = exampleLabelOrder;
/** As the metric of a breaker's state says it. */
const OPEN = 2;
const HOUR_MS = 3_600_000;

/** Buys as the use case does: never again before the carrier has said what became of the last try. */
const buyOnce = async (carrier: Carrier, reference: string): Promise<Label> => {
  for (;;) {
    const bought = await carrier.buyLabel(orderOf(reference));
    if (bought.ok) return bought.value;
    if (bought.error.code === 'carrier.unknown_outcome') {
      const found = await carrier.findByReference({ reference, askedAt: new Date(0), shipOn: null });
      if (found.ok) return found.value;
      if (found.error.code !== 'carrier.reference_unknown') throw new Error(found.error.code);
    }
    await breathe();
  }
};

let simulator: CarrierSimulator;
let breakers: CarrierBreakers;
const meter = fakeMeter();
const guarded = () => {
  const carrier = simulatedCarrier({ baseUrl: simulator.baseUrl, apiKey: 'wombat-key', deadlineMs: 60_000 });
  return behindBreaker(carrier, { account: 'a', breakers });
};

beforeEach(async () => {
  simulator = await startCarrierSimulator({ apiKey: 'wombat-key' });
  breakers = carrierBreakers({ meter, limits: { coolDownMs: 20, windowMs: HOUR_MS } });
});
afterEach(async () => {
  breakers.close();
  await simulator.close();
});

describe('a carrier behind its breaker, over HTTP', () => {
  it('labels 50 shipments whose purchases are all cut off, and pays for none of them twice', async () => {
    simulator.failNext('dropAfterSelling', 50);
    const references = Array.from({ length: 50 }, (_, n) => `shipment-${n}`);
    const labels: Label[] = [];
    for (const reference of references) labels.push(await buyOnce(guarded(), reference));
    expect(simulator.sold()).toEqual(
      references.map((reference, n) => ({ reference, trackingNumber: labels[n]?.trackingNumber })),
    );
    expect(meter.total('labels_bought_total', { outcome: 'found' })).toBe(50);
    const states = meter.measured().flatMap(({ name, value }) => (name === 'carrier_breaker_state' ? [value] : []));
    expect(states).toContain(OPEN);
  });

  it('leaves a hanging carrier alone after at most so many calls as may be under way, and comes back when it does', async () => {
    simulator.failNext('hang', Number.POSITIVE_INFINITY);
    const deadlines = deadlinesByHand();
    const asking = () => Promise.all(Array.from({ length: 200 }, (_, n) => guarded().buyLabel(orderOf(`hung-${n}`))));
    // Each has arrived by then: one that is late would be heard, and sold, by the carrier that has recovered.
    const hung = await deadlines.passing(simulator.unanswered, asking, 20);
    deadlines.restore();
    expect(hung.filter((one) => !one.ok && one.error.code === 'carrier.unknown_outcome')).toHaveLength(20);
    expect(hung.filter((one) => !one.ok && one.error.code === 'carrier.unavailable')).toHaveLength(180);
    simulator.recover();
    const label = await buyOnce(guarded(), 'after');
    expect(simulator.sold()).toEqual([{ reference: 'after', trackingNumber: label.trackingNumber }]);
  });

  it('takes a success that can not be read for a failure', async () => {
    breakers.close();
    breakers = carrierBreakers({ meter, limits: { coolDownMs: HOUR_MS, windowMs: HOUR_MS } });
    simulator.failNext('garbage', Number.POSITIVE_INFINITY);
    for (let n = 0; n < 20; n += 1) await guarded().buyLabel(orderOf(`garbage-${n}`));
    expect(simulator.sold()).toHaveLength(5);
  });
});
