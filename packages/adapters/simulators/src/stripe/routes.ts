import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bodyOf, idOf, not, pageOf, queryOf } from './asked.js';
import { invoiceBody, listBody, sessionBody, subscriptionBody, wrong } from './bodies.js';
import type { Session, Sold, StripeBooks } from './books.js';
import { textIn } from './form.js';

/** The pages that a browser opens: somebody pays by a click, and goes back to where they came from. */
export const pageRoutes = (app: FastifyInstance, { sessions, pay }: StripeBooks): void => {
  const html = (words: string) => `<!doctype html><meta charset="utf-8"><title>Simulated Stripe</title>${words}`;
  app.get('/pay/:id', async (request, reply) => {
    const session = sessions.get(idOf(request));
    if (!session) return not(reply, 'checkout.session');
    const form = {
      complete: '<p>This is paid for.</p>',
      expired: '<p>This page is closed.</p>',
      open: '<form method="post"><button>Pay (nothing is real)</button></form>',
    }[session.status];
    return reply.type('text/html').send(html(`<h1>${session.price.replace(/\W/g, ' ')}</h1>${form}`));
  });
  app.post('/pay/:id', async (request, reply) => {
    const session = sessions.get(idOf(request));
    if (!session) return not(reply, 'checkout.session');
    pay(session.id);
    return reply.redirect(session.successUrl.replace('{CHECKOUT_SESSION_ID}', session.id), 303);
  });
};

export const customerRoutes = (app: FastifyInstance, { customers, nextId }: StripeBooks): void => {
  const keep = (id: string, request: FastifyRequest) => {
    const name = textIn(bodyOf(request), 'name');
    const organization = textIn(bodyOf(request), 'metadata', 'organization_id');
    customers.set(id, {
      ...customers.get(id),
      ...(name !== undefined && { name }),
      ...(organization !== undefined && { organization }),
    });
    return { id, object: 'customer', name: name ?? null };
  };
  app.get('/v1/customers/search', async (request) => {
    const wanted = /^metadata\['organization_id'\]:'([^']+)'$/.exec(textIn(queryOf(request), 'query') ?? '')?.[1];
    const found = [...customers].filter(([, { organization }]) => organization === wanted);
    return {
      ...listBody(
        found.map(([id]) => ({ id, object: 'customer', created: 0 })),
        100,
        undefined,
      ),
      object: 'search_result',
    };
  });
  app.post('/v1/customers', async (request) => keep(nextId('cus'), request));
  app.post('/v1/customers/:id', async (request, reply) => {
    const id = idOf(request);
    const email = textIn(bodyOf(request), 'email');
    if (email !== undefined && !/^[\x21-\x7e]+@[\x21-\x7e]+$/.test(email)) return reply.code(400).send(wrong('email_invalid'));
    return customers.has(id) ? keep(id, request) : not(reply, 'customer');
  });
};

export const sellingRoutes = (
  app: FastifyInstance,
  { customers, sessions, nextId }: StripeBooks,
  prices: readonly string[],
): void => {
  app.post('/v1/checkout/sessions', async (request, reply) => {
    const form = bodyOf(request);
    const [customer = '', price = ''] = [textIn(form, 'customer'), textIn(form, 'line_items', '0', 'price')];
    if (!customers.has(customer)) return not(reply, 'customer');
    if (!prices.includes(price)) return not(reply, 'price');
    const trialEnd = textIn(form, 'subscription_data', 'trial_end');
    const id = nextId('cs');
    const successUrl = textIn(form, 'success_url') ?? '';
    const trial = trialEnd === undefined ? null : Number(trialEnd);
    const session: Session = { id, customer, price, trialEnd: trial, status: 'open', successUrl };
    sessions.set(id, session);
    return sessionBody(session, request.host);
  });
  app.get('/v1/checkout/sessions', async (request, reply) => {
    const query = queryOf(request);
    const [customer, status] = [textIn(query, 'customer') ?? '', textIn(query, 'status')];
    if (!customers.has(customer)) return not(reply, 'customer');
    const theirs = [...sessions.values()].filter((one) => one.customer === customer && (status ?? one.status) === one.status);
    return listBody(
      theirs.toReversed().map((one) => sessionBody(one, request.host)),
      ...pageOf(query),
    );
  });
  app.get('/v1/checkout/sessions/:id', async (request, reply) => {
    const session = sessions.get(idOf(request));
    return session ? sessionBody(session, request.host) : not(reply, 'checkout.session');
  });
  app.post('/v1/checkout/sessions/:id/expire', async (request, reply) => {
    const session = sessions.get(idOf(request));
    if (!session) return not(reply, 'checkout.session');
    if (session.status !== 'open') return reply.code(400).send(wrong('checkout_session_not_open'));
    const closed: Session = { ...session, status: 'expired' };
    sessions.set(session.id, closed);
    return sessionBody(closed, request.host);
  });
  app.post('/v1/billing_portal/sessions', async (request, reply) => {
    const customer = textIn(bodyOf(request), 'customer') ?? '';
    if (!customers.has(customer)) return not(reply, 'customer');
    return { id: nextId('bps'), object: 'billing_portal.session', url: `https://billing.example/session/${customer}` };
  });
};

/** When a subscription ends, after a wish for a day of its own ('' for none) or for the end of the period. */
const endOf = (one: Sold, day: string | undefined, atEnd: string | undefined): Pick<Sold, 'cancelAt' | 'cancelAtEnd'> => {
  if (day !== undefined) return { cancelAt: day === '' ? null : Number(day), cancelAtEnd: false };
  if (atEnd === 'true') return { cancelAt: one.end, cancelAtEnd: true };
  const isTakenBack = atEnd === 'false' && one.cancelAtEnd;
  return { cancelAt: isTakenBack ? null : one.cancelAt, cancelAtEnd: one.cancelAtEnd && !isTakenBack };
};

export const subscriptionRoutes = (app: FastifyInstance, books: StripeBooks, prices: readonly string[]): void => {
  const { customers, sold, bills } = books;
  app.get('/v1/subscriptions', async (request, reply) => {
    const query = queryOf(request);
    const customer = textIn(query, 'customer') ?? '';
    if (!customers.has(customer)) return not(reply, 'customer');
    const status = textIn(query, 'status');
    const isWanted = (one: Sold) =>
      status === 'all' || (status === undefined ? one.status !== 'canceled' : one.status === status);
    const theirs = [...sold.values()].filter((one) => one.customer === customer && isWanted(one)).toReversed();
    return listBody(theirs.map(subscriptionBody), ...pageOf(query));
  });
  app.get('/v1/subscriptions/:id', async (request, reply) => {
    const one = sold.get(idOf(request));
    return one ? subscriptionBody(one) : not(reply, 'subscription');
  });
  app.post('/v1/subscriptions/:id', async (request, reply) => {
    const one = sold.get(idOf(request));
    if (!one || one.status === 'canceled') return not(reply, 'subscription');
    const form = bodyOf(request);
    const price = textIn(form, 'items', '0', 'price');
    if (price !== undefined && !prices.includes(price)) return not(reply, 'price');
    const [day, atEnd] = [textIn(form, 'cancel_at'), textIn(form, 'cancel_at_period_end')];
    if (day !== undefined && atEnd !== undefined) return reply.code(400).send(wrong('parameter_invalid_combination'));
    const isPaidFirst =
      textIn(form, 'payment_behavior') === 'pending_if_incomplete' && price !== undefined && price !== one.price;
    const isPending = isPaidFirst && !books.chargeChange(one);
    return subscriptionBody(
      books.keep({ ...one, price: isPending ? one.price : (price ?? one.price), ...endOf(one, day, atEnd) }),
    );
  });
  app.delete('/v1/subscriptions/:id', async (request, reply) => {
    const one = sold.get(idOf(request));
    if (!one || one.status === 'canceled') return not(reply, 'subscription');
    return subscriptionBody(books.keep({ ...one, status: 'canceled' }, 'customer.subscription.deleted'));
  });
  app.get('/v1/invoices', async (request, reply) => {
    const query = queryOf(request);
    const [customer, subscription, status] = ['customer', 'subscription', 'status'].map((name) => textIn(query, name));
    if (customer !== undefined && !customers.has(customer)) return not(reply, 'customer');
    const wanted = bills.filter(
      (bill) =>
        (customer === undefined || bill.customer === customer) &&
        (subscription === undefined || bill.subscription === subscription) &&
        (status === undefined || status === (bill.paid ? 'paid' : 'open')),
    );
    return listBody(wanted.toReversed().map(invoiceBody), ...pageOf(query));
  });
};
