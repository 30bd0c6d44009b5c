import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { end, host, ownChild } from '../processes.mjs';
import { makeBareDatabase } from './database.mjs';

const server = fileURLToPath(new URL('server.mjs', import.meta.url));

/** How many connections are tried: on a hot row one does best, since the others would only wait for it; one lane needs no second. */
const candidates = { one: [1, 2, 3, 4, 8, 12], batch: [1] };

/** Subjects (a), with `mode` one, and (b), with `mode` batch: a server in a process of its own, on a database of its own. */
export const startBare = async ({ postgres, name, mode, skus, flags }) => {
  const { url, organization, location } = await makeBareDatabase({ postgres, name, skus });
  const settings = { DATABASE_URL: url, MODE: mode, ORGANIZATION: organization, LOCATION: location };
  const child = ownChild(fork(server, { execArgv: flags, env: { ...process.env, ...settings } }));
  const [{ port }] = await once(child, 'message');
  const connect = async (connections) => {
    child.send({ connections });
    await once(child, 'message');
  };
  const connections = {};
  const tune = (load) => connect(connections[load] ?? candidates[mode][0]);
  const headers = async () => ({});
  const rest = { connections, candidates: candidates[mode], connect, tune, stop: () => end(child) };
  return { name, database: name, child, host, port, path: '/orders', headers, ...rest };
};
