import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { end, host, ownChild } from '../processes.mjs';
import { makeBareDatabase } from './database.mjs';

const server = fileURLToPath(new URL('server.mjs', import.meta.url));

/** What did best of 1, 2, 3, 4, 6, 8 and 12: on a hot row few, since the others only wait for it; one lane needs no second. */
const connectionsFor = (mode, load) => (mode === 'batch' ? 1 : load === 'hot' ? 3 : 12);

/** Subjects (a), with `mode` one, and (b), with `mode` batch: a server in a process of its own, on a database of its own. */
export const startBare = async ({ postgres, name, mode, skus, flags }) => {
  const { url, organization, location } = await makeBareDatabase({ postgres, name, skus });
  const settings = { DATABASE_URL: url, MODE: mode, ORGANIZATION: organization, LOCATION: location };
  const child = ownChild(fork(server, { execArgv: flags, env: { ...process.env, ...settings } }));
  const [{ port }] = await once(child, 'message');
  const tune = async (load) => {
    child.send({ connections: connectionsFor(mode, load) });
    await once(child, 'message');
  };
  await tune('hot');
  const headers = async () => ({});
  return { name, database: name, child, host, port, path: '/orders', headers, tune, stop: () => end(child) };
};
