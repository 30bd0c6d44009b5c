import { fakeClock } from '@rappit/testing/fakes';
import { inMemoryBackendAt } from '../testing/backend.test-kit.js';
import { type Answer, read } from '../testing/client.test-kit.js';
import { PUBLIC_URL, simulatedWorld } from '../testing/simulated-shops.test-kit.js';
import { type Account, openWorld, PREFIX, type World } from '../testing/world.test-kit.js';

const SHOP = 'rappit-demo.myshopify.com';
const STORE = 'store.rappit.example';
const FIFTEEN_MINUTES = 15 * 60_000;

type Listed = { readonly kind: string; readonly shopDomain: string; readonly access: string; readonly status: string };
type Way = { readonly url: string; readonly cookie: string };
/** What was answered to whom: the browser, or the store. */
type Finished = string;

/** Consent over HTTP against simulated shops, each with its own account: what is kept, and of whom nothing is. */
const unknownKey = (kind: 'ck' | 'cs'): string => `${kind}_${'0'.repeat(40)}`;

describe('connecting by consent, over HTTP', () => {
  const clock = fakeClock(new Date());
  let around: Awaited<ReturnType<typeof simulatedWorld>>;
  let world: World;
  let account: Account;
  let handedOver: Answer | undefined;
  beforeAll(async () => {
    around = await simulatedWorld(async ({ url, body }) => {
      handedOver = await bringKeys(body, new URL(url).pathname);
      return handedOver.status;
    });
    const { connections, simulatedShops } = around;
    world = await openWorld(() => inMemoryBackendAt(clock.now), { connections, simulatedShops, planLimits: true });
  });
  beforeEach(async () => {
    // As time goes on in the shops too.
    clock.set(new Date());
    account = await world.signUp();
    handedOver = undefined;
  });
  afterEach(() => {
    around.shopify.mend();
    around.store.mend();
  });
  afterAll(async () => {
    await world.close();
    await around.close();
  });

  const bringKeys = (raw: string, path = `${PREFIX}/oauth/woocommerce/callback`): Promise<Answer> =>
    world.send('POST', path, { raw, headers: { 'content-type': 'application/json' } });
  const channels = async (of: Account = account): Promise<readonly Listed[]> =>
    read<{ data: readonly Listed[] }>(await world.send('GET', `${PREFIX}/channels`, { token: of.token })).data;
  /** What a browser sees at an address of ours, however we are called from outside. */
  const browse = (url: string): Promise<Response> => fetch(url.replace(PUBLIC_URL, world.origin), { redirect: 'manual' });

  const setOut = async (of: Account = account, shop = SHOP): Promise<Answer> =>
    world.send('GET', `${PREFIX}/oauth/shopify/start?shop=${encodeURIComponent(shop)}`, { token: of.token });
  const wayToShop = async (of: Account = account): Promise<Way> => {
    const answer = await setOut(of);
    return { url: read<{ url: string }>(answer).url, cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
  };
  /** Where the shop sends the browser back to, once its owner has agreed. */
  const agreed = async ({ url }: Pick<Way, 'url'>): Promise<string> => {
    const back = (await browse(url)).headers.get('location') ?? '';
    expect(back).toContain(`${PUBLIC_URL}${PREFIX}/oauth/shopify/callback?code=`);
    return back.slice(PUBLIC_URL.length);
  };
  const comeBack = async (path: string, cookie: string | null): Promise<Finished> => {
    const answer = await world.send('GET', path, { headers: cookie === null ? {} : { cookie } });
    expect(answer.status).toBe(302);
    const where = new URL(answer.headers.get('location') ?? '');
    expect(`${where.origin}${where.pathname}`).toBe('https://desk.example.com/channels');
    return where.searchParams.get('refused') ?? 'connected';
  };

  const setOutToStore = (storeUrl = STORE, of: Account = account): Promise<Answer> =>
    world.send('POST', `${PREFIX}/oauth/woocommerce/start`, { token: of.token, json: { storeUrl } });
  const wayToStore = async (): Promise<string> => read<{ url: string }>(await setOutToStore()).url;
  const stateIn = (url: string): string => new URL(url).searchParams.get('user_id') ?? '';
  /** The owner follows "Approve" on the store's page. */
  const approve = async (url: string): Promise<Response> => {
    const page = await (await browse(url)).text();
    const link = /href="(access_granted[^"]*)">Approve/.exec(page)?.[1] ?? '';
    return browse(new URL(link.replaceAll('&#38;', '&'), url).href);
  };
  const keysFor = (state: string, { consumerKey, consumerSecret } = around.store.giveKeys(), permissions = 'read_write') =>
    JSON.stringify({
      ...{ key_id: 1, user_id: state, consumer_key: consumerKey, consumer_secret: consumerSecret },
      key_permissions: permissions,
    });

  describe('a Shopify shop', () => {
    it('is connected for whoever set out, once its owner agreed', async () => {
      const way = await wayToShop();
      expect(way.url).toMatch(`${PUBLIC_URL}/test/shopify/${SHOP}/admin/oauth/authorize?`);
      expect(way.cookie).toMatch(/^rappit_connection=.{20,}$/);
      expect(await comeBack(await agreed(way), way.cookie)).toBe('connected');
      expect(await channels()).toMatchObject([{ kind: 'shopify', shopDomain: SHOP, access: 'oauth', status: 'connected' }]);
    });

    const strangers: readonly (readonly [string, (way: Way) => Promise<string | null>])[] = [
      ['no cookie', async () => null],
      ['the cookie of another browser of theirs', async () => (await wayToShop()).cookie],
      ['the cookie of another organization', async () => (await wayToShop(await world.signUp())).cookie],
      ['a cookie that was made up', async () => 'rappit_connection=wombat-wombat-wombat-wombat'],
    ];
    it.each(strangers)('is not connected with %s', async (_, cookieOf) => {
      const way = await wayToShop();
      expect(await comeBack(await agreed(way), await cookieOf(way))).toBe('connection.invalid');
      expect(await channels()).toEqual([]);
    });

    it('is connected once: what came back counts for nothing the second time', async () => {
      const way = await wayToShop();
      const back = await agreed(way);
      expect(await comeBack(back, way.cookie)).toBe('connected');
      expect(await comeBack(back, way.cookie)).toBe('connection.invalid');
      expect(await channels()).toHaveLength(1);
    });

    it('is not connected by somebody who comes back too late', async () => {
      const way = await wayToShop();
      const back = await agreed(way);
      clock.advance(FIFTEEN_MINUTES);
      expect(await comeBack(back, way.cookie)).toBe('connection.invalid');
    });

    const forged: readonly (readonly [string, (query: URLSearchParams) => void])[] = [
      ['its code was changed', (query) => query.set('code', 'code0000')],
      ['its HMAC was changed', (query) => query.set('hmac', '0'.repeat(64))],
      ['its HMAC is missing', (query) => query.delete('hmac')],
      ['it names another shop', (query) => query.set('shop', 'other.myshopify.com')],
      ['something was added', (query) => query.set('extra', '1')],
      ['something came twice', (query) => query.append('shop', SHOP)],
    ];
    it.each(forged)('is not connected by what Shopify didn’t sign: %s', async (_, change) => {
      const way = await wayToShop();
      const [path = '', search = ''] = (await agreed(way)).split('?');
      const query = new URLSearchParams(search);
      change(query);
      expect(await comeBack(`${path}?${query}`, way.cookie)).toBe('authorization.invalid');
      expect(await channels()).toEqual([]);
    });

    it('is not connected by what Shopify signed for another shop', async () => {
      const way = await wayToShop();
      const elsewhere = way.url.replace(SHOP, 'other.myshopify.com');
      expect(await comeBack(await agreed({ url: elsewhere }), way.cookie)).toBe('authorization.invalid');
      expect(await channels()).toEqual([]);
    });

    it.each(['elsewhere', 'html', 'failing', 'away'] as const)(
      'that answers something else (%s) is not connected',
      async (fault) => {
        const way = await wayToShop();
        const back = await agreed(way);
        around.shopify.breakDown(fault);
        expect(await comeBack(back, way.cookie)).toMatch(/^shop\.(unavailable|unknown_outcome|refused)$/);
        expect(await channels()).toEqual([]);
      },
    );

    it.each([
      ...[
        'shop.example.com',
        'demo.myshopify.com.evil.example',
        'evil.example/demo.myshopify.com',
        'quokka.myshopify.com@evil.example',
      ],
      ...[
        '127.0.0.1',
        'localhost',
        'demo.myshopify.com:8443',
        'http://169.254.169.254/',
        'dᴇmo.myshopify.com',
        '..myshopify.com',
        '.',
      ],
    ])('is none at %s, and nobody is sent there', async (shop) => {
      const answer = await setOut(account, shop);
      expect([answer.status, read(answer)]).toEqual([400, expect.objectContaining({ code: 'channel.shop_domain_invalid' })]);
      expect(answer.headers.get('set-cookie')).toBeNull();
    });

    it('sends nobody back anywhere but to us', async () => {
      const { url } = await wayToShop();
      const elsewhere = new URL(url);
      elsewhere.searchParams.set('redirect_uri', 'https://evil.example/');
      expect((await browse(elsewhere.href)).status).toBe(400);
    });
  });

  describe('a WooCommerce store', () => {
    it('is connected for whoever set out, once its owner approved and it has answered to its keys', async () => {
      const url = await wayToStore();
      expect(url).toMatch(`${PUBLIC_URL}/test/woocommerce/wc-auth/v1/authorize?`);
      const done = await approve(url);
      expect([done.status, done.headers.get('location')]).toEqual([
        302,
        `https://desk.example.com/channels?success=1&user_id=${stateIn(url)}`,
      ]);
      expect(await channels()).toMatchObject([{ kind: 'woocommerce', shopDomain: STORE, access: 'oauth', status: 'connected' }]);
    });

    it('takes its keys back when we don’t take them: approved a second time, too late, or by nobody who set out', async () => {
      const url = await wayToStore();
      expect((await approve(url)).status).toBe(302);
      expect((await approve(url)).status).toBe(401);
      expect(handedOver && read(handedOver)).toMatchObject({ code: 'connection.invalid' });
      const late = await wayToStore();
      clock.advance(FIFTEEN_MINUTES);
      expect((await approve(late)).status).toBe(401);
      expect((await approve(late.replace(stateIn(late), 'somebody'))).status).toBe(401);
      clock.set(new Date());
      expect(await channels()).toHaveLength(1);
    });

    it.each([
      [
        'keys that the store doesn’t know',
        () => ({ consumerKey: unknownKey('ck'), consumerSecret: unknownKey('cs') }),
        'read_write',
        'shop.unauthorized',
      ],
      ['keys that may only read', () => around.store.giveKeys(), 'read', 'authorization.invalid'],
      [
        'something that is no key',
        () => ({ consumerKey: 'wombat', consumerSecret: 'wombat' }),
        'read_write',
        'authorization.invalid',
      ],
    ] as const)('is not connected by %s', async (_, keys, permissions, code) => {
      const answer = await bringKeys(keysFor(stateIn(await wayToStore()), keys(), permissions));
      expect(read(answer)).toMatchObject({ code });
      expect(await channels()).toEqual([]);
    });

    it('is not called where its name leads into our network', async () => {
      const state = stateIn(read<{ url: string }>(await setOutToStore('inside.example')).url);
      expect(read(await bringKeys(keysFor(state)))).toMatchObject({
        code: expect.stringMatching(/^shop\.(unavailable|refused)$/),
      });
      expect(await channels()).toEqual([]);
    });

    it.each(['redirect', 'unavailable', 'rateLimited'] as const)(
      'that answers something else (%s) is not connected',
      async (fault) => {
        const body = keysFor(stateIn(await wayToStore()));
        around.store.breakDown(fault);
        const answer = await bringKeys(body);
        expect(read(answer)).toMatchObject({ code: expect.stringMatching(/^shop\.(unavailable|refused)$/) });
        expect(await channels()).toEqual([]);
      },
    );

    it.each([
      ...[
        'http://127.0.0.1',
        'https://127.0.0.1:8443',
        'https://[::1]',
        'https://localhost',
        'https://10.0.0.8',
        'https://192.168.1.1',
      ],
      ...[
        'https://169.254.169.254/latest',
        'https://0x7f000001',
        'https://2130706433',
        'https://[::ffff:10.0.0.1]',
        'https://100.64.0.1',
      ],
      ...['ftp://shop.example.com', 'https://user:wombat@shop.example.com', 'javascript:alert(1)', 'shop'],
    ])('is none at %s, and nobody is sent there', async (storeUrl) => {
      const answer = await setOutToStore(storeUrl);
      expect([answer.status, read(answer)]).toEqual([400, expect.objectContaining({ code: 'channel.shop_domain_invalid' })]);
    });
  });

  describe('what a plan includes', () => {
    it('holds for shops that are connected by consent, and not for one that is connected again', async () => {
      await world.buyPlan(account, 'starter');
      const first = await wayToShop();
      expect(await comeBack(await agreed(first), first.cookie)).toBe('connected');
      expect((await approve(await wayToStore())).status).toBe(401);
      expect(handedOver && read(handedOver)).toMatchObject({
        ...{ status: 402, code: 'subscription.limit_reached', limitOf: 'channels', limit: 1, usage: 1 },
      });
      const again = await wayToShop();
      expect(await comeBack(await agreed(again), again.cookie)).toBe('connected');
      expect(await channels()).toHaveLength(1);
    });

    it('is told to a browser too', async () => {
      await world.buyPlan(account, 'starter');
      expect((await approve(await wayToStore())).status).toBe(302);
      const way = await wayToShop();
      expect(await comeBack(await agreed(way), way.cookie)).toBe('subscription.limit_reached');
      expect(await channels()).toHaveLength(1);
    });

    it('keeps whoever has no subscription from setting out', async () => {
      await world.endTrial(account);
      for (const answer of [await setOut(), await setOutToStore()])
        expect(read(answer)).toMatchObject({ status: 402, code: 'subscription.inactive' });
    });
  });
});
