import Fastify from 'fastify';
import { pino } from 'pino';
import { prefersCsv, type Sheet, sendCsv } from './send-csv.js';

describe('a list is answered as CSV', () => {
  it.each(['text/csv', 'Text/CSV', 'text/csv, */*;q=0.1', 'application/json;q=0.5, text/csv;q=0.8', 'text/csv; charset=utf-8'])(
    'for %s',
    (accept) => expect(prefersCsv(accept)).toBe(true),
  );

  it.each(['', '*/*', 'text/*', 'application/json', 'text/csv;q=0', 'text/csv;q=0.5, application/json', 'text/csv;q=x'])(
    'not for %j',
    (accept) => expect(prefersCsv(accept)).toBe(false),
  );
});

describe('a sheet that is being sent', () => {
  const serving = async (pages: Sheet<'sku'>['pages']) => {
    const logged: string[] = [];
    const loggerInstance = pino({ level: 'error' }, { write: (line) => void logged.push(line) });
    const server = Fastify({ loggerInstance, forceCloseConnections: true });
    server.get('/', (request, reply) => sendCsv({ request, reply }, { name: 'skus', columns: ['sku'], pages }));
    const listening: Promise<string> = server.listen({ host: '127.0.0.1', port: 0 });
    return { server, logged, url: await listening };
  };

  it('breaks off when a later page can not be read, so that no half of it passes for the whole, and logs no row', async () => {
    async function* pages() {
      yield [{ sku: 'A' }];
      throw new Error('insert into items values (SECRET)');
    }
    const { server, logged, url } = await serving(pages());
    await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow('terminated');
    expect(logged.join('')).toContain('an export broke off');
    expect(logged.join('')).not.toContain('SECRET');
    await server.close();
  });

  it('reads no page ahead of a client that went away', async () => {
    let read = 0;
    let gone: (value: unknown) => void = () => undefined;
    const stopped = new Promise((resolve) => {
      gone = resolve;
    });
    async function* pages() {
      try {
        for (; read < 10_000; read += 1) yield [{ sku: 'A'.repeat(100_000) }];
      } finally {
        gone(undefined);
      }
    }
    const { server, url } = await serving(pages());
    const answer = await fetch(url);
    await answer.body?.cancel();
    await stopped;
    expect(read).toBeLessThan(10_000);
    await server.close();
  });
});
