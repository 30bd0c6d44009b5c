import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const logger = pathToFileURL(join(__dirname, '../../packages/app/dist/logger.js')).href;
const LINES = 5_000;

/** A process that logs so many lines and ends in the given way. */
const logging = (ending: string, output: 'pipe' | number) => {
  const script = `
    import { endProcess, openLog } from '${logger}';
    const log = openLog('info');
    for (let n = 1; n <= ${LINES}; n += 1) log.logger.info({ n }, 'line');
    ${ending}`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', output, 'ignore'] });
};

const numbersIn = (log: string): readonly number[] =>
  log
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { n: number }).n);
const all = Array.from({ length: LINES }, (_, index) => index + 1);

describe('the log has every line, whole and in order,', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rappit-log-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['its log was closed', 'await log.close();', 0],
    ['nobody closed its log', '', 0],
    ['it was told to end', 'await endProcess(4);', 4],
    ['of process.exit', 'process.exit(3);', 3],
    ['it crashed', `setImmediate(() => { throw new Error('out of order'); });`, 1],
  ])('when the process ended and %s', async (_, ending, code) => {
    const piped = logging(ending, 'pipe');
    const [log] = await Promise.all([text(piped.stdout ?? Readable.from([])), once(piped, 'exit')]);
    const file = await open(join(folder, 'log'), 'w');
    const filed = logging(ending, file.fd);
    await once(filed, 'exit');
    await file.close();
    expect([piped.exitCode, filed.exitCode]).toEqual([code, code]);
    expect(numbersIn(log)).toEqual(all);
    expect(numbersIn(await readFile(join(folder, 'log'), 'utf8'))).toEqual(all);
  });
});

it('ends although nobody takes its log', async () => {
  const unheard = logging(
    `log.logger.info({ long: 'x'.repeat(8_000_000) }, 'line'); await log.close(); await endProcess(0);`,
    'pipe',
  );
  expect(await once(unheard, 'exit')).toEqual([null, 'SIGKILL']);
  unheard.stdout?.destroy();
});
