import { connect } from 'node:net';
import type { MakeBackend } from './backend.test-kit.js';
import { type ProblemShape, read, refusalIn } from './client.test-kit.js';
import { answerIn, exchange } from './raw-socket.test-kit.js';
import { actsOf, openScene, type Scene } from './scene.test-kit.js';
import { openWorld, PREFIX, type World } from './world.test-kit.js';

const SECRET_MESSAGE = 'insert into users (email) values (amira@quokka.example)';

/** Whatever goes wrong, the answer is a problem that says no more than it should. */
export const faults = (make: MakeBackend): void => {
  describe('faults', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      scene = await openScene(world);
    });
    afterAll(() => world.close());
    ofRouting(() => world);
    ofSize(
      () => world,
      () => scene,
    );
    ofTheWire(() => world);
    ofOurs(
      () => world,
      () => scene,
    );
    whileClosing(make);
  });
};

const ofRouting = (world: () => World): void => {
  it.each([
    ['GET', '/nowhere', 404, 'route.not_found'],
    ['GET', PREFIX, 404, 'route.not_found'],
    ['GET', `${PREFIX}/orders/`, 400, 'request.invalid'],
    ['GET', '/api/v2/orders', 404, 'route.not_found'],
    ['GET', `${PREFIX}/orders/%zz`, 400, 'request.url_malformed'],
    ['GET', `${PREFIX}/items/%ff`, 400, 'request.url_malformed'],
    ['GET', `${PREFIX}/items/${'x'.repeat(1_501)}`, 414, 'request.uri_too_long'],
  ])('answers %s %s with a problem', async (method, path, status, code) => {
    const { token } = await world().signUp();
    const answer = await world().send(method, path, { token });
    expect({ status: answer.status, code: read<ProblemShape>(answer).code }).toEqual({ status, code });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(
      Object.keys(read<object>(answer)).filter((member) => ['instance', 'stack', 'message', 'error'].includes(member)),
    ).toEqual([]);
  });

  it.each([
    ['PUT', '/orders', 'GET, POST'],
    ['DELETE', '/orders/019b8d62-7a80-7000-8000-000000000001', 'GET, PATCH'],
    ['OPTIONS', '/items/A', 'GET, PATCH, DELETE'],
    ['GET', '/auth/login', 'POST'],
  ])('says which methods a path takes, when %s %s is not one', async (method, path, allow) => {
    const answer = await world().send(method, `${PREFIX}${path}`);
    expect([refusalIn(answer).code, answer.status, answer.headers.get('allow')]).toEqual([
      'route.method_not_allowed',
      405,
      allow,
    ]);
  });

  it('answers HEAD as GET without a body', async () => {
    const answer = await world().send('HEAD', `${PREFIX}/health`);
    expect([answer.status, answer.text]).toEqual([200, '']);
  });
};

const ofSize = (world: () => World, scene: () => Scene): void => {
  it('tells a client that is sending too much, though it is sending still', async () => {
    const { token } = scene().account;
    const large = (megabytes: number) =>
      world().send('POST', `${PREFIX}/orders`, { token, raw: new Uint8Array(megabytes * 1_048_576).fill(0x20) });
    for (const megabytes of [2, 20])
      expect(refusalIn(await large(megabytes))).toEqual({ status: 413, code: 'request.too_large', paths: [] });
    const batch = await world().send('POST', `${PREFIX}/orders/batch`, { token, raw: new Uint8Array(11 * 1_048_576).fill(0x20) });
    expect(refusalIn(batch)).toEqual({ status: 413, code: 'request.too_large', paths: [] });
  });

  it('counts what arrives, not only what was announced', async () => {
    const chunk = `${(65_536).toString(16)}\r\n${' '.repeat(65_536)}\r\n`;
    const head = `POST ${PREFIX}/orders HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${scene().account.token}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`;
    const { status, body } = answerIn(await exchange(world().port, `${head}${chunk.repeat(17)}`, 'request.too_large"}'));
    expect([status, body.includes('"code":"request.too_large"')]).toEqual([413, true]);
  });

  it('refuses a batch full of faults without explaining each', async () => {
    const orders = Array.from({ length: 100 }, () => ({ currency: 'EUR', lines: Array.from({ length: 900 }, () => ({})) }));
    const answer = await world().send('POST', `${PREFIX}/orders/batch`, { token: scene().account.token, json: { orders } });
    expect(answer.status).toBe(200);
    expect(answer.text.length).toBeLessThan(1_000_000);
  });
};

const ofTheWire = (world: () => World): void => {
  it.each([
    ['what is not HTTP', 'hello\r\n\r\n', 400, 'request.malformed'],
    [
      'headers that are too large',
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      431,
      'request.headers_too_large',
    ],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', 400, 'request.malformed'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'request.malformed',
    ],
  ])('answers %s with a problem, and hangs up', async (_, bytes, status, code) => {
    const { head, body, ...answer } = answerIn(await exchange(world().port, bytes));
    expect({ ...answer, code: (JSON.parse(body) as ProblemShape).code }).toEqual({ status, code });
    expect(head).toContain('content-type: application/problem+json');
    expect(head).toContain('connection: close');
  });

  it('gives a request half a minute to arrive', () => {
    const { requestTimeout, headersTimeout, timeout } = world().server.server;
    expect({ requestTimeout, headersTimeout, timeout }).toEqual({
      requestTimeout: 30_000,
      headersTimeout: 15_000,
      timeout: 120_000,
    });
  });
};

const ofOurs = (world: () => World, scene: () => Scene): void => {
  const post = (key: string) => scene().acts.post('/locations', { code: key, name: 'A place' }, key);

  it('answers what nobody foresaw with 500, which says nothing, stores nothing, and is logged without what was sent', async () => {
    world().gate.failNext(new Error(SECRET_MESSAGE));
    const answer = await post('fault');
    expect(read<object>(answer)).toEqual({
      type: 'urn:rappit:problem:server.fault',
      title: 'Something went wrong on our side.',
      status: 500,
      code: 'server.fault',
    });
    expect(world().logged()).toContain('faults.test-kit');
    expect(world().logged()).not.toContain('insert into');
    const again = await post('fault');
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, null]);
  });

  it('answers 503 while the database is away, and the same request succeeds afterwards', async () => {
    world().gate.failNext(Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' }));
    const answer = await post('away');
    expect([answer.status, refusalIn(answer).code, answer.headers.get('retry-after')]).toEqual([503, 'server.unavailable', '5']);
    expect(answer.text).not.toContain('10.1.2.3');
    expect((await post('away')).status).toBe(201);
  });
};

const whileClosing = (make: MakeBackend): void => {
  it('finishes what is under way while it closes, and sends what still arrives elsewhere', async () => {
    const world = await openWorld(make);
    const acts = actsOf(world, await world.signUp());
    const socket = connect(world.port, '127.0.0.1');
    let heard = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
    });
    const ended = new Promise((resolve) => socket.on('close', resolve));
    const { entered, open } = world.gate.shut();
    const first = acts.post('/locations', { code: 'SLOW', name: 'A place' });
    await entered;
    // A second connection with a request that isn't complete yet keeps its socket open.
    await new Promise<void>((resolve) => socket.write(`GET ${PREFIX}/health HTTP/1.1\r\nhost: x\r\n`, () => resolve()));
    const closed = world.close();
    while (world.server.server.listening) await new Promise((resolve) => setImmediate(resolve));
    socket.write('\r\n');
    await ended;
    open();
    expect((await first).status).toBe(201);
    await closed;
    expect([
      answerIn(heard).status,
      heard.includes('"code":"server.unavailable"'),
      answerIn(heard).head.includes('connection: close'),
    ]).toEqual([503, true, true]);
  });
};
