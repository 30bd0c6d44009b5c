import { seed as anySeed } from '../../../../test/seed.js';
import { fuzz } from './testing/fuzz/fuzz.test-kit.js';
import { onPostgres } from './testing/postgres-backend.test-kit.js';

const requests = Number(process.env['FUZZ_REQUESTS'] ?? 1_500);
const seed = Number(process.env['FUZZ_SEED'] ?? anySeed);

// A library that has something to say about a request says it here, and the request that made it speak is found.
for (const name of ['log', 'info', 'warn', 'error'] as const)
  console[name] = (...said: unknown[]) => {
    throw new Error(`printed: ${said.join(' ')}`);
  };

it(
  `answers ${requests} requests made from the API document as the document says, and tells nothing more (seed ${seed})`,
  async () => {
    const figures = await fuzz(onPostgres, { requests, seed });
    if (process.env['FUZZ_REQUESTS']) process.stdout.write(`${JSON.stringify({ seed, ...figures }, null, 2)}\n`);
    // It got through to what it was after, and wasn't merely turned away at the door.
    expect(figures.byStatus['200'] ?? 0).toBeGreaterThan(requests / 10);
    expect(figures.byStatus['201'] ?? 0).toBeGreaterThan(requests / 100);
  },
  // Only what hangs takes as long.
  Math.max(1_200_000, requests * 200),
);
