import Stripe from 'stripe';
import { stripeEventReader } from './index.js';

const secret = 'whsec_SECRET';
const receivedAt = new Date('2026-03-01T12:00:00Z');
const seconds = receivedAt.getTime() / 1_000;
const { webhooks } = new Stripe('sk_test_SECRET');

const event = {
  id: 'evt_1',
  object: 'event',
  type: 'customer.subscription.updated',
  livemode: false,
  data: { object: { id: 'sub_1', object: 'subscription', customer: 'cus_1' } },
};
const signed = (payload: string, timestamp = seconds, by = secret) => ({
  body: Buffer.from(payload),
  signature: webhooks.generateTestHeaderString({ payload, secret: by, timestamp }),
  receivedAt,
});
const read = stripeEventReader({ webhookSecrets: ['whsec_OLD_SECRET', secret], livemode: false });
const refusedFor = (reason: string) => ({ ok: false, error: { code: 'billing_event.refused', reason } });
const text = JSON.stringify(event);

it.each([
  ['a subscription', event.data.object, 'cus_1'],
  ['a subscription whose customer is written out', { ...event.data.object, customer: { id: 'cus_1' } }, 'cus_1'],
  ['an invoice', { id: 'in_1', object: 'invoice', customer: 'cus_1' }, 'cus_1'],
  ['a checkout without a customer', { id: 'cs_1', object: 'checkout.session', customer: null }, null],
  ['a customer', { id: 'cus_1', object: 'customer' }, 'cus_1'],
])('reads whose event it is of %s', (_, object, customerId) => {
  const answer = read(signed(JSON.stringify({ ...event, data: { object } })));
  expect(answer).toEqual({ ok: true, value: { id: 'evt_1', type: 'customer.subscription.updated', customerId } });
});

it('takes a signature by any of its secrets', () => {
  expect(read(signed(text, seconds, 'whsec_OLD_SECRET'))).toMatchObject({ ok: true });
});

it.each([
  ['by another secret', signed(text, seconds, 'whsec_another_SECRET')],
  ['of other bytes', { ...signed(text), body: Buffer.from(`${text} `) }],
  ['that is none', { ...signed(text), signature: '' }],
  ['of a time alone', { ...signed(text), signature: `t=${seconds}` }],
  ['of long ago behind a time of now', { ...signed(text), signature: `t=${seconds},${signed(text, 1).signature}` }],
  ['of two times, which are the same', { ...signed(text), signature: `t=${seconds},${signed(text).signature}` }],
  ['whose time was changed', { ...signed(text), signature: signed(text).signature.replace(/t=\d+/, `t=${seconds + 1}`) }],
])('refuses a signature %s', (_, message) => {
  expect(read(message)).toEqual(refusedFor('signature'));
});

it.each([
  [-300, true],
  [-301, false],
  [300, true],
  [301, false],
  [86_400, false],
  [-86_400 * 30, false],
])('signed %s seconds from now it is taken: %s', (away, taken) => {
  const answer = read(signed(text, seconds + away));
  if (taken) expect(answer).toMatchObject({ ok: true });
  else expect(answer).toEqual(refusedFor('age'));
});

it.each([
  ['of an account that is connected to ours', { account: 'acct_1' }],
  ['in which money is real, where ours is not', { livemode: true }],
  ['that says nothing of money', { livemode: undefined }],
])('refuses an event %s', (_, facts) => {
  expect(read(signed(JSON.stringify({ ...event, ...facts })))).toEqual(refusedFor('account'));
});

it.each(['', 'null', '7', '[]', '{"id":"evt_1"}', '{"id":7,"type":"x"}', '{"id":"evt_1","type":""'])(
  'finds %j unreadable',
  (payload) => {
    expect(read(signed(payload))).toEqual(refusedFor('unreadable'));
  },
);

it.each([[[]], [['']], [['  ']], [[secret, '']]])('does not start with the secrets %j', (webhookSecrets) => {
  expect(() => stripeEventReader({ webhookSecrets, livemode: false })).toThrow('a webhook secret of Stripe is missing or empty');
});
