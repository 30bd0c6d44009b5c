import type { PostWebhook, WooRequest } from '@rappit/simulators/woocommerce';
import { startWooSimulator, type WooSimulator } from '@rappit/simulators/woocommerce';
import { wooAuthorizer } from './woo-authorizer.js';
import { wooShop } from './woo-shop.js';
import { nearby } from './woo-world.test-kit.js';

const urls = {
  appName: 'Rappit',
  callbackUrl: 'https://hub.example.com/callback',
  returnUrl: 'https://hub.example.com/channels?a=1',
};
const authorizer = wooAuthorizer({ ...nearby, ...urls });

/** A store whose keys come to us, and are answered with a status. */
const storeAnd = async (
  work: (shop: WooSimulator, came: readonly WooRequest[], answer: (status: number) => void) => Promise<void>,
) => {
  const came: WooRequest[] = [];
  let status = 200;
  const post: PostWebhook = async (request) => {
    came.push(request);
    return status;
  };
  const shop = await startWooSimulator({ post });
  try {
    await work(shop, came, (next) => {
      status = next;
    });
  } finally {
    await shop.close();
  }
};

const begin = (shop: WooSimulator): string => {
  const begun = authorizer.start(shop.baseUrl, 'state-of-one-use');
  if (!begun.ok) throw new Error(begun.error.code);
  expect(begun.value.shopDomain).toBe(shop.shopDomain);
  return begun.value.url;
};
/** The owner follows "Approve". */
const approve = (url: string): Promise<Response> => fetch(url.replace('/authorize?', '/access_granted?'), { redirect: 'manual' });

describe('letting us into a store', () => {
  it('goes by the page on which its owner consents, and ends with keys that the store has proven', async () => {
    await storeAnd(async (shop, came) => {
      const url = begin(shop);
      const page = await (await fetch(url)).text();
      expect(page).toContain('Rappit would like to connect');
      const back = await approve(url);
      expect(back.headers.get('location')).toBe('https://hub.example.com/channels?a=1&success=1&user_id=state-of-one-use');
      const brought = JSON.parse(came[0]?.body ?? '');
      expect(brought).toMatchObject({ user_id: 'state-of-one-use', key_permissions: 'read_write' });
      const granted = await authorizer.finish(shop.shopDomain, brought);
      expect(granted).toMatchObject({ ok: true, value: { expiresAt: null, renewableUntil: null } });
      if (!granted.ok) throw new Error(granted.error.code);
      const { credentials } = granted.value;
      expect(await wooShop(nearby)(shop.shopDomain, async () => ({ ok: true, value: credentials })).check()).toEqual({
        ok: true,
        value: null,
      });
      expect(await authorizer.renew(shop.shopDomain, credentials)).toEqual(granted);
      shop.revokeKeys();
      expect(await authorizer.renew(shop.shopDomain, credentials)).toMatchObject({ error: { code: 'shop.unauthorized' } });
    });
  });

  it('comes to nothing when we do not take the keys: the store takes them back', async () => {
    await storeAnd(async (shop, came, answer) => {
      answer(202);
      expect((await approve(begin(shop))).status).toBe(401);
      expect(await authorizer.finish(shop.shopDomain, JSON.parse(came[0]?.body ?? ''))).toMatchObject({
        error: { code: 'shop.unauthorized' },
      });
    });
  });

  it('takes no keys that another store has given', async () => {
    await storeAnd(async (theirs, came) => {
      await approve(begin(theirs));
      const ours = await startWooSimulator({ seed: 2 });
      try {
        const brought = JSON.parse(came[0]?.body ?? '');
        expect(await authorizer.finish(ours.shopDomain, brought)).toMatchObject({ error: { code: 'shop.unauthorized' } });
      } finally {
        await ours.close();
      }
    });
  });

  const key = { consumer_key: 'ck_SECRETwombat1', consumer_secret: 'cs_SECRETwombat2', key_permissions: 'read_write' };
  it.each([
    ['only reading', { ...key, key_permissions: 'read' }],
    ['no key', { ...key, consumer_key: undefined }],
    ['a key that is none', { ...key, consumer_key: 'ck_\r\nx-evil: 1' }],
    ['a secret that is none', { ...key, consumer_secret: 42 }],
    ['nothing', {}],
  ])('takes no less than it needs: %s', async (_, brought) => {
    expect(await authorizer.finish('127.0.0.1:1', brought)).toEqual({ ok: false, error: { code: 'authorization.invalid' } });
  });

  it('refuses what is no store, and what lies inside our network', () => {
    for (const shop of ['', 'shop', 'http://169.254.169.254', 'https://user:wombat@shop.example.com'])
      expect(authorizer.start(shop, 'state')).toEqual({ ok: false, error: { code: 'channel.shop_domain_invalid' } });
  });
});

describe('keys that an owner types in', () => {
  it('are read, and named where they are none', () => {
    expect(
      authorizer.fromKeys('https://Shop.example.com/', { consumerKey: ' ck_SECRETwombat1 ', consumerSecret: 'cs_SECRETwombat2' }),
    ).toEqual({
      ok: true,
      value: {
        shopDomain: 'shop.example.com',
        credentials: '{"consumerKey":"ck_SECRETwombat1","consumerSecret":"cs_SECRETwombat2"}',
      },
    });
    const invalid = (field: string) => ({ ok: false, error: { code: 'channel.credentials_invalid', field } });
    expect(authorizer.fromKeys('shop.example.com', { consumerSecret: 'cs_SECRETwombat2' })).toEqual(invalid('consumerKey'));
    expect(authorizer.fromKeys('shop.example.com', { consumerKey: 'ck_SECRETwombat1' })).toEqual(invalid('consumerSecret'));
  });
});
