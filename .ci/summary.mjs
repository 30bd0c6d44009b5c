/** Adds up what the steps of .ci/run left in a folder. Whatever didn't get as far as counting is one failure. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , folder] = process.argv;
const counted = {
  test: ({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) => [
    numPassedTests,
    numFailedTests + numRuntimeErrorTestSuites,
  ],
  check: ({ passed, failed }) => [passed, failed],
};
const files = { test: 'jest.json', check: 'check.json' };

const countOf = (step) => {
  try {
    return counted[step](JSON.parse(readFileSync(join(folder, files[step]), 'utf8')));
  } catch {
    return [0, 0];
  }
};

let passed = 0;
let failed = 0;
for (const step of ['redis', 'promtool', 'install', 'test', 'check']) {
  const [good, bad] = step in counted ? countOf(step) : [0, 0];
  const ended = existsSync(join(folder, `${step}.passed`));
  passed += good;
  failed += ended ? bad : Math.max(bad, 1);
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
