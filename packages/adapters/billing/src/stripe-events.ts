import { type BillingEvent, type BillingEventReader, type BillingEventRefused, err, ok } from '@rappit/domain';
import Stripe from 'stripe';

/** How far the time of a signature may be from ours, either way. */
const TOLERANCE_SECONDS = 300;

export type StripeAccount = {
  /** Any of them may have signed: there are several while one replaces another. */
  readonly webhookSecrets: readonly string[];
  /** Whether money is real. */
  readonly livemode: boolean;
};

const refused = (reason: BillingEventRefused['reason']) => err({ code: 'billing_event.refused' as const, reason });

/** What is read of an event, whichever version of the API it was written in. */
type EventBody = {
  readonly id?: unknown;
  readonly type?: unknown;
  readonly account?: unknown;
  readonly livemode?: unknown;
  readonly data?: { readonly object?: { readonly object?: unknown; readonly id?: unknown; readonly customer?: unknown } };
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const customerOf = ({ data }: EventBody): string | null => {
  const about = data?.object;
  if (about?.object === 'customer') return textOf(about.id);
  const { customer } = about ?? {};
  if (typeof customer === 'object' && customer !== null && 'id' in customer) return textOf(customer.id);
  return textOf(customer);
};

const toEvent = (body: EventBody): BillingEvent | null => {
  const [id, type] = [textOf(body.id), textOf(body.type)];
  return id === null || type === null ? null : { id, type, customerId: customerOf(body) };
};

/** When a header says that it was signed. Nothing but digits is a time, and two times are none: Stripe's library verifies the last of them. */
const signedAt = (header: string): number | null => {
  const [said, more] = header.split(',').filter((part) => part.split('=')[0] === 't');
  const digits = more === undefined ? /^t=(\d{1,12})$/.exec(said ?? '')?.[1] : undefined;
  return digits === undefined ? null : Number(digits);
};

/**
 * Reads what Stripe tells. Throws at once when there is no secret, or an empty one: a signature by nothing would be anybody's.
 * Stripe's own library takes a time of tomorrow for a good one, so the future is bounded here.
 */
export const stripeEventReader = ({ webhookSecrets, livemode }: StripeAccount): BillingEventReader => {
  if (webhookSecrets.length === 0 || webhookSecrets.some((secret) => secret.trim() === ''))
    throw new Error('a webhook secret of Stripe is missing or empty');
  const { webhooks } = new Stripe('sk_unused_for_signatures');
  return ({ body, signature, receivedAt }) => {
    const bytes = Buffer.from(body);
    const verified = webhookSecrets.some((secret) => {
      try {
        return webhooks.signature?.verifyHeader(bytes, signature, secret, Number.MAX_SAFE_INTEGER) ?? false;
      } catch {
        return false;
      }
    });
    const at = signedAt(signature);
    if (!verified || at === null) return refused('signature');
    if (Math.abs(receivedAt.getTime() / 1_000 - at) > TOLERANCE_SECONDS) return refused('age');
    return understood(bytes, livemode);
  };
};

const understood: (bytes: Buffer, livemode: boolean) => ReturnType<BillingEventReader> = (bytes, livemode) => {
  let body: EventBody | null;
  try {
    body = JSON.parse(bytes.toString('utf8')) as EventBody | null;
  } catch {
    return refused('unreadable');
  }
  const event = body && toEvent(body);
  if (!body || !event) return refused('unreadable');
  // Only what happens in an account that is connected to ours names one.
  if (body.livemode !== livemode || (body.account ?? null) !== null) return refused('account');
  return ok(event);
};
