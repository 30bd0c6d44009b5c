/**
 * Everything but the tests: each step is run, even after one has failed, and the exit code says whether all passed.
 * With RAPPIT_CHECK_RESULT set to a path, `{ "passed": n, "failed": n }` is written there.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './packages.mjs';

const steps = [
  ['types', 'tsc', ['-b']],
  ['stale output', 'node', ['scripts/prune.mjs']],
  ['types of the tests', 'tsc', ['-p', 'tsconfig.test.json']],
  ['lint and format', 'biome', ['check', '--error-on-warnings', '--colors=off', '--max-diagnostics=50']],
  ['boundaries', 'depcruise', ['packages']],
  ['canary', 'node', ['scripts/canary.mjs']],
  ['packed packages', 'node', ['scripts/packed.mjs']],
  ['api document', 'node', ['scripts/openapi.mjs']],
  ['embedding', 'node', ['scripts/embedding.mjs']],
  ['smoke', 'node', ['--test', '--test-reporter=dot', 'scripts/smoke.test.mjs']],
  ['prometheus rules', 'node', ['scripts/prometheus.mjs']],
  ['dashboards', 'node', ['scripts/dashboards.mjs', '--check']],
  ['bench', 'node', ['--test', '--test-reporter=dot', 'bench/verdict.test.mjs', 'bench/page.test.mjs']],
];

const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);

const results = steps.map(([name, command, args]) => {
  console.log(`\nrun ${name}: ${command} ${args.join(' ')}`);
  const began = Date.now();
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH } });
  if (error) console.error(error.message);
  return { name, passed: status === 0, seconds: (Date.now() - began) / 1000 };
});

console.log('');
for (const { name, passed, seconds } of results) {
  console.log(`${passed ? 'passed' : 'FAILED'}  ${name.padEnd(20)} ${seconds.toFixed(1)} s`);
}

const passed = results.filter((result) => result.passed).length;
const failed = results.length - passed;
if (process.env.RAPPIT_CHECK_RESULT) writeFileSync(process.env.RAPPIT_CHECK_RESULT, JSON.stringify({ passed, failed }));
process.exitCode = failed === 0 ? 0 : 1;
