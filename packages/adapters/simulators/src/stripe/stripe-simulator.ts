import { createHmac } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { invoiceBody, listBody, missing, subscriptionBody, wrong } from './bodies.js';
import { type Sold, type StripeBooks, stripeBooks } from './books.js';
import { type Form, formOf, textIn } from './form.js';

/** An event as it would be sent. Whoever holds it may send it twice, late, in another order or not at all. */
export type SignedEvent = { readonly body: string; readonly signature: string };

export type StripeSimulator = {
  readonly server: { readonly protocol: 'http'; readonly host: string; readonly port: number };
  /** Whoever opened this page pays. */
  readonly pay: (url: string) => void;
  readonly setCard: (works: boolean) => void;
  readonly passDays: (days: number) => void;
  readonly now: () => Date;
  /** Everything that happened since this was asked last, signed now. */
  readonly events: () => readonly SignedEvent[];
  /** From now on every call is answered with a fault of Stripe's own. */
  readonly breakDown: () => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
};

type Options = { readonly webhookSecret: string; readonly prices: readonly string[] };

/** Stripe on the loopback, as far as `@rappit/billing` calls it: its own library talks to it. */
export const startStripeSimulator = async ({ webhookSecret, prices }: Options): Promise<StripeSimulator> => {
  let offset = 0;
  let away = false;
  const now = (): number => Math.floor(Date.now() / 1_000) + offset;
  const happened: string[] = [];
  const books = stripeBooks(now, (type, sold) => {
    const event = {
      id: books.nextId('evt'),
      object: 'event',
      api_version: '2026-10-28.endive',
      created: now(),
      type,
      livemode: false,
    };
    happened.push(JSON.stringify({ ...event, data: { object: subscriptionBody(sold) } }));
  });
  const app = Fastify({ logger: false });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => {
    done(null, formOf(String(body)));
  });
  app.addHook('onRequest', async (_, reply) => {
    if (away) await reply.code(500).send({ error: { type: 'api_error', message: 'Something went wrong on our end.' } });
  });
  rememberAnswers(app);
  customerRoutes(app, books);
  sellingRoutes(app, books, prices);
  subscriptionRoutes(app, books, prices);
  const listening: Promise<string> = app.listen({ host: '127.0.0.1', port: 0 });
  const port = Number(new URL(await listening).port);
  const sign = (body: string): SignedEvent => {
    const at = now();
    return { body, signature: `t=${at},v1=${createHmac('sha256', webhookSecret).update(`${at}.${body}`).digest('hex')}` };
  };
  return {
    server: { protocol: 'http', host: '127.0.0.1', port },
    pay: (url) => books.pay(new URL(url).pathname.split('/').at(-1) ?? ''),
    setCard: books.setCard,
    passDays: (days) => {
      for (let day = 0; day < days; day += 1) {
        offset += 86_400;
        books.renewAll();
      }
    },
    now: () => new Date(now() * 1_000),
    events: () => happened.splice(0).map(sign),
    breakDown: () => {
      away = true;
    },
    mend: () => {
      away = false;
    },
    close: () => app.close(),
  };
};

const bodyOf = (request: FastifyRequest): Form => (request.body ?? {}) as Form;
const queryOf = (request: FastifyRequest): Form => request.query as Form;
const idOf = (request: FastifyRequest): string => (request.params as { readonly id: string }).id;
const pageOf = (query: Form) => [Number(textIn(query, 'limit') ?? 10), textIn(query, 'starting_after')] as const;
const not = (reply: FastifyReply, what: string) => reply.code(404).send(missing(what));

type Answered = { readonly status: number; readonly body: string };
type Claim = {
  readonly asked: string;
  readonly answer: Promise<Answered | null>;
  readonly settle: (answer: Answered | null) => void;
};

const claimFor = (asked: string): Claim => {
  let settle: Claim['settle'] = () => undefined;
  const answer = new Promise<Answered | null>((resolve) => {
    settle = resolve;
  });
  return { asked, answer, settle };
};

/** What was asked under a key is answered again, and anything else under it refused. Who asks meanwhile waits for the first answer. */
const rememberAnswers = (app: FastifyInstance): void => {
  const claims = new Map<string, Claim>();
  const first = new WeakSet<FastifyRequest>();
  const keyOf = ({ headers }: FastifyRequest): string | null => String(headers['idempotency-key'] ?? '') || null;
  app.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request);
    if (key === null) return;
    const asked = `${request.url} ${JSON.stringify(request.body ?? {})}`;
    const known = claims.get(key);
    if (known && known.asked !== asked)
      return reply.code(400).send({ error: { type: 'idempotency_error', message: 'Keys are for one request each.' } });
    const before = await known?.answer;
    if (before) return reply.code(before.status).type('application/json').send(before.body);
    first.add(request);
    claims.set(key, claimFor(asked));
    return undefined;
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const key = keyOf(request);
    if (key === null || !first.has(request)) return;
    const failed = reply.statusCode >= 500;
    claims.get(key)?.settle(failed ? null : { status: reply.statusCode, body: String(payload) });
    if (failed) claims.delete(key);
  });
};

const customerRoutes = (app: FastifyInstance, { customers, nextId }: StripeBooks): void => {
  const keep = (id: string, request: FastifyRequest) => {
    const name = textIn(bodyOf(request), 'name');
    customers.set(id, { ...customers.get(id), ...(name !== undefined && { name }) });
    return { id, object: 'customer', name: name ?? null };
  };
  app.post('/v1/customers', async (request) => keep(nextId('cus'), request));
  app.post('/v1/customers/:id', async (request, reply) => {
    const id = idOf(request);
    const email = textIn(bodyOf(request), 'email');
    if (email !== undefined && !/^[\x21-\x7e]+@[\x21-\x7e]+$/.test(email)) return reply.code(400).send(wrong('email_invalid'));
    return customers.has(id) ? keep(id, request) : not(reply, 'customer');
  });
};

const sellingRoutes = (app: FastifyInstance, { customers, sessions, nextId }: StripeBooks, prices: readonly string[]): void => {
  app.post('/v1/checkout/sessions', async (request, reply) => {
    const form = bodyOf(request);
    const [customer = '', price = ''] = [textIn(form, 'customer'), textIn(form, 'line_items', '0', 'price')];
    if (!customers.has(customer)) return not(reply, 'customer');
    if (!prices.includes(price)) return not(reply, 'price');
    const trialEnd = textIn(form, 'subscription_data', 'trial_end');
    const id = nextId('cs');
    sessions.set(id, { id, customer, price, trialEnd: trialEnd === undefined ? null : Number(trialEnd), bought: false });
    return { id, object: 'checkout.session', url: `https://checkout.example/pay/${id}` };
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

const subscriptionRoutes = (app: FastifyInstance, books: StripeBooks, prices: readonly string[]): void => {
  const { customers, sold, bills } = books;
  app.get('/v1/subscriptions', async (request, reply) => {
    const query = queryOf(request);
    const customer = textIn(query, 'customer') ?? '';
    if (!customers.has(customer)) return not(reply, 'customer');
    const theirs = [...sold.values()].filter((one) => one.customer === customer).toReversed();
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
    return subscriptionBody(books.keep({ ...one, price: price ?? one.price, ...endOf(one, day, atEnd) }));
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
