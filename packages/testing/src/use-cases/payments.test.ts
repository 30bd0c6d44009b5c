import { type OrderId, type Payment, paymentStatuses, paymentTransitions } from '@rappit/domain';
import { exampleLine } from '../fakes/index.js';
import { mug, ordersScene } from './orders-scene.test-kit.js';

const owing = async (facts: object = { paymentStatus: 'pending', paymentMethod: 'prepaid' }) => {
  const scene = await ordersScene(2);
  const id = await scene.place([exampleLine('MUG', 2)], facts);
  const pay = (payment: Omit<Payment, 'reference'>) =>
    scene.rappit.recordPayment(scene.caller, id, { reference: null, ...payment });
  const lapse = async (): Promise<void> => {
    scene.rappit.clock.advance(31 * 60_000);
    await scene.rappit.expireUnpaid(scene.caller.organizationId);
  };
  const amounts = async (of: OrderId = id) => {
    const { paidMinor, refundedMinor } = await scene.find(of);
    return [paidMinor, refundedMinor];
  };
  return { ...scene, id, pay, lapse, amounts };
};

/** Two mugs of 19.00 and 4.90 for shipping. */
const TOTAL = 4_290;

describe('what a payment means for promises', () => {
  it.each([
    ['authorized', '2 of 2'],
    ['paid', '2 of 2'],
    ['failed', '0 of 2'],
  ] as const)('%s: %s are reserved after the payment window', async (status, left) => {
    const { pay, lapse, level, books } = await owing();
    expect(await pay({ status })).toMatchObject({ ok: true });
    await lapse();
    expect(await level(mug)).toBe(left);
    expect(await books()).toMatchObject({ levels: [], lines: [] });
  });

  it('none at all: what is paid on delivery never lapses, and ships unpaid', async () => {
    const { id, rappit, caller, ship, lapse, level, pay } = await owing({
      paymentStatus: 'pending',
      paymentMethod: 'cashOnDelivery',
    });
    await lapse();
    expect(await level(mug)).toBe('2 of 2');
    await rappit.markReady(caller, id);
    expect(await ship(id)).toMatchObject({ ok: true });
    expect(await pay({ status: 'paid' })).toMatchObject({ ok: true, value: { status: 'shipped', paymentStatus: 'paid' } });
  });
});

describe('amounts', () => {
  it('are the total when an order comes paid, or is said to be', async () => {
    expect(await (await owing({ paymentStatus: 'paid' })).amounts()).toEqual([TOTAL, 0]);
    const { pay, amounts } = await owing();
    expect(await amounts()).toEqual([0, 0]);
    await pay({ status: 'authorized' });
    expect(await amounts()).toEqual([0, 0]);
    await pay({ status: 'paid' });
    expect(await amounts()).toEqual([TOTAL, 0]);
  });

  it('may be corrected: with paid all that was paid so far is said', async () => {
    const { pay, amounts, find, id } = await owing();
    await pay({ status: 'paid', amountMinor: 4_000 });
    await pay({ status: 'paid', amountMinor: TOTAL });
    expect(await amounts()).toEqual([TOTAL, 0]);
    const before = await find(id);
    expect(await pay({ status: 'paid', amountMinor: TOTAL })).toEqual({ ok: true, value: before });
    expect(await pay({ status: 'paid' })).toEqual({ ok: true, value: before });
  });

  it('that are given back add up, and never come to more than was paid', async () => {
    const { pay, amounts, told, id } = await owing({ paymentStatus: 'paid' });
    await pay({ status: 'partiallyRefunded', amountMinor: 1_000 });
    await pay({ status: 'partiallyRefunded', amountMinor: 1_000 });
    expect(await amounts()).toEqual([TOTAL, 2_000]);
    for (const amountMinor of [undefined, 0, 2_290, 5_000])
      expect(await pay({ status: 'partiallyRefunded', amountMinor })).toEqual({
        ok: false,
        error: {
          code: 'payment.amount_invalid',
          message: 'must be at least 1 and less than 2290, what is left of the payment',
        },
      });
    expect(await pay({ status: 'refunded', amountMinor: 2_000 })).toMatchObject({ error: { code: 'payment.amount_invalid' } });
    await pay({ status: 'refunded', amountMinor: 2_290 });
    expect(await amounts()).toEqual([TOTAL, TOTAL]);
    expect((await told(id)).at(-1)?.[3]).toBe('refunded 22.90 EUR');
  });
});

const pairs = paymentStatuses.flatMap((from) => paymentStatuses.map((to) => [from, to] as const));
const impossible = pairs.filter(([from, to]) => from !== to && !paymentTransitions[from].includes(to));

it.each(impossible)('a payment that is %s does not become %s', async (from, to) => {
  const { pay, find, id } = await owing({ paymentStatus: from });
  const before = await find(id);
  expect(await pay({ status: to, amountMinor: 1 })).toEqual({
    ok: false,
    error: { code: 'payment.invalid_transition', from, to },
  });
  expect(await find(id)).toEqual(before);
});
