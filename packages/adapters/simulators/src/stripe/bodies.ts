import type { Bill, Session, Sold } from './books.js';

/** In the shape since 2025-03-31 (basil): the period stands on the item. */
export const subscriptionBody = ({
  id,
  customer,
  status,
  price,
  created,
  start,
  end,
  trialEnd,
  cancelAt,
  cancelAtEnd,
}: Sold) => ({
  id,
  object: 'subscription',
  customer,
  status,
  created,
  start_date: created,
  trial_end: trialEnd,
  cancel_at: cancelAt,
  cancel_at_period_end: cancelAtEnd,
  livemode: false,
  items: {
    object: 'list',
    has_more: false,
    data: [
      {
        id: `si_${id}`,
        object: 'subscription_item',
        quantity: 1,
        price: { id: price, object: 'price' },
        current_period_start: start,
        current_period_end: end,
      },
    ],
  },
});

export const invoiceBody = ({ id, customer, subscription, created, paid }: Bill) => ({
  id,
  object: 'invoice',
  customer,
  number: `SIM-${id}`,
  status: paid ? 'paid' : 'open',
  total: 4_900,
  currency: 'eur',
  created,
  due_date: null,
  status_transitions: { finalized_at: created },
  parent: { type: 'subscription_details', subscription_details: { subscription } },
  hosted_invoice_url: `https://invoice.example/${id}`,
  invoice_pdf: null,
  livemode: false,
});

/** One that isn't open has no address any more. */
export const sessionBody = ({ id, customer, status }: Session, host: string) => ({
  id,
  object: 'checkout.session',
  customer,
  status,
  url: status === 'open' ? `http://${host}/pay/${id}` : null,
});

export const listBody = <Row extends { readonly id: string }>(rows: readonly Row[], limit: number, after: string | undefined) => {
  const from = after === undefined ? 0 : rows.findIndex(({ id }) => id === after) + 1;
  const data = rows.slice(from, from + limit);
  return { object: 'list', data, has_more: from + limit < rows.length, url: '/v1' };
};

export const missing = (what: string) => ({
  error: { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${what}` },
});

export const wrong = (code: string) => ({ error: { type: 'invalid_request_error', code, message: 'That cannot be taken.' } });
