import { createHmac } from 'node:crypto';
import Fastify from 'fastify';
import { bodyOf, queryOf } from './asked.js';
import { subscriptionBody } from './bodies.js';
import { type StripeTruth, stripeBooks } from './books.js';
import { formOf, textIn } from './form.js';
import { rememberAnswers } from './remember-answers.js';
import { customerRoutes, pageRoutes, sellingRoutes, subscriptionRoutes } from './routes.js';

/** An event as it would be sent. Whoever holds it may send it twice, late, in another order or not at all. */
export type SignedEvent = { readonly body: string; readonly signature: string };

export type StripeSimulator = {
  readonly server: { readonly protocol: 'http'; readonly host: string; readonly port: number };
  /** Whoever opened this page pays. */
  readonly pay: (url: string) => void;
  readonly setCard: (works: boolean) => void;
  /** Whatever a customer has stopped, since no payment of it came. */
  readonly giveUp: (customer: string) => void;
  readonly passDays: (days: number) => void;
  readonly now: () => Date;
  /** Everything that happened since this was asked last, signed now. */
  readonly events: () => readonly SignedEvent[];
  /** An event that was sent before, signed anew, as one is that wasn't taken. */
  readonly again: (event: SignedEvent) => SignedEvent;
  /** Everything that a customer ever had or was billed, as it is now. */
  readonly truthOf: (customer: string) => StripeTruth;
  /** From now on every call is answered with a fault of Stripe's own. */
  readonly breakDown: () => void;
  readonly mend: () => void;
  /** The next call that writes is begun and fails, which is answered again to whoever repeats it under its key. */
  readonly spoilNext: () => void;
  /** A day later: what was asked under a key is done anew. */
  readonly forgetKeys: () => void;
  readonly close: () => Promise<void>;
};

type Options = {
  readonly webhookSecret: string;
  readonly prices: readonly string[];
  /** Where events are sent as they happen, once it is known; without it they wait for `events`. One that isn't taken is lost. */
  readonly deliverTo?: () => string | null;
  /** Takes any customer for its own, as one has to that keeps nothing and is started anew beside a database that was kept. */
  readonly knowsEverybody?: boolean;
};

const ownFault = { error: { type: 'api_error', message: 'Something went wrong on our end.' } };

const deliver = async (url: string, { body, signature }: SignedEvent): Promise<void> => {
  try {
    const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
    await (await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(10_000) })).arrayBuffer();
  } catch {
    // As with Stripe, whoever missed it has to ask.
  }
};

/** Stripe on the loopback, as far as `@rappit/billing` calls it: its own library talks to it. */
export const startStripeSimulator = async ({
  webhookSecret,
  prices,
  deliverTo,
  knowsEverybody = false,
}: Options): Promise<StripeSimulator> => {
  let offset = 0;
  let away = false;
  const now = (): number => Math.floor(Date.now() / 1_000) + offset;
  const happened: string[] = [];
  const sign = (body: string): SignedEvent => {
    const at = now();
    return { body, signature: `t=${at},v1=${createHmac('sha256', webhookSecret).update(`${at}.${body}`).digest('hex')}` };
  };
  const books = stripeBooks(now, (type, sold) => {
    const event = {
      id: books.nextId('evt'),
      object: 'event',
      api_version: '2026-10-28.endive',
      created: now(),
      type,
      livemode: false,
    };
    const body = JSON.stringify({ ...event, data: { object: subscriptionBody(sold) } });
    const url = deliverTo?.() ?? null;
    if (url === null) happened.push(body);
    else void deliver(url, sign(body));
  });
  const app = Fastify({ logger: false });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => {
    done(null, formOf(String(body)));
  });
  app.addHook('onRequest', async (_, reply) => {
    if (away) await reply.code(500).send(ownFault);
  });
  if (knowsEverybody)
    app.addHook('preHandler', async (request) => {
      const named = textIn(queryOf(request), 'customer') ?? textIn(bodyOf(request), 'customer');
      if (named !== undefined && !books.customers.has(named)) books.customers.set(named, {});
    });
  const forgetKeys = rememberAnswers(app);
  let spoiled = false;
  app.addHook('preHandler', async ({ method }, reply) => {
    if (!spoiled || method !== 'POST') return;
    spoiled = false;
    await reply.code(500).send(ownFault);
  });
  customerRoutes(app, books);
  pageRoutes(app, books);
  sellingRoutes(app, books, prices);
  subscriptionRoutes(app, books, prices);
  const listening: Promise<string> = app.listen({ host: '127.0.0.1', port: 0 });
  const port = Number(new URL(await listening).port);
  return {
    server: { protocol: 'http', host: '127.0.0.1', port },
    pay: (url) => books.pay(new URL(url).pathname.split('/').at(-1) ?? ''),
    setCard: books.setCard,
    giveUp: books.giveUp,
    passDays: (days) => {
      for (let day = 0; day < days; day += 1) {
        offset += 86_400;
        books.renewAll();
      }
    },
    now: () => new Date(now() * 1_000),
    again: ({ body }) => sign(body),
    truthOf: books.truthOf,
    events: () => happened.splice(0).map(sign),
    breakDown: () => {
      away = true;
    },
    mend: () => {
      away = false;
    },
    spoilNext: () => {
      spoiled = true;
    },
    forgetKeys,
    close: () => app.close(),
  };
};
