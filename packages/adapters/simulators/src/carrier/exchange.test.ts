import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exchange, neverConnected } from './exchange.js';

/** Asks a server that answers as told, and shuts it down. */
const asked = async (listener: RequestListener, bounds = { deadlineMs: 60_000, maxBytes: 1_000 }) => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    return await exchange({ method: 'POST', url: new URL(`http://127.0.0.1:${port}/`), headers: {}, body: '{}' }, bounds);
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

describe('exchange', () => {
  it('answers status and JSON', async () => {
    expect(await asked((_, response) => response.writeHead(201).end('{"a":1}'))).toEqual({
      kind: 'answered',
      status: 201,
      json: { a: 1 },
    });
  });

  it('knows the status of an answer that is no JSON', async () => {
    expect(await asked((_, response) => response.writeHead(200).end('<p>'))).toEqual({
      kind: 'answered',
      status: 200,
      json: undefined,
    });
  });

  it('reads no further than the cap', async () => {
    let written = 0;
    const flood: RequestListener = (_, response) => {
      const more = () => {
        while (!response.destroyed && written < 50_000_000) {
          written += 10_000;
          if (!response.write('x'.repeat(10_000))) return void response.once('drain', more);
        }
      };
      more();
    };
    expect(await asked(flood)).toEqual({ kind: 'answered', status: 200, json: undefined });
    expect(written).toBeLessThan(50_000_000);
  });

  it('gives a body of dripping bytes no more time than the deadline', async () => {
    const drip: RequestListener = (_, response) => {
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    };
    // Where the machine is so busy that not even the head was here by then, there has to be more time.
    let answer = await asked(drip, { deadlineMs: 100, maxBytes: 100_000 });
    for (let deadlineMs = 200; answer.kind === 'lost' && deadlineMs < 60_000; deadlineMs *= 2)
      answer = await asked(drip, { deadlineMs, maxBytes: 100_000 });
    expect(answer).toEqual({ kind: 'answered', status: 200, json: undefined });
  });

  it('is lost when the server says nothing until the deadline', async () => {
    expect(await asked(() => undefined, { deadlineMs: 100, maxBytes: 1_000 })).toEqual({ kind: 'lost' });
  });

  it('is lost, and asks only once, when the connection is cut before an answer', async () => {
    let requests = 0;
    const cut: RequestListener = (request) => {
      requests += 1;
      request.socket.destroy();
    };
    expect(await asked(cut)).toEqual({ kind: 'lost' });
    expect(requests).toBe(1);
  });

  it('knows the status of an answer that was cut off', async () => {
    const cutOff: RequestListener = (_, response) => {
      response.writeHead(201, { 'content-length': '100' });
      response.write('{"a":', () => response.destroy());
    };
    expect(await asked(cutOff)).toEqual({ kind: 'answered', status: 201, json: undefined });
  });

  it('follows no redirect', async () => {
    const away: RequestListener = ({ url }, response) =>
      response.writeHead(url === '/' ? 307 : 200, { location: '/elsewhere' }).end('{}');
    expect(await asked(away)).toMatchObject({ kind: 'answered', status: 307 });
  });

  it('was not sent when nobody listens, or the host is not known', async () => {
    // Nobody listens there, and nobody is given it by the system meanwhile. (To the first of all ports `fetch` doesn't go.)
    const port = 2;
    const question = { method: 'GET', headers: {} } as const;
    // No name server needs to be asked to know that this isn't a host.
    const tooLong = 'a'.repeat(64);
    const bounds = { deadlineMs: 60_000, maxBytes: 1_000 };
    expect(await exchange({ ...question, url: new URL(`http://127.0.0.1:${port}/`) }, bounds)).toEqual({ kind: 'notSent' });
    expect(await exchange({ ...question, url: new URL(`http://localhost:${port}/`) }, bounds)).toEqual({ kind: 'notSent' });
    expect(await exchange({ ...question, url: new URL(`http://${tooLong}/`) }, bounds)).toEqual({ kind: 'notSent' });
  });
});

describe('neverConnected', () => {
  const refused = { syscall: 'connect', code: 'ECONNREFUSED' };

  it.each([
    [{ cause: refused }, true],
    [{ cause: { code: 'ECONNREFUSED', errors: [refused, { ...refused, code: 'ETIMEDOUT' }] } }, true],
    [{ cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } }, true],
    [{ cause: { code: 'ECONNRESET', syscall: 'read' } }, false],
    [{ cause: { code: 'ETIMEDOUT', syscall: 'read' } }, false],
    [{ cause: { errors: [refused, { code: 'ECONNRESET', syscall: 'read' }] } }, false],
    [{ cause: { errors: [] } }, false],
    ['text', false],
    [undefined, false],
  ])('of %j is %s', (error, never) => {
    expect(neverConnected(error)).toBe(never);
  });
});
