import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { requestText, sendAll } from './generator.mjs';
import { HOT, HOT_RECEIPTS, ON_HAND } from './loads.mjs';
import { end, host, ownChild } from './processes.mjs';

const app = fileURLToPath(new URL('../packages/app/dist/main.js', import.meta.url));
export const PREFIX = '/api/v1';

/** Tokens live for 15 minutes; a new one is got after so many milliseconds. */
const FRESH = 300_000;

/** No deadline, which would pass while the subject is stopped: it would take that for time of the database. */
const patient = (ownerUrl) =>
  `${ownerUrl}?statement_timeout=0&lock_timeout=0&idle_in_transaction_session_timeout=0&connect_timeout=86400`;

/** As in production, with what keeps a generator from being taken for an attack: limits are raised, not switched off. */
const environmentOf = (ownerUrl, more) => ({
  ...{ PATH: process.env.PATH, HOME: process.env.HOME },
  // Production's safety gates refuse a database on this machine. Staging runs the same code, and makes its roles from the owner's URL.
  NODE_ENV: 'staging',
  SIGN_UP: 'immediate',
  DATABASE_URL: patient(ownerUrl),
  ...{ HOST: host, PORT: '0', LOG_LEVEL: 'info' },
  ...{ JWT_SECRET: randomBytes(32).toString('hex'), CREDENTIAL_KEY: randomBytes(32).toString('base64') },
  ...{ RATE_LIMIT_API_USER: '1000000000', RATE_LIMIT_API_ORG: '1000000000', RATE_LIMIT_AUTH_IP: '1000000' },
  // A subject that is stopped while others are asked looks as late as can be when it goes on.
  PRESSURE_EVENT_LOOP_DELAY_MS: '3600000',
  ...more,
});

/** Its log goes to a file, which costs the app what a log costs and the generator nothing. */
const serve = async ({ env, log, flags }) => {
  const output = await open(log, 'a');
  const child = ownChild(spawn(process.execPath, [...flags, app, 'serve'], { env, stdio: ['ignore', output.fd, output.fd] }));
  await output.close();
  return child;
};

const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;

/** Answers the port that it listens on, as soon as it can work. */
const ready = async (child, log) => {
  while (!hasEnded(child)) {
    const port = /Server listening at http:\/\/127\.0\.0\.1:(\d+)/.exec(await readFile(log, 'utf8'))?.[1];
    const answer = port && (await fetch(`http://${host}:${port}${PREFIX}/health/ready`).catch(() => undefined));
    if (answer?.ok) return Number(port);
    await delay(100);
  }
  throw new Error(`the app doesn't get ready:\n${(await readFile(log, 'utf8')).split('\n').slice(-40).join('\n')}`);
};

/** What its log warns of, the last lines: whoever sees the bench stop wants to know why. */
const faultsOf = async (log) =>
  (await readFile(log, 'utf8'))
    .split('\n')
    .filter((line) => /"level":[456]0/.test(line))
    .slice(-5);

/** Subject (c): the app as its users start it, in a process of its own, with an organization that was set up over the API. */
export const startRappit = async ({ postgres, name, skus, flags, environment = {} }) => {
  const log = join(postgres.folder, `${name}.log`);
  const child = await serve({ env: environmentOf(await postgres.create(name), environment), log, flags });
  const port = await ready(child, log);
  const api = apiOf(port);
  const headers = await signIn(api, 'bench@example.com');
  await setUp(api, await headers(), skus);
  const reconcile = async () => api.one({ method: 'GET', path: '/inventory/reconciliation', headers: await headers() });
  const tune = async () => {};
  return {
    name,
    database: name,
    child,
    host,
    port,
    path: `${PREFIX}/orders`,
    headers,
    api,
    tune,
    reconcile,
    faults: () => faultsOf(log),
    stop: () => end(child),
  };
};

/** The API for setting up; whatever is refused stops the bench. */
const apiOf = (port) => {
  const textOf = ({ method, path, headers, body }) => {
    const key = method === 'POST' ? { 'idempotency-key': randomUUID() } : {};
    return requestText({ method, path: `${PREFIX}${path}`, headers: { ...headers, ...key }, body });
  };
  const all = async (requests) => {
    const answers = await sendAll({ host, port, clients: Math.min(16, requests.length), requests: requests.map(textOf) });
    const refused = answers.findIndex(({ status }) => status >= 300);
    if (refused >= 0)
      throw new Error(`${requests[refused].path} was answered ${answers[refused].status}: ${answers[refused].body}`);
    return answers.map(({ body }) => JSON.parse(body));
  };
  return { all, one: async (request) => (await all([request]))[0] };
};

/** Opens an organization, and answers how to be signed in to it for as long as the bench lasts. */
export const signIn = async (api, email) => {
  const password = randomUUID();
  const account = { organizationName: 'Bench', name: 'Bench', email, password };
  let { token } = await api.one({ method: 'POST', path: '/auth/register', body: account });
  let since = Date.now();
  return async () => {
    if (Date.now() - since > FRESH) {
      ({ token } = await api.one({ method: 'POST', path: '/auth/login', body: { email, password } }));
      since = Date.now();
    }
    return { authorization: `Bearer ${token}` };
  };
};

const setUp = async (api, headers, skus) => {
  const post = (path, body) => ({ method: 'POST', path, headers, body });
  const { id: locationId } = await api.one(post('/locations', { code: 'BER-1', name: 'Berlin' }));
  await api.all([HOT, ...skus].map((sku) => post('/items', { sku, name: `Goods ${sku}` })));
  const received = [...Array.from({ length: HOT_RECEIPTS }, () => HOT), ...skus];
  await api.all(received.map((sku) => post('/inventory/receipts', { sku, locationId, quantity: ON_HAND })));
};
