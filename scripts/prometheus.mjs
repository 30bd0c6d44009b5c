/** Checks configuration and rules of Prometheus, and runs their tests. Where CI is set there has to be a promtool; elsewhere it is said that there is none. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './packages.mjs';

const promtool = (...args) => spawnSync('promtool', args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
const hasPromtool = spawnSync('promtool', ['--version'], { stdio: 'ignore' }).status === 0;

const checked = () => {
  const folder = mkdtempSync(join(tmpdir(), 'rappit-prometheus-'));
  cpSync(join(root, 'deploy/prometheus'), folder, { recursive: true });
  // Whoever installs it puts the token there.
  writeFileSync(join(folder, 'metrics-token'), 'x');
  const rules = readdirSync(join(folder, 'rules')).map((file) => join(folder, 'rules', file));
  const tests = readdirSync(join(folder, 'tests')).map((file) => join(folder, 'tests', file));
  const passed = [
    promtool('check', 'config', join(folder, 'prometheus.yml')),
    promtool('check', 'rules', ...rules),
    promtool('test', 'rules', ...tests),
  ];
  rmSync(folder, { recursive: true });
  return passed.every(Boolean);
};

if (hasPromtool) process.exitCode = checked() ? 0 : 1;
else {
  console.log('There is no promtool here (in Debian it is in the package prometheus). Left out: the rules of deploy/prometheus.');
  process.exitCode = process.env.CI ? 1 : 0;
}
