import { gzipSync } from 'node:zlib';
import type { OutboundRequest } from '@rappit/domain';
import { type GuardOptions, guardedFetch } from './guarded-fetch.js';
import { type Outside, startOutside } from './outside.test-kit.js';
import { alsoNearby } from './policy.js';

/** As in production, but for the port and the scheme of the server under test: so that only its address is in the way. */
const strict = { plainHttp: true, ports: null, networks: [] };
/** This machine plays the internet: 127.0.0.1 counts as public, and nothing else near us does. */
const onePublic = { ...strict, networks: ['127.0.0.1/32'] };

const asking = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  method: 'GET',
  url,
  deadlineMs: 60_000,
  maxBytes: 100_000,
  ...more,
});

let outside: Outside;
beforeEach(async () => {
  outside = await startOutside();
});
afterEach(() => outside.close());

const send = (options: GuardOptions, more: Partial<OutboundRequest> = {}, host = 'shop.example.com') =>
  guardedFetch({ policy: onePublic, ...options }).send(asking(outside.url('/', host), more));

/** Longer and longer, until its deadline is what it meets: on a busy machine a short one passes before there is anything to give up. */
const sendUntil = async (isEnough: (sent: Awaited<ReturnType<typeof send>>) => boolean, options: GuardOptions) => {
  for (let deadlineMs = 200; ; deadlineMs *= 2) {
    const sent = await send(options, { deadlineMs });
    if (isEnough(sent) || deadlineMs > 30_000) return sent;
  }
};

const refusedFor = (why: string) => ({ ok: false, error: { code: 'outbound.refused', why } });
const unknown = (why: string, status: number | null) => ({ ok: false, error: { code: 'outbound.unknown_outcome', why, status } });

describe('where it connects to', () => {
  it.each(spelledLoopbacks())('never this machine: %s', async (host) => {
    const sent = await guardedFetch({ policy: strict, names: async () => ['127.0.0.1'] }).send(asking(outside.url('/', host)));
    expect(sent).toEqual({
      ok: false,
      error: { code: 'outbound.refused', why: expect.stringMatching(/address|malformed|credentials/) },
    });
    expect(outside.connections()).toBe(0);
  });

  it('what was checked, however the name changes: it is looked up once', async () => {
    const answers = [['127.0.0.1'], ['169.254.169.254'], ['127.0.0.1']];
    const asked: string[] = [];
    const names = async (name: string) => {
      asked.push(name);
      return answers[asked.length - 1] ?? [];
    };
    expect(await send({ names })).toMatchObject({ ok: true, value: { status: 200 } });
    expect(asked).toEqual(['shop.example.com']);
    expect(await send({ names })).toEqual(refusedFor('address'));
    expect(await send({ names })).toMatchObject({ ok: true });
    expect([asked.length, outside.connections()]).toEqual([3, 2]);
  });

  it('nowhere, when only one of many addresses is ours', async () => {
    for (const hidden of ['10.0.0.1', '::1', '::ffff:127.0.0.1', 'fd00::1', 'not an address'])
      expect(await send({ names: async () => ['127.0.0.1', '93.184.216.34', hidden] })).toEqual(refusedFor('address'));
    expect(outside.connections()).toBe(0);
  });

  it('another of its addresses, when the first does not answer', async () => {
    const sent = await send({ policy: alsoNearby, names: async () => ['127.0.0.2', '127.0.0.1'] });
    expect(sent).toMatchObject({ ok: true });
  });

  it('nowhere that a redirect leads', async () => {
    const location = 'http://169.254.169.254/latest/meta-data/';
    for (const status of [301, 302, 303, 307, 308]) {
      outside.answerWith({ status, headers: { location }, body: new Uint8Array() });
      expect(await send({ names: async () => ['127.0.0.1'] })).toMatchObject({
        ok: true,
        value: { status, headers: { location } },
      });
    }
    expect(outside.arrived()).toHaveLength(5);
  });

  it('no proxy that the environment names', async () => {
    const proxy = await startOutside();
    const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'NODE_USE_ENV_PROXY'];
    const before = names.map((name) => [name, process.env[name]] as const);
    for (const name of names) process.env[name] = name === 'NODE_USE_ENV_PROXY' ? '1' : proxy.url();
    try {
      expect(await send({ names: async () => ['127.0.0.1'] })).toMatchObject({ ok: true });
      expect([proxy.connections(), outside.connections()]).toEqual([0, 1]);
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      await proxy.close();
    }
  });
});

describe('before anything is sent', () => {
  const publicAlone = guardedFetch({ names: async () => ['93.184.216.34'] });

  it.each([
    ['plain HTTP', 'http://shop.example.com/', 'scheme'],
    ['another port', 'https://shop.example.com:8443/', 'port'],
    ['the port of SSH', 'https://shop.example.com:22/', 'port'],
    ['a password', 'https://user:wombat@shop.example.com/', 'credentials'],
  ])('refuses %s', async (_, url, why) => {
    expect(publicAlone.check(url)).toEqual(refusedFor(why));
    expect(await publicAlone.send(asking(url))).toEqual(refusedFor(why));
  });

  it.each([
    ['nobody knows the name', async () => [], 'name'],
    ['the name server fails', async () => Promise.reject(new Error('ESERVFAIL')), 'name'],
    ['the name server is silent', () => new Promise<string[]>(() => undefined), 'deadline'],
  ] as const)('is unavailable when %s', async (_, names, why) => {
    const sent = await send({ names }, { deadlineMs: 150 });
    expect(sent).toEqual({ ok: false, error: { code: 'outbound.unavailable', why } });
    expect(outside.connections()).toBe(0);
  });
});

describe('what it takes for an answer', () => {
  const names = async () => ['127.0.0.1'];

  it('gives up one that trickles in, at its deadline', async () => {
    outside.act((response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const hasHead = (sent: Awaited<ReturnType<typeof send>>) => sent.ok || ('status' in sent.error && sent.error.status === 200);
    expect(await sendUntil(hasHead, { names })).toEqual(unknown('deadline', 200));
  });

  it('gives up a head that trickles in', async () => {
    outside.act(({ socket }) => {
      socket?.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket?.write('x-a: b\r\n'), 20);
      socket?.on('close', () => clearInterval(drip));
    });
    const isConnected = (sent: Awaited<ReturnType<typeof send>>) => sent.ok || sent.error.code !== 'outbound.unavailable';
    expect(await sendUntil(isConnected, { names })).toEqual(unknown('deadline', null));
  });

  it('gives up one that never ends, and hangs up', async () => {
    const closed = new Promise((resolve) => {
      outside.act((response) => {
        response.writeHead(200);
        const more = (): void => void response.write(Buffer.alloc(65_536), more);
        more();
        response.on('close', resolve);
      });
    });
    expect(await send({ names }, { maxBytes: 1_000_000 })).toEqual(unknown('tooLarge', 200));
    await closed;
  });

  it('gives up a head that is too large', async () => {
    outside.act((response) => {
      response.writeHead(200, { 'x-large': 'y'.repeat(20_000) });
      response.end();
    });
    expect(await send({ names })).toEqual(unknown('tooLarge', null));
  });

  it('unpacks what is packed, and no bomb', async () => {
    const packed = (plain: Uint8Array) =>
      outside.answerWith({ status: 200, headers: { 'content-encoding': 'gzip' }, body: gzipSync(plain) });
    packed(Buffer.from('قميص'));
    const sent = await send({ names });
    expect(sent.ok && Buffer.from(sent.value.body).toString()).toBe('قميص');
    packed(Buffer.alloc(50_000_000));
    const before = process.memoryUsage().rss;
    const bomb = await send({ names });
    expect(bomb.ok ? bomb.value.body.byteLength : bomb).toEqual(unknown('tooLarge', 200));
    expect(process.memoryUsage().rss - before).toBeLessThan(30_000_000);
  });

  it.each(['gzip', 'gzip, gzip', 'zstd', 'constructor'])(
    'does not guess at a body that says it is %s and is not',
    async (coding) => {
      outside.answerWith({ status: 202, headers: { 'content-encoding': coding }, body: Buffer.from('plain') });
      expect(await send({ names })).toEqual(unknown('unreadable', 202));
    },
  );

  it.each([
    ['is no HTTP', 'hello\r\n\r\n', 'unreadable'],
    ['has two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 'connection'],
    ['ends too soon', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nab', 'connection'],
  ])('knows nothing from an answer that %s', async (_, bytes, why) => {
    outside.act(({ socket }) => void socket?.end(bytes));
    expect(await send({ names })).toMatchObject({ ok: false, error: { code: 'outbound.unknown_outcome', why } });
  });

  it('closes its connection after each answer', async () => {
    for (let count = 1; count <= 3; count += 1) {
      await send({ names });
      expect(outside.connections()).toBe(count);
    }
  });
});

/** Ways to say 127.0.0.1, or to look like somebody else while saying it. */
function spelledLoopbacks(): readonly string[] {
  return [
    ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '017700000001', '0177.0.0.01', '127.0.0.1.'],
    ...['[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::127.0.0.1]', '[2002:7f00:1::]', '[::]'],
    ...['0', '0.0.0.0', '127.255.255.254', '%31%32%37.0.0.1', '１２７.０.０.１', '①②⑦.⓪.⓪.①', '127。0。0。1'],
    ...['localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'localtest.me', '127.0.0.1.nip.io', 'shop.example.com'],
    ...[
      'shop.example.com@127.0.0.1',
      '127.0.0.1#@shop.example.com',
      '127.0.0.1\\@shop.example.com',
      '[::1%25lo]',
      '[fe80::1%25eth0]',
    ],
  ];
}
