import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { MakeBackend } from '../testing/backend.test-kit.js';
import { read } from '../testing/client.test-kit.js';
import { onPostgres } from '../testing/postgres-backend.test-kit.js';
import { actsOf } from '../testing/scene.test-kit.js';
import { openWorld, PREFIX, type World } from '../testing/world.test-kit.js';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Megabytes that are really in use. */
const heapNow = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1_048_576;
};

const ROWS = 100_000;
/** Held as they are read, all rows take twenty megabytes. */
const MOST = 5;

describe('a sheet of 100,000 rows', () => {
  let world: World;
  const measured: number[] = [];
  let runs = 0;
  /** Measures in the middle of the work: each twentieth unit of work. */
  const measuring: MakeBackend = async () => {
    const backend = await onPostgres();
    const { unitOfWork } = backend;
    const run: typeof unitOfWork.run = (...given) => {
      runs += 1;
      if (runs % 20 === 0) measured.push(heapNow());
      return unitOfWork.run(...given);
    };
    return { ...backend, unitOfWork: { ...unitOfWork, run } };
  };
  beforeAll(async () => {
    // What is tried is how much is held, on however slow a machine.
    world = await openWorld(measuring, { patience: { headersMs: 15_000, requestMs: 600_000, lookEveryMs: 5_000 } });
  });
  afterAll(() => world.close());

  /** A sheet that is made while it is sent. */
  const sheet = (): ReadableStream<Uint8Array> => {
    const encoder = new TextEncoder();
    let row = 0;
    return new ReadableStream({
      start: (controller) => controller.enqueue(encoder.encode('sku,name\n')),
      pull: (controller) => {
        const lines: string[] = [];
        for (const end = row + 500; row < end; row += 1) lines.push(`SKU-${row},${'a long name '.repeat(3)}${row}\n`);
        controller.enqueue(encoder.encode(lines.join('')));
        if (row >= ROWS) controller.close();
      },
    });
  };

  it('is taken and worked off without being held', async () => {
    const account = await world.signUp();
    const before = heapNow();
    const answer = await fetch(`${world.origin}${PREFIX}/items/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${account.token}`, 'content-type': 'text/csv' },
      body: sheet(),
      duplex: 'half',
    } as RequestInit);
    const { id } = read<{ id: string }>({ text: await answer.text() });
    expect(answer.status).toBe(202);
    while ((await world.useCases.workImports(account.organizationId)).rows > 0);
    const shown = { state: 'done', rows: ROWS, rowsDone: ROWS, created: ROWS };
    expect(await actsOf(world, account).get(`/imports/${id}`)).toMatchObject(shown);
    expect(measured.length).toBeGreaterThan(20);
    expect(Math.max(...measured) - before).toBeLessThan(MOST);
  });
});
