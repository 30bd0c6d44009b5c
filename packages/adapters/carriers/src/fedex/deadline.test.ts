import { ABANDONED_AFTER_MS, type Carrier, type GuardedFetch, ok } from '@rappit/domain';
import { exampleLabelOrder, fakeClock } from '@rappit/testing/fakes';
import { reachable } from '../wire/contract-world.test-kit.js';
import { usualDeadlines } from '../wire/options.js';
import { fedexCarrier } from './fedex-carrier.js';
import { exampleFedexAccount } from './fedex-world.test-kit.js';

type Asked = { readonly path: string; readonly deadlineMs: number };
/** How long FedEx takes for an exchange that may take so long, and what it says then; `401` refuses the token. */
type Pace = (deadlineMs: number, path: string) => { readonly takesMs: number; readonly status: number };

const order = exampleLabelOrder('r1', { from: reachable, to: reachable });
const TOKEN = '/oauth/token';

/** FedEx behind a clock that is put on by hand. */
const paced = (pace: Pace) => {
  let elapsedMs = 0;
  let tokens = 0;
  const asked: Asked[] = [];
  const send: GuardedFetch['send'] = async ({ url, deadlineMs }) => {
    const path = new URL(url).pathname;
    asked.push({ path, deadlineMs });
    const { takesMs, status } = pace(deadlineMs, path);
    elapsedMs += takesMs;
    tokens += path === TOKEN ? 1 : 0;
    const json = path === TOKEN ? { access_token: `SECRET-${tokens}`, expires_in: 3_600 } : {};
    return ok({ status: path === TOKEN ? 200 : status, headers: {}, body: Buffer.from(JSON.stringify(json)) });
  };
  const carrier = fedexCarrier({
    send,
    now: fakeClock().now,
    monotonicMs: () => elapsedMs,
    account: exampleFedexAccount('https://apis-sandbox.fedex.com'),
  });
  return { carrier, asked, elapsedMs: () => elapsedMs };
};

const calls: readonly (readonly [name: string, totalMs: number, call: (carrier: Carrier) => Promise<unknown>])[] = [
  ['buyLabel', usualDeadlines.purchaseMs, (carrier) => carrier.buyLabel(order)],
  [
    'bookPickup',
    usualDeadlines.purchaseMs,
    (carrier) =>
      carrier.bookPickup({ ...order, on: '2026-01-06', readyAt: '10:00', closesAt: '17:00', place: null, abroad: false }),
  ],
  ['quoteRates', usualDeadlines.questionMs, (carrier) => carrier.quoteRates(order)],
  ['track', usualDeadlines.questionMs, (carrier) => carrier.track(['794953535000'])],
  [
    'findByReference',
    usualDeadlines.questionMs,
    (carrier) => carrier.findByReference({ reference: 'r1', askedAt: fakeClock().now(), shipOn: null }),
  ],
  ['voidLabel', usualDeadlines.questionMs, (carrier) => carrier.voidLabel('794953535000')],
  ['proofOfDelivery', usualDeadlines.questionMs, (carrier) => carrier.proofOfDelivery('794953535000')],
  ['validateAddress', usualDeadlines.questionMs, (carrier) => carrier.validateAddress(reachable)],
  [
    'cancelPickup',
    usualDeadlines.questionMs,
    (carrier) => carrier.cancelPickup({ confirmation: '1', on: '2026-01-06', service: null, station: null }),
  ],
];

describe('the time that a call to FedEx may take', () => {
  it('is over before a purchase counts as abandoned', () => {
    expect(usualDeadlines.purchaseMs).toBeLessThan(ABANDONED_AFTER_MS);
  });

  describe.each(calls)('%s', (_, totalMs, call) => {
    it.each([0, 0.1, 0.25, 0.5, 0.75, 1])(
      'is one, with tokens and a question asked twice, where the first answer takes %f of its time and all else takes all of it',
      async (part) => {
        let questions = 0;
        const { carrier, asked, elapsedMs } = paced((deadlineMs, path) => {
          questions += path === TOKEN ? 0 : 1;
          return { takesMs: deadlineMs * (path !== TOKEN && questions === 1 ? part : 1), status: 401 };
        });
        await call(carrier);
        expect(elapsedMs()).toBeLessThanOrEqual(totalMs);
        expect(asked.length).toBeGreaterThanOrEqual(2);
        expect(asked.every(({ deadlineMs }) => deadlineMs > 0)).toBe(true);
      },
    );
  });

  it('is handed on, less what was taken, from the token to the question and on to the second of both', async () => {
    const { carrier, asked } = paced((_, path) => ({ takesMs: path === TOKEN ? 4_000 : 10_000, status: 401 }));
    expect(await carrier.buyLabel(order)).toMatchObject({ ok: false, error: { code: 'carrier.unauthorized' } });
    expect(asked).toEqual([
      { path: TOKEN, deadlineMs: 5_000 },
      { path: '/ship/v1/shipments', deadlineMs: 56_000 },
      { path: TOKEN, deadlineMs: 5_000 },
      { path: '/ship/v1/shipments', deadlineMs: 42_000 },
    ]);
  });

  it('is no longer enough for a second try where more than half of it has passed, and then nothing was bought', async () => {
    const { carrier, asked } = paced((_, path) => ({ takesMs: path === TOKEN ? 0 : 30_001, status: 401 }));
    expect(await carrier.buyLabel(order)).toMatchObject({ ok: false, error: { code: 'carrier.unavailable' } });
    expect(asked.map(({ path }) => path)).toEqual([TOKEN, '/ship/v1/shipments']);
  });

  it('is never begun anew for a question where all of it went by with the token', async () => {
    const { carrier, asked } = paced((_, path) => ({ takesMs: path === TOKEN ? 60_000 : 0, status: 200 }));
    expect(await carrier.buyLabel(order)).toMatchObject({ ok: false, error: { code: 'carrier.unavailable' } });
    expect(asked.map(({ path }) => path)).toEqual([TOKEN]);
  });
});
