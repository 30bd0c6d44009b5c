import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { HttpDeps } from '../deps.js';
import type { MakeBackend } from './backend.test-kit.js';
import { type ProblemShape, refusalIn } from './client.test-kit.js';
import { wireTo } from './fuzz/wire.test-kit.js';
import { answerIn } from './raw-socket.test-kit.js';
import { openWorld, PREFIX, type World } from './world.test-kit.js';

/** What is the same for every answer and every connection, whatever is asked. */
export const hardening = (make: MakeBackend): void => {
  describe('hardening', () => {
    describe('as it is', () => {
      const world = worldOf(make, {});
      ofHeaders(world);
      ofBodies(world);
      ofConnections(world);
    });
    describe('with pages of other origins', () => {
      ofOrigins(worldOf(make, { corsOrigins: [DESK, 'http://localhost:5173'] }));
    });
    describe('with little patience', () => {
      ofPatience(worldOf(make, { patience: { headersMs: 300, requestMs: 400, lookEveryMs: 50 } }));
    });
    describe('open to all pages, and with more to do than it can', () => {
      const world = worldOf(make, { corsOrigins: [DESK, '*'], pressure: { eventLoopDelayMs: 0, heapBytes: 1 } });
      ofEverybody(world);
      ofPressure(world);
    });
  });
};

const worldOf = (make: MakeBackend, change: Pick<Partial<HttpDeps>, 'corsOrigins' | 'patience' | 'pressure'>): (() => World) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(make, change);
  });
  afterAll(() => world.close());
  return () => world;
};

const DESK = 'https://desk.example.com';
const preflight = (origin: string) => ({ headers: { origin, 'access-control-request-method': 'POST' } });
const granted = (headers: Headers): readonly string[] => [...headers.keys()].filter((name) => name.startsWith('access-control-'));

const ofHeaders = (world: () => World): void => {
  it('tells browsers that every answer is data, and that its own page may load what it brings', async () => {
    for (const path of [`${PREFIX}/health`, `${PREFIX}/items`, '/nowhere', '/metrics']) {
      const { headers } = await world().send('GET', path);
      expect({ path, ...Object.fromEntries(headers) }).toMatchObject({
        path,
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
    }
    const page = await world().send('GET', '/api/docs');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self'.*script-src 'self'/);
    expect(page.headers.get('server') ?? page.headers.get('x-powered-by')).toBeNull();
  });

  it('knows no other origin unless it was told of one', async () => {
    for (const method of ['OPTIONS', 'GET']) {
      const { headers } = await world().send(method, `${PREFIX}/items`, preflight(DESK));
      expect([granted(headers), headers.get('vary')]).toEqual([[], null]);
    }
  });
};

const ofBodies = (world: () => World): void => {
  const post = async (path: string, raw: Uint8Array<ArrayBuffer>, headers = {}) => {
    const { token } = await world().signUp();
    const { status, code } = refusalIn(await world().send('POST', `${PREFIX}${path}`, { token, raw, headers }));
    return `${status} ${code}`;
  };

  it.each(['gzip', 'br', 'deflate', 'GZIP', 'identity, gzip'])('unpacks no body: %s', async (coding) => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(50_000_000, 0x20)));
    expect(await post('/orders', bomb, { 'content-encoding': coding })).toBe('415 request.media_type_unsupported');
  });

  it.each([
    ['/items', 64],
    ['/auth/login', 64],
    ['/orders', 1_024],
  ])('takes a body for %s of at most %d KiB', async (path, kibibytes) => {
    const spaces = (count: number) => new Uint8Array(count).fill(0x20);
    expect(await post(path, spaces(kibibytes * 1_024))).toBe('400 request.malformed');
    expect(await post(path, spaces(kibibytes * 1_024 + 1))).toBe('413 request.too_large');
  });
};

const ofConnections = (world: () => World): void => {
  it('hears the next request behind a body that nobody read to its end', async () => {
    const wire = wireTo(world().port);
    const { token } = await world().signUp();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
    const sheet = `not,a,sheet\n${'x'.repeat(2_000_000)}`;
    for (const path of ['/items/import', '/nowhere', '/items']) {
      const early = await wire.send({ method: 'POST', path: `${PREFIX}${path}`, headers, body: sheet });
      const next = await wire.send({ method: 'GET', path: `${PREFIX}/health`, headers: {}, body: null });
      expect({ path, early: early.status >= 400, next: next.status }).toEqual({ path, early: true, next: 200 });
    }
    wire.close();
  });

  it('meets no expectation that it does not know, and answers all the same', async () => {
    const wire = wireTo(world().port);
    for (const wish of ['100-continue', '200-maybe']) {
      const { status } = await wire.send({ method: 'GET', path: `${PREFIX}/health`, headers: { expect: wish }, body: null });
      expect({ wish, status }).toEqual({ wish, status: 200 });
    }
    wire.close();
  });
};

const ofOrigins = (world: () => World): void => {
  it('lets the origins that it was told of read answers', async () => {
    const asked = await world().send('OPTIONS', `${PREFIX}/orders`, preflight(DESK));
    expect([asked.status, asked.text]).toEqual([204, '']);
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      'access-control-allow-origin': DESK,
      'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
      'access-control-allow-headers': expect.stringContaining('idempotency-key'),
      'access-control-max-age': '600',
      vary: 'Origin',
    });
    const { status, headers } = await world().send('GET', `${PREFIX}/orders`, { headers: { origin: DESK } });
    expect([status, headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([401, DESK, 'Origin']);
    expect(headers.get('access-control-expose-headers')).toContain('idempotent-replayed');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it.each(['https://desk.example.com.evil.com', 'http://desk.example.com', 'https://desk.example.com:8443', 'null'])(
    'lets %s read nothing',
    async (origin) => {
      const asked = await world().send('OPTIONS', `${PREFIX}/orders`, preflight(origin));
      expect([refusalIn(asked).code, ...granted(asked.headers)]).toEqual(['route.method_not_allowed']);
      const { status, headers } = await world().send('GET', `${PREFIX}/health`, { headers: { origin } });
      expect([status, ...granted(headers)]).toEqual([200]);
    },
  );

  it('answers an OPTIONS that comes from no page as it always did', async () => {
    const known = await world().send('OPTIONS', `${PREFIX}/orders`);
    expect([refusalIn(known).code, known.headers.get('allow')]).toEqual(['route.method_not_allowed', 'GET, POST']);
    expect(refusalIn(await world().send('OPTIONS', '/nowhere')).code).toBe('route.not_found');
  });
};

const ofPatience = (world: () => World): void => {
  const login = `POST ${PREFIX}/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n{"email":"`;

  it.each([
    ['its head', `GET ${PREFIX}/health HTTP/1.1\r\nhost: x\r\nx-slow: `],
    ['its body', login],
  ])('cuts off fifty clients that trickle in %s, and serves the others meanwhile', async (_, beginning) => {
    const wire = wireTo(world().port);
    const health = async () => (await wire.send({ method: 'GET', path: `${PREFIX}/health`, headers: {}, body: null })).status;
    // A connection that is open already: on a busy machine a new one may be too slow itself.
    while ((await health().catch(() => 0)) !== 200);
    const slow = Promise.all(Array.from({ length: 50 }, () => trickle(world().port, beginning)));
    expect(await health()).toBe(200);
    for (const heard of await slow) {
      const { status, head, body } = answerIn(heard);
      expect([status, (JSON.parse(body) as ProblemShape).code]).toEqual([408, 'request.timed_out']);
      expect(head).toContain('connection: close');
    }
    expect(await health()).toBe(200);
    wire.close();
  });
};

/** Writes the beginning at once, goes on byte by byte until the other side has had enough, and answers what was heard. */
const trickle = (port: number, beginning: string): Promise<string> =>
  new Promise((resolve) => {
    let drip: NodeJS.Timeout | undefined;
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(beginning);
      drip = setInterval(() => socket.write('a'), 20);
    });
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(drip);
      resolve(heard);
    });
  });

const ofEverybody = (world: () => World): void => {
  it('never allows credentials, least of all to everybody', async () => {
    for (const method of ['OPTIONS', 'GET']) {
      const { headers } = await world().send(method, `${PREFIX}/health`, preflight('https://anywhere.example.com'));
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });
};

const ofPressure = (world: () => World): void => {
  it('turns requests away, and still says how it is', async () => {
    const me = () => world().send('GET', `${PREFIX}/auth/me`);
    let answer = await me();
    while (answer.status === 401) answer = await me();
    expect(refusalIn(answer)).toEqual({ status: 503, code: 'server.unavailable', paths: [] });
    expect(answer.headers.get('retry-after')).toBe('5');
    for (const path of [`${PREFIX}/health`, `${PREFIX}/health/ready`, '/metrics'])
      expect({ path, status: (await world().send('GET', path)).status }).toEqual({ path, status: 200 });
  });
};
