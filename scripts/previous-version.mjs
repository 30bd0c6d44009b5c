// The version before this one serves while the schema of this one comes under it, as in a release (expand, migrate, contract): it has to pass
// the smoke tests then.
// The version before is the last tag, or `--from REVISION`, or else the commit before the one that last added a migration.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureDatabase, startEmbeddedPostgres } from '../packages/adapters/persistence/dist/embedded/index.js';
import { migrate } from '../packages/adapters/persistence/dist/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const LIST = 'packages/adapters/persistence/src/migrations/index.ts';
const { values } = parseArgs({ options: { from: { type: 'string' } } });
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

const revisionBefore = () => {
  try {
    return git('describe', '--tags', '--abbrev=0', '--match', 'v*', 'HEAD^');
  } catch {
    return `${git('log', '-1', '--format=%H', '--', LIST)}^`;
  }
};

/** Its libraries are ours, its packages are its own. */
const linkLibraries = (folder) => {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@rappit'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '@rappit') symlinkSync(join(root, 'node_modules', name), join(modules, name));
  const packages = [
    'domain',
    'testing',
    'app',
    ...readdirSync(join(folder, 'packages/adapters')).map((name) => `adapters/${name}`),
  ];
  for (const path of packages) {
    symlinkSync(join(folder, 'packages', path), join(modules, '@rappit', path.split('/').at(-1)));
    const own = join(root, 'packages', path, 'node_modules');
    if (existsSync(own)) symlinkSync(own, join(folder, 'packages', path, 'node_modules'));
  }
};

const previous = (folder) => {
  const revision = git('rev-parse', '--verify', `${values.from ?? revisionBefore()}^{commit}`);
  execFileSync('/bin/sh', ['-c', 'git archive "$1" | tar -x -C "$2"', 'sh', revision, folder], { cwd: root });
  linkLibraries(folder);
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: folder, stdio: 'inherit' });
  return revision;
};

const listening = async (child) => {
  const said = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    const url = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (url) return url;
  }
  throw new Error(`the version before did not start:\n${said.join('\n')}`);
};

const ended = (child) => new Promise((resolve) => child.once('exit', resolve));
const rappit = (main, env, args) =>
  spawn(process.execPath, [main, ...args], { env: { PATH: process.env.PATH, ...env }, stdio: 'inherit' });

const folder = mkdtempSync(join(tmpdir(), 'rappit-previous-'));
const closing = [() => rmSync(folder, { recursive: true, force: true })];
try {
  const revision = previous(folder);
  const postgres = await startEmbeddedPostgres({ mode: 'fast' });
  closing.push(() => postgres.stop());
  const ownerUrl = await ensureDatabase(postgres, 'rappit');
  const { migrate: migrateBefore } = await import(
    pathToFileURL(join(folder, 'packages/adapters/persistence/dist/index.js')).href
  );
  const { appUrl, doorUrl } = await migrateBefore(ownerUrl);
  const env = {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: appUrl,
    DATABASE_DOOR_URL: doorUrl,
    JWT_SECRET: randomBytes(32).toString('hex'),
    CREDENTIAL_KEY: randomBytes(32).toString('base64'),
    RAPPIT_EMAIL: 'smoke@example.com',
    RAPPIT_PASSWORD: randomBytes(16).toString('hex'),
  };
  const server = spawn(process.execPath, [join(folder, 'packages/app/dist/main.js'), 'serve'], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  closing.push(async () => {
    const gone = ended(server);
    if (server.exitCode === null && server.kill('SIGTERM')) await gone;
  });
  const url = await listening(server);
  server.stdout.resume();
  await migrate(ownerUrl);
  console.log(`${revision} serves on the schema of ${git('rev-parse', 'HEAD')}`);
  const ours = join(root, 'packages/app/dist/main.js');
  const body = { organizationName: 'Smoke', name: 'Smoke', email: env.RAPPIT_EMAIL, password: env.RAPPIT_PASSWORD };
  const registered = await fetch(`${url}/api/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (registered.status !== 201) throw new Error(`signing up was answered ${registered.status}`);
  const codes = [
    await ended(rappit(ours, env, ['smoke', '--url', url])),
    // What the version before wrote is read by this one.
    await ended(rappit(ours, env, ['reconcile'])),
  ];
  if (codes.some((code) => code !== 0)) process.exitCode = 1;
} finally {
  for (const close of closing.toReversed()) await close();
}
