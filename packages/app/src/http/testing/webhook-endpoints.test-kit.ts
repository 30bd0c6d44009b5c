import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { openScene, type PageShape, type Scene } from './scene.test-kit.js';
import { openWorld, PREFIX, type World } from './world.test-kit.js';

type EndpointShape = { readonly id: string; readonly enabled: boolean; readonly disabledWhy: string | null };
type DeliveryShape = { readonly id: string; readonly type: string; readonly status: string; readonly attempts: number };

/** Where an organization's own systems are told of events: who says so, what they are sent, and what the log shows. */
export const webhookEndpoints = (make: MakeBackend): void => {
  describe('webhook endpoints', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      scene = await openScene(world);
    });
    afterAll(() => world.close());
    keeping(() => scene);
    refusing(
      () => world,
      () => scene,
    );
    sending(
      () => world,
      () => scene,
    );
  });
};

const log = (scene: Scene, id: string) =>
  scene.acts.get<PageShape<DeliveryShape & { readonly log: readonly object[] }>>(`/webhook-endpoints/${id}/deliveries`);

const keeping = (scene: () => Scene): void => {
  it('shows the secret once, keeps it sealed, and repeats the answer to one Idempotency-Key without it', async () => {
    const { acts } = scene();
    const asked = { url: 'https://once.example.com/', types: ['order.ready'], description: 'Once' };
    const [first, second] = [
      await acts.post('/webhook-endpoints', asked, 'one-endpoint'),
      await acts.post('/webhook-endpoints', asked, 'one-endpoint'),
    ];
    const shown = read<EndpointShape & { secret: string }>(first);
    expect(shown).toMatchObject({ ...asked, enabled: true, disabledAt: null, disabledWhy: null, failingSince: null });
    expect(shown.secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(read(second)).toEqual({ ...shown, secret: null });
    const listed = await acts.get<PageShape<EndpointShape>>('/webhook-endpoints');
    const { secret: _secret, ...kept } = shown;
    expect(listed.data[0]).toEqual(kept);
    expect(JSON.stringify(listed)).not.toContain('whsec_');
  });

  it('changes what is named, tells the audit log which fields, and rotates the secret once under one key', async () => {
    const { acts } = scene();
    const { id, secret } = await acts.addEndpoint(['order.ready']);
    const change = { url: 'https://changed.example.com/', types: ['order.ready', 'inventory.low_stock'], enabled: true };
    expect(read(await acts.ask('PATCH', `/webhook-endpoints/${id}`, change))).toMatchObject(change);
    await acts.ask('PATCH', `/webhook-endpoints/${id}`, { enabled: true });
    const disabled = read<EndpointShape>(await acts.ask('PATCH', `/webhook-endpoints/${id}`, { enabled: false }));
    expect(disabled).toMatchObject({ enabled: false, disabledWhy: 'byMember' });
    const rotated = await acts.post(`/webhook-endpoints/${id}/rotate-secret`, undefined, 'one-rotation');
    const repeated = await acts.post(`/webhook-endpoints/${id}/rotate-secret`, undefined, 'one-rotation');
    const fresh = read<{ secret: string }>(rotated).secret;
    expect(fresh).toMatch(/^whsec_/);
    expect(fresh).not.toBe(secret);
    expect(read<{ secret: null }>(repeated).secret).toBeNull();
    expect((await acts.ask('DELETE', `/webhook-endpoints/${id}`)).status).toBe(204);
    const told = await acts.get<PageShape<{ kind: string; targetId: string; facts: object }>>('/audit-log?limit=100');
    expect(told.data.filter(({ targetId }) => targetId === id).map(({ kind, facts }) => [kind, facts])).toEqual([
      ['webhook_endpoint.removed', {}],
      ['webhook_endpoint.changed', { fields: ['secret'] }],
      ['webhook_endpoint.changed', { fields: ['enabled'] }],
      ['webhook_endpoint.changed', { fields: ['url', 'types'] }],
      ['webhook_endpoint.added', {}],
    ]);
    expect(refusalIn(await acts.ask('DELETE', `/webhook-endpoints/${id}`)).code).toBe('webhook_endpoint.not_found');
  });
};

const refusing = (world: () => World, scene: () => Scene): void => {
  it.each([
    ['no URL', 'not a url'],
    ['http', 'http://hooks.example.com/'],
    ['a password', 'https://user:wombat@hooks.example.com/'],
    ['another port', 'https://hooks.example.com:8443/'],
    ['the address of a machine in its own network', 'https://169.254.169.254/latest'],
    ['such an address in other letters', 'https://[::ffff:127.0.0.1]/'],
  ])('takes no URL that is %s, for a new endpoint or an old one', async (_, url) => {
    const { acts, webhookEndpointId } = scene();
    const refused = { status: 400, code: 'webhook_endpoint.url_refused', paths: ['url'] };
    expect(refusalIn(await acts.post('/webhook-endpoints', { url, types: ['order.ready'] }))).toEqual(refused);
    expect(refusalIn(await acts.ask('PATCH', `/webhook-endpoints/${webhookEndpointId}`, { url }))).toEqual(refused);
  });

  it.each([
    ['no event', { types: [] }, 'types'],
    ['an event that nobody tells', { types: ['order.flown'] }, 'types[0]'],
    ['an event that is of no one else’s concern', { types: ['invitation.sent'] }, 'types[0]'],
    ['a description of any length', { description: 'x'.repeat(501) }, 'description'],
    ['a secret of their own', { secret: 'a wombat' }, 'secret'],
  ])('takes no endpoint with %s', async (_, asked, path) => {
    const answer = await scene().acts.post('/webhook-endpoints', {
      url: 'https://hooks.example.com/',
      types: ['order.ready'],
      ...asked,
    });
    expect(refusalIn(answer)).toEqual({ status: 400, code: 'request.invalid', paths: [path] });
  });

  it('is for admins only, and has room for twenty', async () => {
    const other = await openScene(world());
    const manager = await world().join(other.account.organizationId, 'manager');
    for (const method of ['GET', 'POST'])
      expect(
        (
          await world().send(method, `${PREFIX}/webhook-endpoints`, {
            token: manager.token,
            ...(method === 'POST' && { json: {} }),
          })
        ).status,
      ).toBe(403);
    for (let count = 1; count < 20; count += 1) await other.acts.addEndpoint(['order.ready']);
    const answer = await other.acts.post('/webhook-endpoints', { url: 'https://hooks.example.com/', types: ['order.ready'] });
    expect(refusalIn(answer)).toMatchObject({ status: 409, code: 'webhook_endpoint.too_many' });
    expect(read(answer)).toMatchObject({ limit: 20 });
  });
};

const sending = (world: () => World, scene: () => Scene): void => {
  it('logs what became of each event, and sends one again under its id when asked to', async () => {
    const { acts, account, sku } = scene();
    const { id, secret } = await acts.addEndpoint(['order.ready']);
    const order = await acts.place(sku, 1);
    await acts.ready(order.id);
    await world().relay(account.organizationId);
    const [delivery] = (await log(scene(), id)).data;
    if (!delivery) throw new Error('there is a delivery');
    expect(delivery).toMatchObject({ type: 'order.ready', aggregateId: order.id, status: 'due', attempts: 0, log: [] });
    const redeliver = () => acts.post(`/webhook-endpoints/deliveries/${delivery.id}/redeliver`);
    expect(refusalIn(await redeliver()).code).toBe('webhook_delivery.under_way');
    const endpoint = (await world().useCases.webhooksWaiting(account.organizationId)).endpoints.find(
      ({ endpointId }) => endpointId === id,
    );
    if (!endpoint) throw new Error('the endpoint has something due');
    const deliver = () => world().useCases.deliverWebhooks(account.organizationId, endpoint.endpointId, 5);
    await deliver();
    expect((await log(scene(), id)).data[0]).toMatchObject({
      status: 'delivered',
      attempts: 1,
      nextAttemptAt: null,
      log: [{ number: 1, outcome: 'delivered', responseStatus: 204 }],
    });
    const again = await redeliver();
    expect([again.status, read(again)]).toMatchObject([202, { id: delivery.id, status: 'due' }]);
    await deliver();
    const sent = world()
      .webhooks.sent()
      .filter((message) => message.id === delivery.id);
    expect(sent).toHaveLength(2);
    expect(sent.map(({ secrets }) => secrets)).toEqual([[secret], [secret]]);
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      type: 'order.ready',
      aggregateId: order.id,
      data: { orderId: order.id, number: order.number, status: 'readyToShip' },
    });
    await acts.ask('PATCH', `/webhook-endpoints/${id}`, { enabled: false });
    expect(refusalIn(await redeliver())).toMatchObject({ status: 409, code: 'webhook_endpoint.disabled' });
  });
};
