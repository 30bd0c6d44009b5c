import { type Carrier, type GuardedFetch, ok } from '@rappit/domain';
import { exampleLabelOrder, fakeClock } from '@rappit/testing/fakes';
import { reachable } from '../wire/contract-world.test-kit.js';
import { usualDeadlines } from '../wire/options.js';
import { dhlCarrier } from './dhl-carrier.js';
import { exampleDhlAccount } from './dhl-world.test-kit.js';

const order = exampleLabelOrder('r1', { from: reachable, to: reachable });
const pickup = { ...order, on: '2026-01-06', readyAt: '10:00', closesAt: '17:00', place: null, abroad: false };

const calls: readonly (readonly [name: string, totalMs: number, call: (carrier: Carrier) => Promise<unknown>])[] = [
  ['buyLabel', usualDeadlines.purchaseMs, (carrier) => carrier.buyLabel(order)],
  ['bookPickup', usualDeadlines.purchaseMs, (carrier) => carrier.bookPickup(pickup)],
  ['quoteRates', usualDeadlines.questionMs, (carrier) => carrier.quoteRates(order)],
  ['track', usualDeadlines.questionMs, (carrier) => carrier.track(['1103733901', '5374534546'])],
  ['proofOfDelivery', usualDeadlines.questionMs, (carrier) => carrier.proofOfDelivery('1103733901')],
];

describe.each(calls)('%s at DHL', (_, totalMs, call) => {
  it.each([401, 429, 500])('is one request within the deadline of the call, and none more after a %i', async (status) => {
    const asked: number[] = [];
    const send: GuardedFetch['send'] = async ({ deadlineMs }) => {
      asked.push(deadlineMs);
      return ok({ status, headers: {}, body: new Uint8Array() });
    };
    await call(dhlCarrier({ send, now: fakeClock().now, account: exampleDhlAccount('https://express.api.dhl.com/mydhlapi') }));
    expect(asked).toEqual([totalMs]);
  });
});
