import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Stripe from 'stripe';
import { type InvoiceBody, toInvoice } from './invoice-body.js';
import { prices } from './stripe.test-kit.js';
import { stripeEventReader } from './stripe-events.js';
import { type SubscriptionBody, toBilled } from './subscription-body.js';

const folder = join(
  process.env['RAPPIT_CHANNEL_SAMPLES'] ?? join(import.meta.dirname, '../../../../../shared/channels'),
  'stripe',
);
const samples = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];

type Sample = {
  readonly type: string;
  readonly livemode: boolean;
  readonly data: { readonly object: Readonly<Record<string, unknown>> };
};

/** `invoice.payment_failed.json` is of that type; what the thing is that it tells of. */
const kindOf = (file: string): string => file.split('.').slice(0, -2).join('.');
const isDate = (moment: unknown): boolean => moment instanceof Date && !Number.isNaN(moment.getTime());

/** What of a thing that an event brings along has to be readable, as it would be if we asked for it. */
const readable: Readonly<Record<string, (body: never) => boolean>> = {
  'checkout.session': () => true,
  'customer.subscription': (body: SubscriptionBody) => {
    const { startedAt, periodStartsAt, periodEndsAt } = toBilled(body, prices);
    return [startedAt, periodStartsAt].every(isDate) && periodEndsAt > periodStartsAt;
  },
  invoice: (body: InvoiceBody) => {
    const { createdAt, subscriptionId, totalMinor } = toInvoice(body);
    return isDate(createdAt) && /^sub_/.test(subscriptionId ?? '') && Number.isInteger(totalMinor);
  },
};

it('knows what each of the samples is about', () => {
  expect(samples.map(kindOf).filter((kind) => !(kind in readable))).toEqual([]);
});

/** They aren't part of the repository: where they lie beside it, every one of them is read. */
if (samples.length > 0)
  it.each(samples)('reads %s', (file) => {
    const payload = readFileSync(join(folder, file), 'utf8');
    const { type, livemode, data } = JSON.parse(payload) as Sample;
    const secret = 'whsec_SECRET';
    const signature = new Stripe('sk_test_SECRET').webhooks.generateTestHeaderString({ payload, secret });
    const read = stripeEventReader({ webhookSecrets: [secret], livemode });
    const event = read({ body: Buffer.from(payload), signature, receivedAt: new Date() });
    expect(event).toMatchObject({ ok: true, value: { type, customerId: data.object['customer'] } });
    expect(readable[kindOf(file)]?.(data.object as never)).toBe(true);
  });
