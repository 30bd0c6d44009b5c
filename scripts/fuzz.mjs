/**
 * Sends requests made up from the API document to a server of its own, on the embedded PostgreSQL:
 *   npm run fuzz -- --requests 20000 --seed 7
 * The same seed makes up the same requests. What failed is printed as the smallest command that shows it.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './packages.mjs';

const { values } = parseArgs({ options: { requests: { type: 'string', default: '20000' }, seed: { type: 'string' } } });
const requests = Number(values.requests);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
if (![requests, seed].every(Number.isSafeInteger) || requests < 1) {
  console.error('npm run fuzz -- --requests N --seed S: both are whole numbers.');
  process.exit(2);
}

console.log(`${requests} requests, seed ${seed}`);
const { status } = spawnSync(join(root, 'node_modules/.bin/jest'), ['--runInBand', '--silent=false', 'http/fuzz\\.int\\.test'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FUZZ_REQUESTS: String(requests), FUZZ_SEED: String(seed) },
});
process.exitCode = status ?? 1;
