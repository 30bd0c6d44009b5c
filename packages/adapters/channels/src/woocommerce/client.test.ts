import { type GuardedFetch, type OutboundAnswer, type OutboundRequest, ok } from '@rappit/domain';
import { wooClient } from './client.js';
import { credentialsOf } from './credentials.js';
import { nearby, wooWorld } from './woo-world.test-kit.js';

const credentials = credentialsOf({ consumerKey: 'ck_SECRETwombat1', consumerSecret: 'cs_SECRETwombat2' });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const json = (status: number, body: unknown, headers: OutboundAnswer['headers'] = {}): OutboundAnswer => ({
  status,
  headers,
  body: bytes(JSON.stringify(body)),
});
const page = (status: number): OutboundAnswer => ({ status, headers: {}, body: bytes('<html><h1>Oops</h1></html>') });

type Sent = Awaited<ReturnType<GuardedFetch['send']>>;

/** A guard that answers as it is told, and what it was asked. */
const answering = (answer: (request: OutboundRequest) => Sent | Promise<Sent>) => {
  const requests: OutboundRequest[] = [];
  const guard: GuardedFetch = {
    check: () => ok(null),
    send: async (request) => {
      requests.push(request);
      return answer(request);
    },
  };
  return { guard, requests };
};

const sessionWith = async (answer: (request: OutboundRequest) => Sent | Promise<Sent>) => {
  const { guard, requests } = answering(answer);
  const opened = await wooClient({ guard })('shop.example.com', async () => ok(credentials), 'doing');
  if (!opened.ok) throw new Error(opened.error.code);
  return { session: opened.value, requests };
};

const asking = async (answer: Sent): Promise<string> => {
  const { session } = await sessionWith(() => answer);
  const got = await session.ask('wc/v3/orders');
  return got.ok ? got.value.code : got.error.code;
};
const telling = async (answer: Sent): Promise<string> => {
  const { session } = await sessionWith(() => answer);
  const got = await session.tell('POST', 'wc/v3/products/batch', {});
  return got.ok ? got.value.code : got.error.code;
};

describe('what a store answers', () => {
  const why = (status: number) => json(status, { code: 'woocommerce_rest_no', message: 'No.' });

  it.each<[string, Sent, string, string]>([
    ['an answer', ok(json(200, [])), '', ''],
    ['a no that it explains', ok(why(404)), 'woocommerce_rest_no', 'woocommerce_rest_no'],
    ['a page where JSON was wanted', ok(page(200)), 'shop.unavailable', 'shop.unknown_outcome'],
    [
      'a warning of PHP before the JSON',
      ok({ ...json(200, []), body: bytes('Notice: x\n[]') }),
      'shop.unavailable',
      'shop.unknown_outcome',
    ],
    ['a page that says no', ok(page(404)), 'shop.unavailable', 'shop.unavailable'],
    ['a page of a firewall', ok(page(403)), 'shop.unavailable', 'shop.unavailable'],
    ['a page that asks for a password', ok(page(401)), 'shop.unavailable', 'shop.unavailable'],
    ['that it is overrun', ok(page(429)), 'shop.unavailable', 'shop.unavailable'],
    ['that it is being updated', ok(page(503)), 'shop.unavailable', 'shop.unavailable'],
    ['that its host has had enough', ok(page(508)), 'shop.unavailable', 'shop.unavailable'],
    ['a fault of its own', ok(page(500)), 'shop.unavailable', 'shop.unknown_outcome'],
    ['a fault before it', ok(page(502)), 'shop.unavailable', 'shop.unknown_outcome'],
    ['that it doesn’t know the key', ok(why(401)), 'shop.unauthorized', 'shop.unauthorized'],
    ['that the key may not', ok(why(403)), 'shop.unauthorized', 'shop.unauthorized'],
    ['an address elsewhere', ok(json(301, {}, { location: 'https://elsewhere.example.com/' })), 'shop.refused', 'shop.refused'],
    [
      'nothing, since its address may not be called',
      { ok: false, error: { code: 'outbound.refused', why: 'address' } },
      'shop.refused',
      'shop.refused',
    ],
    [
      'nothing, since nobody is there',
      { ok: false, error: { code: 'outbound.unavailable', why: 'connection' } },
      'shop.unavailable',
      'shop.unavailable',
    ],
    [
      'half an answer',
      { ok: false, error: { code: 'outbound.unknown_outcome', why: 'connection', status: null } },
      'shop.unavailable',
      'shop.unknown_outcome',
    ],
    [
      'without end',
      { ok: false, error: { code: 'outbound.unknown_outcome', why: 'tooLarge', status: 200 } },
      'shop.unavailable',
      'shop.unknown_outcome',
    ],
  ])('%s', async (_, sent, whenAsked, whenTold) => {
    expect(await asking(sent)).toBe(whenAsked);
    expect(await telling(sent)).toBe(whenTold);
  });

  it('says when to come back', async () => {
    const { session } = await sessionWith(() => ok({ ...page(429), headers: { 'retry-after': '7' } }));
    expect(await session.ask('wc/v3/orders')).toMatchObject({ error: { code: 'shop.unavailable', retryAfterMs: 7_000 } });
  });

  it('keeps ids above 2^53, both ways', async () => {
    const { session } = await sessionWith(() => ok({ ...json(200, []), body: bytes('[{"id":820982911946154508}]') }));
    const got = await session.ask('wc/v3/orders');
    expect(got.ok && String((got.value.json as readonly { readonly id: unknown }[])[0]?.id)).toBe('820982911946154508');
  });
});

describe('what a store is asked', () => {
  it('holds the keys in a header, never in its address, and is bounded', async () => {
    const { session, requests } = await sessionWith(() => ok(json(200, [])));
    await session.ask('wc/v3/orders', { per_page: 1, modified_after: '2026-11-01T10:00:00' });
    const [request] = requests;
    expect(request?.url).toBe('https://shop.example.com/wp-json/wc/v3/orders?per_page=1&modified_after=2026-11-01T10%3A00%3A00');
    expect(request?.headers?.['authorization']).toBe(
      `Basic ${Buffer.from('ck_SECRETwombat1:cs_SECRETwombat2').toString('base64')}`,
    );
    expect(request?.maxBytes).toBeLessThanOrEqual(10 * 1_048_576);
    expect(request?.deadlineMs).toBeLessThanOrEqual(60_000);
  });

  it('is nothing at all when the keys are gone, or aren’t ours', async () => {
    const { guard, requests } = answering(() => ok(json(200, [])));
    const open = wooClient({ guard });
    const gone = { ok: false, error: { code: 'shop.unauthorized', message: 'Connect it again.' } } as const;
    expect(await open('shop.example.com', async () => gone, 'asking')).toEqual(gone);
    expect(await open('shop.example.com', async () => ok('{"token":"x"}'), 'asking')).toMatchObject({
      error: { code: 'shop.unauthorized' },
    });
    expect(requests).toEqual([]);
  });

  it('takes no longer in all than it may, however many requests it needs', async () => {
    let now = 0;
    const { guard, requests } = answering(() => {
      now += 40_000;
      return ok(json(200, []));
    });
    const opened = await wooClient({ guard, monotonicMs: () => now })('shop.example.com', async () => ok(credentials), 'doing');
    if (!opened.ok) throw new Error(opened.error.code);
    const answers = [await opened.value.ask('a'), await opened.value.ask('b'), await opened.value.ask('c')];
    expect(requests.map(({ deadlineMs }) => deadlineMs)).toEqual([60_000, 20_000]);
    expect(answers.at(-1)).toMatchObject({ error: { code: 'shop.unavailable' } });
  });

  it('is asked of one store two at a time, and of another meanwhile', async () => {
    const waiting: (() => void)[] = [];
    const { guard, requests } = answering(({ url }) =>
      url.includes('other') ? ok(json(200, [])) : new Promise((resolve) => waiting.push(() => resolve(ok(json(200, []))))),
    );
    const open = wooClient({ guard });
    const sessionOf = async (shop: string) => {
      const opened = await open(shop, async () => ok(credentials), 'asking');
      if (!opened.ok) throw new Error(opened.error.code);
      return opened.value;
    };
    const session = await sessionOf('shop.example.com');
    const asked = ['1', '2', '3'].map((path) => session.ask(path));
    await (await sessionOf('other.example.com')).ask('4');
    expect(requests.map(({ url }) => url.at(-1))).toEqual(['1', '2', '4']);
    waiting[0]?.();
    await asked[0];
    await (await sessionOf('other.example.com')).ask('5');
    expect(requests.map(({ url }) => url.at(-1))).toEqual(['1', '2', '4', '3', '5']);
    for (const answer of waiting) answer();
    await Promise.all(asked);
  });
});

describe('a store on the wire', () => {
  it('that has moved to another host gets no key there, and says so', async () => {
    const world = await wooWorld();
    try {
      world.shop.breakDown('redirect');
      expect(await world.channel.check()).toMatchObject({
        error: { code: 'shop.refused', message: expect.stringContaining('another address') },
      });
    } finally {
      await world.close();
    }
  });

  it('is left alone for as long as it says', async () => {
    const world = await wooWorld();
    try {
      world.shop.breakDown('rateLimited');
      expect(await world.channel.orderById('101')).toMatchObject({ error: { code: 'shop.unavailable', retryAfterMs: 7_000 } });
    } finally {
      await world.close();
    }
  });

  it('is not called where it lies inside our network', async () => {
    const world = await wooWorld();
    try {
      const open = wooClient({ ...nearby, baseUrlOf: () => 'http://169.254.169.254' });
      const opened = await open('shop.example.com', async () => ok(credentials), 'asking');
      expect(opened.ok && (await opened.value.ask('wc/v3/orders'))).toMatchObject({ error: { code: 'shop.refused' } });
    } finally {
      await world.close();
    }
  });
});
