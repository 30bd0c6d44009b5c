import Type from 'typebox';
import { sendRefused } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { onceOf } from '../once.js';
import { pageAnswer, pageQuery, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf, memberOf } from '../signed-in.js';
import { closed, keyed } from '../vocabulary.schemas.js';
import {
  BillingAuditPage,
  BillingPage,
  billingAuditView,
  Checkout,
  InvoicePage,
  invoiceView,
  Plans,
  plansView,
  Subscription,
  SubscriptionChange,
  subscriptionView,
  Usage,
} from './billing.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['billing'], summary });
const viewing = { permission: 'billing.view' } as const;
const managing = { permission: 'billing.manage', cost: 'free' } as const;
const listed = Type.Object(pageQuery, closed);
const provider = ['billing.unavailable', 'billing.refused'] as const;

/** What an organization pays for. None of this is ever refused for want of a payment. */
export const billingRoutes = routesOf((server, deps) => {
  look(server, deps);
  lookBack(server, deps);
  buy(server, deps);
  change(server, deps);
});

const look = (server: Typed, { read, terms }: HttpDeps): void => {
  server.get(
    '/billing/subscription',
    {
      config: viewing,
      schema: {
        ...told('getSubscription', 'What the organization may do, and pays for'),
        response: { 200: Subscription.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const { subscription, now } = await read(callerOf(request).organizationId, async (stores) => ({
        subscription: await stores.subscriptions.find(),
        now: stores.now,
      }));
      return reply.send(subscriptionView(terms, now)(subscription));
    },
  );

  server.get(
    '/organization/usage',
    {
      config: { permission: 'organization.view' },
      schema: {
        ...told('getUsage', 'How much there is of what the plan limits'),
        description:
          'Orders are those of this calendar month in UTC, wherever they came from. Locations and channels count while they are active.',
        response: { 200: Usage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const found = await read(callerOf(request).organizationId, async ({ subscriptions, usage }) => ({
        limits: terms.limitsOf(await subscriptions.find()),
        usage: {
          members: await usage.count('members'),
          locations: await usage.count('locations'),
          skus: await usage.count('skus'),
          ordersPerMonth: await usage.count('ordersPerMonth'),
          channels: await usage.count('channels'),
        },
      }));
      return reply.send(found);
    },
  );

  server.get(
    '/billing/plans',
    {
      config: viewing,
      schema: {
        ...told('listPlans', 'What can be bought'),
        description: 'What each plan costs, and in which currency, is shown by the checkout.',
        response: { 200: Plans.ref, ...refusals('read') },
      },
    },
    async (_request, reply) => reply.send(plansView()),
  );
};

const lookBack = (server: Typed, { useCases, read }: HttpDeps): void => {
  server.get(
    '/billing/invoices',
    {
      config: viewing,
      schema: {
        ...told('listInvoices', 'Invoices, newest first'),
        description: 'They are kept by the billing provider, which is asked each time.',
        querystring: listed,
        response: { 200: InvoicePage.ref, ...refusals('read', ...provider) },
      },
    },
    async (request, reply) => {
      const found = await useCases.listInvoices(callerOf(request).organizationId, pageRequest('invoice', request.query));
      return found.ok ? reply.send(pageAnswer('invoice', found.value, invoiceView)) : refuse(reply, found.error);
    },
  );

  server.get(
    '/billing/audit',
    {
      config: viewing,
      schema: {
        ...told('listBillingAudit', 'What became of the subscription, newest first'),
        description: 'What is here is never changed and never removed. It holds ids and no personal data.',
        querystring: listed,
        response: { 200: BillingAuditPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const page = await read(callerOf(request).organizationId, ({ billingAudit }) => billingAudit.list(asked));
      return reply.send(pageAnswer('id', page, billingAuditView));
    },
  );
};

const buy = (server: Typed, { useCases, billingUrl }: HttpDeps): void => {
  server.post(
    '/billing/checkout',
    {
      config: managing,
      schema: {
        ...told('openCheckout', 'Open a page on which a plan can be bought'),
        description: `Nothing is bought until somebody pays there. What is left of the trial isn't paid for. Under the same key the answer is the same page;
without one, for some minutes.`,
        headers: keyed,
        body: Checkout.ref,
        response: { 200: BillingPage.ref, ...refusals('post', 'subscription.exists', ...provider) },
      },
    },
    async (request, reply) => {
      const { user, organization } = memberOf(request);
      const once = onceOf(request, () => ({ status: 0, body: '', resource: null }));
      const page = await useCases.openCheckout(
        { ...callerOf(request), once },
        {
          plan: request.body.plan,
          name: organization.name,
          email: user.email,
          successUrl: `${billingUrl}?bought={CHECKOUT_SESSION_ID}`,
          cancelUrl: billingUrl,
        },
      );
      return page.ok ? reply.send(page.value) : sendRefused(reply, page.error);
    },
  );

  server.post(
    '/billing/portal',
    {
      config: managing,
      schema: {
        ...told('openBillingPortal', "Open the billing provider's own pages"),
        description: 'Cards, addresses, invoices, and what is owed.',
        headers: keyed,
        response: { 200: BillingPage.ref, ...refusals('post', 'subscription.not_bought', ...provider) },
      },
    },
    async (request, reply) => {
      const page = await useCases.openPortal(callerOf(request).organizationId, billingUrl);
      return page.ok ? reply.send(page.value) : refuse(reply, page.error);
    },
  );
};

const change = (server: Typed, { useCases, now, terms }: HttpDeps): void => {
  server.patch(
    '/billing/subscription',
    {
      config: managing,
      schema: {
        ...told('changeSubscription', 'Change, cancel or resume the subscription'),
        description: `A larger plan is paid for at once and counts when it is paid: if the answer still names the plan before, the payment failed. A smaller
one counts at once, and is settled with the next invoice. What is cancelled goes on until the period
that is paid for ends, and can be resumed until then. What is in use beyond a smaller plan stays; only more of it is refused.`,
        body: SubscriptionChange.ref,
        response: { 200: Subscription.ref, ...refusals('change', 'subscription.not_bought', ...provider) },
      },
    },
    async (request, reply) => {
      const changed = await useCases.changeSubscription(callerOf(request), request.body);
      return changed.ok ? reply.send(subscriptionView(terms, now())(changed.value)) : sendRefused(reply, changed.error);
    },
  );
};
