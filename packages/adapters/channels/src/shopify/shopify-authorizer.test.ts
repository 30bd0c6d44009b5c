import { createHmac } from 'node:crypto';
import { type Granted, ok, type Result } from '@rappit/domain';
import { provesQuery } from './query-proof.js';
import { type ShopifyAuthorizerOptions, shopifyAuthorizer } from './shopify-authorizer.js';
import { shopifyShop } from './shopify-shop.js';
import { app, type ShopifyScene, shopDomain, shopifyScene } from './shopify-world.test-kit.js';

const redirectUri = 'https://hub.example.com/api/v1/channels/oauth/shopify/callback';

let scene: ShopifyScene;

beforeEach(async () => {
  scene = await shopifyScene();
});

afterEach(() => scene.simulator.close());

const authorizer = (options: Partial<ShopifyAuthorizerOptions> = {}) =>
  shopifyAuthorizer({
    app: { ...app, redirectUri },
    send: scene.send,
    now: scene.clock.now,
    originOf: scene.simulator.originOf,
    ...options,
  });

/** What the owner's browser brings back from the shop. */
const consent = async (state = 'state-1', options: Partial<ShopifyAuthorizerOptions> = {}): Promise<Record<string, string>> => {
  const begun = authorizer(options).start(shopDomain, state);
  if (!begun.ok) throw new Error(begun.error.code);
  const { headers } = await fetch(begun.value.url, { redirect: 'manual' });
  const back = new URL(headers.get('location') ?? '');
  expect(`${back.origin}${back.pathname}`).toBe(redirectUri);
  return Object.fromEntries(back.searchParams);
};

const granted = async (): Promise<Granted> => {
  const finished = await authorizer().finish(shopDomain, await consent());
  if (!finished.ok) throw new Error(finished.error.code);
  return finished.value;
};

const answers = async (credentials: string): Promise<string> => {
  const open = shopifyShop({ send: scene.send, originOf: scene.simulator.originOf });
  const checked = await open(shopDomain, async () => ok(credentials)).check();
  return checked.ok ? 'ok' : checked.error.code;
};

const hours = (count: number): number => count * 3_600_000;

describe('beginning', () => {
  it.each([
    'quokka-mugs.myshopify.com',
    'QUOKKA-Mugs.MyShopify.com',
    ' https://quokka-mugs.myshopify.com/ ',
    'quokka-mugs.myshopify.com/',
  ])('takes %j for the one shop', (typed) => {
    expect(authorizer().start(typed, 's')).toMatchObject({ ok: true, value: { shopDomain } });
  });

  it.each([
    '',
    'quokka-mugs',
    'example.com',
    'myshopify.com',
    '.myshopify.com',
    '-a.myshopify.com',
    'a.b.myshopify.com',
    'quokka-mugs.myshopify.com.example.com',
    'quokka-mugs.myshopify.com:8443',
    'user@quokka-mugs.myshopify.com',
    'user:word@quokka-mugs.myshopify.com',
    'https://example.com@quokka-mugs.myshopify.com',
    'http://quokka-mugs.myshopify.com',
    'quokka-mugs.myshopify.com/admin',
    'quokka-mugs.myshopify.com?x=1',
    'quokka-mugs.myshopify.com#x',
    'quokka-mugs.myshopify.com\\@example.com',
    'quok\u212Aa-mugs.myshopify.com',
    'quokka\u2010mugs.myshopify.com',
    'quokka-mugs\u3002myshopify\u3002com',
    'quokka-mugs.myshopify.com\n.example.com',
    'quokka\u200Bmugs.myshopify.com',
    `${'a'.repeat(80)}.myshopify.com`,
  ])('refuses %j', (typed) => {
    expect(authorizer().start(typed, 's')).toEqual({ ok: false, error: { code: 'channel.shop_domain_invalid' } });
  });

  it('sends the browser to the shop itself, with what we ask for', () => {
    const begun = shopifyAuthorizer({ app: { ...app, redirectUri }, send: scene.send, now: scene.clock.now }).start(
      shopDomain,
      'a b&c',
    );
    const url = new URL(begun.ok ? begun.value.url : 'about:blank');
    expect(`${url.origin}${url.pathname}`).toBe('https://quokka-mugs.myshopify.com/admin/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: app.clientId,
      scope: app.scopes.join(','),
      redirect_uri: redirectUri,
      state: 'a b&c',
    });
  });
});

describe('coming back', () => {
  it('gives a pair that ends after an hour, and can be renewed for ninety days', async () => {
    const { credentials, expiresAt, renewableUntil } = await granted();
    const now = scene.clock.now().getTime();
    expect([expiresAt?.getTime(), renewableUntil?.getTime()]).toEqual([now + hours(1), now + hours(90 * 24)]);
    expect(await answers(credentials)).toBe('ok');
  });

  /** Changes what came back, and signs it again where only Shopify could have. */
  const signed = (query: Record<string, string>, secret = app.clientSecret): Record<string, string> => {
    const { hmac: _, ...rest } = query;
    const message = Object.keys(rest)
      .sort()
      .map((name) => `${name}=${encodeURIComponent(rest[name] ?? '')}`)
      .join('&');
    return { ...rest, hmac: createHmac('sha256', secret).update(message).digest('hex') };
  };

  it.each<[string, (query: Record<string, string>) => Record<string, unknown>]>([
    ['no signature', ({ hmac: _, ...rest }) => rest],
    ['a signature of another secret', (query) => signed(query, 'SECRET of another app')],
    ['a signature over something else', (query) => ({ ...query, state: 'another' })],
    ['a parameter more', (query) => ({ ...query, extra: '1' })],
    ['a parameter twice', (query) => ({ ...query, code: [query['code'], query['code']] })],
    ['the signature in capitals', (query) => ({ ...query, hmac: query['hmac']?.toUpperCase() })],
    ['another shop', (query) => signed({ ...query, shop: 'other-mugs.myshopify.com' })],
    ['what is no shop', (query) => signed({ ...query, shop: 'quokka-mugs.myshopify.com.example.com' })],
    ['no code', (query) => signed({ ...query, code: '' })],
    ['a code that nobody gave', (query) => signed({ ...query, code: 'made-up' })],
    ['a moment that was too long ago', (query) => signed({ ...query, timestamp: String(Number(query['timestamp']) - 91) })],
    ['a moment to come', (query) => signed({ ...query, timestamp: String(Number(query['timestamp']) + 91) })],
    ['no moment', (query) => signed({ ...query, timestamp: 'now' })],
    ['half of a character', (query) => ({ ...query, state: '\uD800' })],
  ])('is refused with %s', async (_, change) => {
    const brought = change(await consent());
    expect(await authorizer().finish(shopDomain, brought)).toEqual({ ok: false, error: { code: 'authorization.invalid' } });
  });

  it('agrees with a signature that Shopify’s own library took', () => {
    const query = {
      code: 'c o+d%e/=',
      host: 'YWRtaW4uc2hvcGlmeS5jb20=',
      shop: 'demo.myshopify.com',
      state: "a b&c=d~!*'()é",
      timestamp: '1795467600',
    };
    const hmac = '678f63f1486a014e3877b18165742492cea936dbde04151479ea43a9fc9f054c';
    expect(provesQuery({ ...query, hmac }, 'SECRET of the library')).toBe(true);
    expect(provesQuery({ ...query, hmac, signature: 'left out' }, 'SECRET of the library')).toBe(true);
    expect(provesQuery({ ...query, hmac }, '')).toBe(false);
  });

  it('takes a signature of 89 seconds ago', async () => {
    const brought = await consent();
    scene.clock.advance(89_000);
    expect(await authorizer().finish(shopDomain, brought)).toMatchObject({ ok: true });
  });

  it('takes a code once', async () => {
    const brought = await consent();
    await authorizer().finish(shopDomain, brought);
    expect(await authorizer().finish(shopDomain, brought)).toEqual({ ok: false, error: { code: 'authorization.invalid' } });
  });

  it('refuses an owner who granted less than was asked for', async () => {
    const wanting = { app: { ...app, scopes: [...app.scopes, 'write_products'], redirectUri } };
    const finished = await authorizer(wanting).finish(shopDomain, await consent('s', wanting));
    expect(finished).toEqual({ ok: false, error: { code: 'authorization.invalid' } });
  });

  it('knows that whoever may write may read, which Shopify leaves out', async () => {
    const both = { app: { ...app, scopes: [...app.scopes, 'read_inventory'], redirectUri } };
    expect(await authorizer(both).finish(shopDomain, await consent('s', both))).toMatchObject({ ok: true });
  });

  it.each([
    ['away', 'shop.unavailable'],
    ['html', 'shop.unknown_outcome'],
    ['failing', 'shop.unknown_outcome'],
    ['lost', 'shop.unknown_outcome'],
  ] as const)('says so when Shopify is %s', async (fault, code) => {
    const brought = await consent();
    scene.simulator.breakDown(fault);
    expect(await authorizer().finish(shopDomain, brought)).toMatchObject({ error: { code } });
  });

  it('says that our own app is at fault when Shopify does not know it', async () => {
    const brought = await consent();
    const stranger = { app: { ...app, clientId: 'nobody', redirectUri } };
    expect(await authorizer(stranger).finish(shopDomain, brought)).toMatchObject({ error: { code: 'shop.refused' } });
  });
});

describe('a pair that ends', () => {
  const renew = (credentials: string): Promise<Result<Granted, unknown>> => authorizer().renew(shopDomain, credentials);

  it('is replaced whole', async () => {
    const { credentials } = await granted();
    scene.clock.advance(hours(1));
    expect(await answers(credentials)).toBe('shop.unauthorized');
    const renewed = await renew(credentials);
    const next = renewed.ok ? renewed.value.credentials : '';
    expect(await answers(next)).toBe('ok');
    expect(next).not.toBe(credentials);
  });

  it('is got again with the old pair when the answer was lost, as long as the new one has not been used', async () => {
    const { credentials } = await granted();
    scene.simulator.breakDown('lost');
    expect(await renew(credentials)).toMatchObject({ error: { code: 'shop.unavailable' } });
    scene.simulator.mend();
    const renewed = await renew(credentials);
    expect(await answers(renewed.ok ? renewed.value.credentials : '')).toBe('ok');
    expect(scene.simulator.refreshes()).toBe(3);
    expect(await renew(credentials)).toMatchObject({ error: { code: 'shop.unauthorized' } });
  });

  it('survives one lost answer by itself', async () => {
    const { credentials } = await granted();
    let lost = 0;
    const losingOne: ShopifyAuthorizerOptions['send'] = async (request) => {
      const sent = await scene.send(request);
      lost += 1;
      return lost === 1 ? { ok: false, error: { code: 'outbound.unknown_outcome', why: 'connection', status: null } } : sent;
    };
    const renewed = await authorizer({ send: losingOne }).renew(shopDomain, credentials);
    expect(await answers(renewed.ok ? renewed.value.credentials : '')).toBe('ok');
  });

  it('needs its owner when Shopify has taken it back, and when it is none of those that end', async () => {
    const { credentials } = await granted();
    scene.shop.uninstall();
    for (const kept of [credentials, '{"accessToken":"shpat_SECRET1"}', 'no JSON at all'])
      expect(await renew(kept)).toMatchObject({ error: { code: 'shop.unauthorized' } });
  });

  it('is renewed later when Shopify is away, and says when', async () => {
    const { credentials } = await granted();
    scene.simulator.breakDown('away');
    expect(await renew(credentials)).toMatchObject({ error: { code: 'shop.unavailable' } });
  });
});

describe('credentials that the owner typed in', () => {
  it('are a token of an app of the shop’s own', async () => {
    const typed = authorizer().fromKeys('Quokka-Mugs.myshopify.com', { accessToken: ` ${scene.shop.token()} ` });
    expect(typed).toMatchObject({ ok: true, value: { shopDomain } });
    expect(await answers(typed.ok ? typed.value.credentials : '')).toBe('ok');
  });

  it.each(['', ' ', 'two words', 'line\nbreak', 'é', 'x'.repeat(600)])('are refused when they are %j', (accessToken) => {
    expect(authorizer().fromKeys(shopDomain, { accessToken })).toEqual({
      ok: false,
      error: { code: 'channel.credentials_invalid', field: 'accessToken' },
    });
  });

  it('are refused for what is no shop, and when nothing was typed', () => {
    expect(authorizer().fromKeys('example.com', { accessToken: 'x' })).toMatchObject({
      error: { code: 'channel.shop_domain_invalid' },
    });
    expect(authorizer().fromKeys(shopDomain, {})).toMatchObject({ error: { code: 'channel.credentials_invalid' } });
  });
});
