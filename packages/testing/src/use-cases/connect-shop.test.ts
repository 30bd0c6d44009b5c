import { addChannel, LocationId } from '@rappit/domain';
import { connectionScene, DOMAIN, must } from './shop-connection-scene.test-kit.js';

const way = async (scene: ReturnType<typeof connectionScene>) => {
  const begun = must(await scene.start(scene.caller, { kind: 'shopify', shop: 'DEMO.myshopify.com', name: 'Mugs' }));
  const state = new URL(begun.url).searchParams.get('state') ?? '';
  return { state, browserSecret: begun.browserSecret };
};

describe('connecting a shop by consent', () => {
  it('keeps what its owner let us have, sealed, for whoever set out', async () => {
    const scene = connectionScene();
    const { state, browserSecret } = await way(scene);
    const connected = must(await scene.finish({ kind: 'shopify', brought: { state, code: 'yes' }, browserSecret }));
    expect(connected).toMatchObject({
      organizationId: scene.caller.organizationId,
      channel: { name: 'Mugs', shopDomain: DOMAIN, status: 'connected', access: 'oauth', buffer: 0 },
    });
    const kept = await scene.credentials(connected.channel);
    expect(kept).toMatchObject({ version: 1, expiresAt: expect.any(Date), sealed: expect.stringMatching(/^sealed:/) });
    expect(kept?.sealed).not.toContain('credentials 1');
    expect(await scene.audit()).toEqual(['channel.connected']);
  });

  it.each<[string, (all: { state: string; browserSecret: string | null }) => object, number]>([
    ['another browser', () => ({ browserSecret: 'wombat of another' }), 0],
    ['no browser', () => ({ browserSecret: null }), 0],
    ['a token that nobody set out with', () => ({ brought: { state: 'unknown', code: 'yes' } }), 0],
    ['no token', () => ({ brought: { code: 'yes' } }), 0],
    ['another kind of shop', () => ({ kind: 'woocommerce' }), 0],
    ['too late', () => ({}), 15],
  ])('takes in nothing from %s', async (_, change, minutes) => {
    const scene = connectionScene();
    const begun = await way(scene);
    scene.clock.advance(minutes * 60 * 1_000);
    const brought = { state: begun.state, code: 'yes' };
    const finished = await scene.finish({
      kind: 'shopify',
      brought,
      browserSecret: begun.browserSecret,
      ...change(begun),
    });
    expect(finished).toEqual({ ok: false, error: { code: 'connection.invalid' } });
    expect(await scene.audit()).toEqual([]);
  });

  it('counts a token once, also when what was brought with it was worth nothing', async () => {
    const scene = connectionScene();
    const { state, browserSecret } = await way(scene);
    const bring = (code: string) => scene.finish({ kind: 'shopify', brought: { state, code }, browserSecret });
    expect(await bring('no')).toEqual({ ok: false, error: { code: 'authorization.invalid' } });
    expect(await bring('yes')).toEqual({ ok: false, error: { code: 'connection.invalid' } });
  });

  it('gives a store that signs with a secret of ours one of letters and digits, and keeps it when it is connected again', async () => {
    const scene = connectionScene();
    const channel = await scene.connect('woocommerce');
    const secrets = () =>
      scene.memory.unitOfWork.read(scene.caller.organizationId, ({ channels }) => channels.secretsOf(channel.id));
    const first = await secrets();
    expect(first).toHaveLength(1);
    expect((await scene.connect('woocommerce')).id).toBe(channel.id);
    expect(await secrets()).toEqual(first);
  });
});

describe('connecting a shop by keys', () => {
  const shop = {
    kind: 'shopify',
    name: 'Mugs',
    shopDomain: DOMAIN,
    webhookSecret: 'wombat of its own app',
    keys: { key: 'right' },
  } as const;

  it('asks the shop before they are kept', async () => {
    const scene = connectionScene();
    const add = addChannel(scene.one);
    const refused = async (change: object) => {
      const added = await add(scene.caller, { ...shop, ...change });
      return added.ok ? 'added' : added.error.code;
    };
    expect(await refused({ keys: { key: 'wrong' } })).toBe('shop.unauthorized');
    expect(await refused({ keys: {} })).toBe('channel.credentials_invalid');
    expect(await refused({ webhookSecret: null })).toBe('channel.secret_missing');
    expect(await refused({ shopDomain: 'shop.example.org' })).toBe('channel.shop_domain_invalid');
    scene.connections.shopify.shop(DOMAIN).breakDown('away');
    expect(await refused({})).toBe('shop.unavailable');
    scene.connections.shopify.shop(DOMAIN).mend();
    expect(await scene.audit()).toEqual([]);
    expect(must(await add(scene.caller, shop))).toMatchObject({ access: 'keys', status: 'connected' });
    expect(await refused({})).toBe('channel.exists');
  });

  it('replaces them by others that the shop knows, and by no others', async () => {
    const scene = connectionScene();
    const { id } = must(await addChannel(scene.one)(scene.caller, shop));
    expect(await scene.change(scene.caller, id, { keys: { key: 'wrong' } })).toMatchObject({ ok: false });
    const before = await scene.credentials({ id });
    const elsewhere = LocationId('01890000-0000-7000-8000-00000000dead');
    const locations = [{ externalLocationId: '1', locationIds: [elsewhere] }];
    expect(await scene.change(scene.caller, id, { locations })).toEqual({ ok: false, error: { code: 'location.not_found' } });
    const twice = [1, 2].map(() => ({ externalLocationId: '1', locationIds: null }));
    expect(await scene.change(scene.caller, id, { locations: twice })).toMatchObject({
      error: { code: 'channel.locations_invalid' },
    });
    expect(await scene.credentials({ id })).toEqual(before);
    expect(must(await scene.change(scene.caller, id, { buffer: 4, keys: { key: 'right too' } }))).toMatchObject({ buffer: 4 });
    expect(await scene.credentials({ id })).toMatchObject({ version: 2 });
  });
});

describe('a connected shop', () => {
  it('is set up: its webhooks are made, and its one location shows all stock; of several none is chosen', async () => {
    const scene = connectionScene();
    const channel = await scene.connect();
    const shop = scene.connections.shopify.shop(DOMAIN);
    shop.putLocation({ externalLocationId: '7', name: 'Main' });
    expect(await scene.setUp(scene.caller.organizationId)).toBe(0);
    expect(shop.webhooks().map(({ address }) => address)).toContain(`https://hub.example.com/shopify/${channel.id}`);
    expect(await scene.find(channel)).toMatchObject({ locations: [{ externalLocationId: '7', locationIds: null }] });
    await scene.save({ ...channel, locations: [] });
    shop.putLocation({ externalLocationId: '8', name: 'Other' });
    shop.dropWebhook('orders/create');
    await scene.setUp(scene.caller.organizationId);
    expect(await scene.find(channel)).toMatchObject({ locations: [] });
    expect(shop.webhooks()).toHaveLength(3);
    shop.breakDown('away');
    expect(await scene.setUp(scene.caller.organizationId)).toBe(1);
  });

  it('is let go: its webhooks are revoked and what let us in is forgotten; it can be connected again', async () => {
    const scene = connectionScene();
    const channel = await scene.connect();
    await scene.setUp(scene.caller.organizationId);
    must(await scene.disconnect(scene.caller, channel.id));
    expect(scene.connections.shopify.shop(DOMAIN).webhooks()).toEqual([]);
    expect([await scene.find(channel), await scene.credentials(channel)]).toMatchObject([{ status: 'disconnected' }, undefined]);
    expect(await scene.disconnect(scene.caller, channel.id)).toMatchObject({ error: { code: 'channel.not_found' } });
    expect(await scene.connect()).toMatchObject({ id: channel.id, status: 'connected' });
  });

  it('is let go although it is away', async () => {
    const scene = connectionScene();
    const channel = await scene.connect();
    scene.connections.shopify.shop(DOMAIN).breakDown('away');
    must(await scene.disconnect(scene.caller, channel.id));
    expect(await scene.find(channel)).toMatchObject({ status: 'disconnected' });
  });
});
