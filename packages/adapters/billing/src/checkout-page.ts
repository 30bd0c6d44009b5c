import { createHash } from 'node:crypto';
import type Stripe from 'stripe';

type Session = Pick<Stripe.Checkout.Session, 'id' | 'url'>;

/** Hashed, as Stripe takes keys of 255 characters, and a merchant's own may be that long. */
const keyOf = (wish: string): string => createHash('sha256').update(wish).digest('hex');

/**
 * The page for a wish, and no other: every page of the customer's that was opened before is closed, since each that is paid on sells a
 * subscription of its own.
 * - The same wish has the same page. If that was closed meanwhile it has another, and one that was paid on is answered as it was.
 * - When somebody pays on another page at this very moment, that one can't be closed: Stripe refuses, and no page is answered.
 */
export const onlyPage = async (
  stripe: Stripe,
  params: Stripe.Checkout.SessionCreateParams & { readonly customer: string },
  wish: string,
): Promise<Session> => {
  const page = await stripe.checkout.sessions.create(params, { idempotencyKey: keyOf(wish) });
  const { data: open } = await stripe.checkout.sessions.list({ customer: params.customer, status: 'open', limit: 100 });
  for (const { id } of open) if (id !== page.id) await stripe.checkout.sessions.expire(id);
  if (open.some(({ id }) => id === page.id)) return page;
  const { status } = await stripe.checkout.sessions.retrieve(page.id);
  return status === 'expired' ? onlyPage(stripe, params, `${wish}:${page.id}`) : page;
};
