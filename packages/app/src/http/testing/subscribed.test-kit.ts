import { type RouteEntry, routeTable } from '../route-table.js';
import type { MakeBackend } from './backend.test-kit.js';
import { eventOf, signatureOf } from './billing.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { documentOf } from './documented.test-kit.js';
import { pathOf, sampleFor } from './requests.test-kit.js';
import { openOrderOfShop, openSceneOfShop, type Scene } from './scene.test-kit.js';
import { BILLING_URL, openWorld, PREFIX, type World } from './world.test-kit.js';

const isRead = ({ method }: RouteEntry): boolean => method === 'GET';
const isPaidFor = ({ cost }: RouteEntry): boolean => cost !== null && cost !== 'free';

/** Never refused for want of a payment; whoever adds a free write has to say so here too. */
const freeWrites = [
  ...['register', 'confirmRegistration', 'login', 'refreshSession', 'logout', 'switchOrganization'],
  ...['forgotPassword', 'resetPassword', 'changePassword', 'endSession', 'endOtherSessions', 'acceptInvitation'],
  ...['changeRole', 'removeMember', 'revokeInvitation', 'revokeApiKey', 'removeWebhookEndpoint'],
  ...['saveOrderFilter', 'changeOrderFilter', 'removeOrderFilter', 'trackShipment'],
  ...['disconnectChannel', 'testChannel', 'finishWooCommerceConnection'],
  ...['takeShopifyWebhook', 'takeWooCommerceWebhook', 'takeDhlWebhook', 'takeFedexWebhook', 'takeStripeWebhook'],
  ...['openCheckout', 'openBillingPortal', 'changeSubscription'],
];

/** What a subscription that gives no access keeps from being done, on every route. Made from the route table. */
export const subscribed = (make: MakeBackend): void => {
  describe('without access', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    beforeEach(async () => {
      scene = await openSceneOfShop(world);
      await world.endTrial(scene.account);
    });
    afterAll(() => world.close());

    const ask = ({ method, url, operationId }: RouteEntry, token = scene.account.token) => {
      const { params, token: own, ...asked } = sampleFor(operationId, scene);
      return world.send(method, pathOf(url, params), { ...asked, token: own ?? token });
    };

    it('refuses every write but those that are written down here, and says where to pay', async () => {
      const writes = routeTable(world.server).filter((route) => !isRead(route));
      expect(writes.flatMap((route) => (isPaidFor(route) ? [] : [route.operationId])).sort()).toEqual(freeWrites.toSorted());
      const { organizationId } = scene.account;
      for (const route of writes.filter(isPaidFor)) {
        const answer = await ask(route);
        expect({ operationId: route.operationId, ...read<object>(answer) }).toMatchObject({
          operationId: route.operationId,
          ...{ status: 402, code: 'subscription.inactive', subscriptionStatus: 'suspended', billingUrl: BILLING_URL },
        });
        const labels = { organization_id: organizationId, subscription_status: 'suspended', endpoint: route.url };
        expect(world.meter.total('subscription_blocks_total', labels)).toBeGreaterThan(0);
      }
      expect(world.logged()).toContain('a write was turned away: subscription');
    });

    it('lets whoever belongs here sign in, read, export and pay, on every route', async () => {
      for (const route of routeTable(world.server).filter((one) => !isPaidFor(one)))
        expect({ operationId: route.operationId, status: (await ask(route)).status }).not.toEqual({
          operationId: route.operationId,
          status: 402,
        });
      const csv = await world.send('GET', `${PREFIX}/orders`, { token: scene.account.token, headers: { accept: 'text/csv' } });
      expect(csv.status).toBe(200);
    });

    it('says first what the own role doesn’t allow', async () => {
      await world.makeRole(scene.account, 'operator');
      expect(refusalIn(await scene.acts.post('/items', { sku: 'A', name: 'A' }))).toMatchObject({ status: 403 });
    });

    it('takes in and promises what a shop has sold', async () => {
      const before = (await scene.acts.orders()).length;
      await openOrderOfShop(world, scene);
      const orders = await scene.acts.orders();
      expect(orders).toHaveLength(before + 1);
      expect(orders[0]).toMatchObject({ status: 'reserved', source: { kind: 'channel' } });
    });

    it('writes again with the webhook that tells of the payment', async () => {
      const page = read<{ url: string }>(await scene.acts.post('/billing/checkout', { plan: 'growth' }));
      world.billing.pay(page.url);
      const add = () => scene.acts.post('/items', { sku: 'PAID-FOR', name: 'Paid for' });
      expect(refusalIn(await add())).toMatchObject({ status: 402, code: 'subscription.inactive' });
      const body = eventOf(`cus_${scene.account.organizationId}`);
      const headers = { 'stripe-signature': signatureOf(body) };
      expect((await world.send('POST', `${PREFIX}/webhooks/stripe`, { raw: body, headers })).status).toBe(200);
      await world.useCases.workInbox(scene.account.organizationId);
      expect((await add()).status).toBe(201);
    });

    it('documents the refusal where it is answered, and nowhere else', () => {
      const operations = Object.values(documentOf(world.server).paths).flatMap((methods) => Object.values(methods));
      const documented = operations.flatMap(({ operationId, responses }) =>
        JSON.stringify(responses['402'] ?? '').includes('subscription.inactive') ? [operationId] : [],
      );
      const guarded = routeTable(world.server).filter(isPaidFor);
      expect(documented.toSorted()).toEqual(guarded.map(({ operationId }) => operationId).toSorted());
    });
  });
};
