import { fork, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { mustFunction } from './bare/place-batch.mjs';
import { placeOneFunction } from './bare/place-one.mjs';
import { tables } from './bare/schema.mjs';
import { sendAll, requestText } from './generator.mjs';
import { HOT } from './loads.mjs';

const host = '127.0.0.1';
const here = fileURLToPath(new URL('.', import.meta.url));
const app = fileURLToPath(new URL('../packages/app/dist/main.js', import.meta.url));
const PREFIX = '/api/v1';

/** Goods for more orders than a run can place. */
const ON_HAND = 1_000_000;
const HOT_RECEIPTS = 5;

/** Few connections do more than many (facts of the design): these did best of 2, 3, 4, 6, 8 and 16. */
const CONNECTIONS = { one: 4, batch: 2 };

/** Subjects (a) and (b): a bare server of its own, on a database of its own. */
export const startBare = async ({ postgres, name, mode, skus }) => {
  const url = await postgres.create(name);
  const [organization, location] = [randomUUID(), randomUUID()];
  await postgres.ask(name, `SET ROLE rappit_owner; ${tables}`);
  await postgres.ask(name, placeOneFunction);
  await postgres.ask(name, mustFunction);
  await stockUp({ postgres, name, organization, location, skus });
  const child = fork(join(here, 'bare/server.mjs'), {
    env: { ...process.env, DATABASE_URL: url, CONNECTIONS: String(CONNECTIONS[mode]), MODE: mode, ORGANIZATION: organization, LOCATION: location },
  });
  const [{ port }] = await once(child, 'message');
  return { name, database: name, pid: child.pid, host, port, path: '/orders', headers: async () => ({}), stop: () => stopped(child) };
};

const stockUp = async ({ postgres, name, organization, location, skus }) => {
  const stock = `SELECT $1::uuid, sku, $2::uuid, CASE sku WHEN $4 THEN $5::bigint ELSE $6::bigint END AS units FROM unnest($3::text[]) AS sku`;
  const values = [organization, location, [HOT, ...skus], HOT, ON_HAND * HOT_RECEIPTS, ON_HAND];
  await postgres.ask(name, `INSERT INTO stock_levels SELECT s.*, 0, 1 FROM (${stock}) s`, values);
  await postgres.ask(
    name,
    `INSERT INTO movements SELECT $1::uuid, sku, $2::uuid, 1, gen_random_uuid(), 'receipt', units, 0, units, 0, NULL, NULL, 'user', 'bench', now() FROM (${stock}) s`,
    values,
  );
};

const stopped = async (child) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await Promise.race([gone, delay(10_000).then(() => child.kill('SIGKILL'))]);
};

const freePort = async () => {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
};

/** Where the app's own limits would stop a generator, they are raised, not switched off. */
const environmentOf = (ownerUrl, port) => ({
    ...{ PATH: process.env.PATH, HOME: process.env.HOME },
    // Production's safety gates refuse a database on this machine. Staging runs the same code, and makes its roles from the owner's URL.
    NODE_ENV: 'staging',
    DATABASE_URL: ownerUrl,
    ...{ HOST: host, PORT: String(port), LOG_LEVEL: 'info' },
    ...{ JWT_SECRET: randomBytes(32).toString('hex'), CREDENTIAL_KEY: randomBytes(32).toString('base64') },
    ...{ RATE_LIMIT_API_USER: '1000000000', RATE_LIMIT_API_ORG: '1000000000', RATE_LIMIT_AUTH_IP: '1000000' },
});

const serve = async ({ env, log, main = app, flags = [] }) => {
  const output = await open(log, 'a');
  const child = spawn(process.execPath, [...flags, main, 'serve'], { env, stdio: ['ignore', output.fd, output.fd] });
  await output.close();
  return child;
};

const lastLines = async (log) => (await readFile(log, 'utf8')).split('\n').slice(-40).join('\n');

const ready = async (port, child, log) => {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`http://${host}:${port}${PREFIX}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(100);
  }
  throw new Error(`the app doesn't get ready:\n${await lastLines(log)}`);
};

/** Subject (c): the app as its users start it, in a process of its own, with an organization that was set up over the API. */
export const startRappit = async ({ postgres, name, skus, main, flags }) => {
  const log = join(postgres.folder, `${name}.log`);
  const port = await freePort();
  const env = environmentOf(await postgres.create(name), port);
  const child = await serve({ env, log, main, flags });
  await ready(port, child, log);
  const api = apiOf(port);
  const account = { organizationName: 'Bench', name: 'Bench', email: 'bench@example.com', password: randomUUID() };
  let { token } = await api.one('POST', '/auth/register', account);
  let since = Date.now();
  const headers = async () => {
    if (Date.now() - since > FRESH) {
      ({ token } = await api.one('POST', '/auth/login', { email: account.email, password: account.password }));
      since = Date.now();
    }
    return { authorization: `Bearer ${token}` };
  };
  await setUp(api, await headers(), skus);
  const reconcile = async () => api.one('GET', '/inventory/reconciliation', undefined, await headers());
  return { name, database: name, pid: child.pid, log, host, port, path: `${PREFIX}/orders`, headers, reconcile, stop: () => stopped(child) };
};

/** Tokens live for 15 minutes; a new one is got after so many milliseconds. */
const FRESH = 300_000;

const apiOf = (port) => {
  const all = async (method, path, bodies, headers) => {
    const requests = bodies.map((body) =>
      requestText({ method, path: `${PREFIX}${path}`, headers: { ...headers, ...(method === 'POST' && { 'idempotency-key': randomUUID() }) }, body }),
    );
    const answers = await sendAll({ host, port, clients: Math.min(16, requests.length), requests });
    const refused = answers.find(({ status }) => status >= 300);
    if (refused) throw new Error(`${method} ${path} was answered ${refused.status}: ${refused.body}`);
    return answers.map(({ body }) => JSON.parse(body));
  };
  return { all, one: async (method, path, body, headers) => (await all(method, path, [body], headers))[0] };
};

const setUp = async (api, headers, skus) => {
  const { id: locationId } = await api.one('POST', '/locations', { code: 'BER-1', name: 'Berlin' }, headers);
  const items = [HOT, ...skus].map((sku) => ({ sku, name: `Goods ${sku}` }));
  await api.all('POST', '/items', items, headers);
  const receipt = (sku) => ({ sku, locationId, quantity: ON_HAND });
  await api.all('POST', '/inventory/receipts', [...Array.from({ length: HOT_RECEIPTS }, () => HOT), ...skus].map(receipt), headers);
};
