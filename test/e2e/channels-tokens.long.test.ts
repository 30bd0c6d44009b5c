import { tokens } from '../../packages/app/src/container/tokens.js';
import { type ConnectedShops, connectedShops, shopDomain } from './connected-shops.js';
import { nearbyUrl } from './nearby-shops.js';

describe('credentials that end while two replicas ask a shop', () => {
  const CALLS = 20;
  let hold: Promise<void> = Promise.resolve();
  let asked: () => void = () => undefined;
  let shops: ConnectedShops;
  beforeAll(async () => {
    shops = await connectedShops({
      apps: 2,
      watch: async ({ url }) => {
        if (!url.endsWith('/admin/oauth/access_token')) return;
        asked();
        await hold;
      },
    });
  });
  afterAll(() => shops.close());

  /** By its owner's consent, and so with tokens that end. */
  const connect = async (): Promise<string> => {
    const { apps, shopify, organizationId, at } = shops;
    const useCases = await apps[0]?.wired.get(tokens.useCases);
    if (!useCases) throw new Error('an app is running');
    const { user } = await at(0).get<{ user: { id: string; name: string } }>('/auth/me');
    const actor = { ...user, kind: 'user' } as const;
    const way = await useCases.startConnection({ organizationId, actor }, { kind: 'shopify', shop: shopDomain, name: null });
    if (!way.ok) throw new Error(way.error.code);
    const consented = await fetch(nearbyUrl(way.value.url, shopify.baseUrl), { redirect: 'manual' });
    const brought = Object.fromEntries(new URL(consented.headers.get('location') ?? '').searchParams);
    const { browserSecret } = way.value;
    const finished = await useCases.finishConnection({ kind: 'shopify', brought, browserSecret, requestId: 'r' });
    if (!finished.ok) throw new Error(finished.error.code);
    return finished.value.channel.id;
  };

  const expire = () => shops.admin.query("UPDATE channel_credentials SET expires_at = now() - interval '1 minute'");
  const test = (channelId: string, index: number) => shops.at(index).post(`/channels/${channelId}/test`, undefined);
  const knows = { status: 200, body: { ok: true, problem: null } };

  it(`are renewed once for ${CALLS} calls, and a lost answer is survived`, async () => {
    const { shopify, at } = shops;
    const channelId = await connect();
    expect(await test(channelId, 0)).toEqual(knows);
    const before = shopify.refreshes();
    let release: () => void = () => undefined;
    hold = new Promise((resolve) => {
      release = resolve;
    });
    const reached = new Promise<void>((resolve) => {
      asked = resolve;
    });
    await expire();
    const calls = Array.from({ length: CALLS }, (_, index) => test(channelId, index));
    await reached;
    // Whoever came first waits for the shop's answer; the others have come by now, or do later.
    for (const index of [0, 1]) await at(index).get('/channels');
    release();
    expect(await Promise.all(calls)).toEqual(calls.map(() => knows));
    expect(shopify.refreshes() - before).toBe(1);

    // The shop makes new tokens, and its answer gets lost, however often it is asked.
    shopify.breakDown('lost');
    await expire();
    expect((await test(channelId, 1)).body).toMatchObject({ ok: false, problem: { code: 'shop.unavailable' } });
    shopify.mend();
    expect(await Promise.all([0, 1, 2, 3].map((index) => test(channelId, index)))).toEqual([knows, knows, knows, knows]);
    expect(await at(0).get('/channels')).toMatchObject({ data: [{ id: channelId, status: 'connected' }] });
  });
});
