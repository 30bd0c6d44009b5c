import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { leaksIn, PERSONAL, SECRET } from '../markers.js';

/** Stands where something may not be read. */
const REDACTED = '[redacted]';

const built = (file: string): string => pathToFileURL(join(__dirname, '../../packages/app/dist', file)).href;

type Event = {
  readonly message: string;
  readonly level: string;
  readonly environment: string;
  readonly extra: Record<string, unknown>;
};

/** Takes Sentry's envelopes: a line about the envelope, one about what is in it, and that. */
const startSentry = async (status: number) => {
  const [paths, bodies]: [string[], string[]] = [[], []];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      paths.push(request.url ?? '');
      bodies.push(body);
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    dsn: `http://${'0'.repeat(32)}@127.0.0.1:${(server.address() as AddressInfo).port}/7`,
    paths,
    bodies,
    events: (): readonly Event[] => bodies.map((body) => JSON.parse(body.split('\n')[2] ?? '') as Event),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
};

/** A process that tells Sentry, logs, and ends. */
const logging = async (dsn: string) => {
  const script = `
    import { endProcess, openLog } from '${built('logger.js')}';
    import { tellSentry } from '${built('tracing/sentry.js')}';
    tellSentry('${dsn}', 'test');
    const { logger } = openLog('info');
    logger.info('nothing went wrong');
    logger.warn({ reason: 'slow' }, 'nor here');
    const error = Object.assign(new Error('${PERSONAL} can’t be stored'), { code: '23505', detail: 'Key (email)=(${PERSONAL})' });
    logger.child({ requestId: 'r-1' }).error({ err: error, apiSecret: '${SECRET}', url: 'postgresql://app:${SECRET}@db/rappit' }, 'a job failed');
    logger.error('said in words alone');
    await endProcess(0);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [log, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { code: code as number | null, lines: log.trim().split('\n').length };
};

describe('Sentry', () => {
  it('is told of each error that is logged, as the log tells of it, and of nothing else', async () => {
    const sentry = await startSentry(200);
    expect(await logging(sentry.dsn)).toEqual({ code: 0, lines: 4 });
    await sentry.stop();
    expect(new Set(sentry.paths)).toEqual(
      new Set(['/api/7/envelope/?sentry_version=7&sentry_key=00000000000000000000000000000000']),
    );
    const events = sentry.events().toSorted((one, other) => (one.message < other.message ? -1 : 1));
    expect(events.map(({ message, level, environment }) => [message, level, environment])).toEqual([
      ['a job failed', 'error', 'test'],
      ['said in words alone', 'error', 'test'],
    ]);
    expect(events[0]?.extra).toMatchObject({
      err: { name: 'Error', code: '23505' },
      apiSecret: REDACTED,
      url: `postgresql://${REDACTED}@db/rappit`,
    });
    expect(leaksIn('what Sentry was told', sentry.bodies.join('\n'))).toEqual([]);
  });

  it('keeps nobody from ending when it takes nothing or isn’t there', async () => {
    const refusing = await startSentry(503);
    expect(await logging(refusing.dsn)).toEqual({ code: 0, lines: 4 });
    await refusing.stop();
    expect(await logging(refusing.dsn)).toEqual({ code: 0, lines: 4 });
  });
});
