import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../database.js';
import { type ApiClient, allOf, insist, registered } from './api-client.js';
import { type AppProcess, answerOfReady, startProcess } from './app-process.js';
import { productionOn } from './production.js';

const BUYERS = 4;
const STOCK = 100_000;
/** So long that a second signal ends the notice, and not a clock. */
const PATIENT = { DRAIN_NOTICE_SECONDS: '600', DRAIN_SECONDS: '600' };

const order = { currency: 'EUR', paymentStatus: 'paid', lines: [{ sku: 'HOT', quantity: 1, unitPriceMinor: 100 }] };

/** What stands in front of the servers: sends each request to one that says that it is ready, once, and never again. */
const balancer = (servers: AppProcess[]) => {
  const under = new Map<AppProcess, number>();
  const begin = (server: AppProcess, change: 1 | -1): void => {
    under.set(server, (under.get(server) ?? 0) + change);
  };
  let turn = 0;
  return {
    /** How many requests a server has been chosen for that aren't answered yet. */
    busy: (server: AppProcess): number => under.get(server) ?? 0,
    through: async <Value>(send: (server: AppProcess) => Promise<Value>): Promise<Value> => {
      for (;;) {
        turn += 1;
        const server = servers[turn % servers.length];
        if (!server) throw new Error('there is a server');
        begin(server, 1);
        try {
          if (await isReady(server)) return await send(server);
        } finally {
          begin(server, -1);
        }
      }
    },
  };
};

/** Also not, when nobody listens there any more. */
const isReady = ({ apiUrl }: AppProcess): Promise<boolean> =>
  fetch(`${apiUrl}/health/ready`).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status === 200;
    },
    () => false,
  );

describe('two servers that are restarted one after the other under load', () => {
  let database: TestDatabase;
  let environment: Record<string, string>;
  const servers: AppProcess[] = [];
  beforeAll(async () => {
    database = await freshDatabase();
    environment = { ...productionOn(database), ...PATIENT };
    servers.push(await startProcess(environment), await startProcess(environment));
  });
  afterAll(() => Promise.all(servers.map(ended)));

  /** Told once it leaves, told twice it stops. */
  const ended = async (server: AppProcess): Promise<void> => {
    const first = server.kill('SIGTERM');
    while (await isReady(server));
    await server.kill('SIGTERM');
    await first;
  };

  it('fail no request, and keep every order that they have answered', async () => {
    const [first] = servers;
    if (!first) throw new Error('there is a server');
    await answerOfReady(first);
    const shop: ApiClient = await registered(first);
    await insist(shop, '/items', { sku: 'HOT', name: 'Hot' });
    const { body: location } = await insist(shop, '/locations', { code: 'A', name: 'A', priority: 1, active: true });
    await insist(shop, '/inventory/receipts', { sku: 'HOT', locationId: location['id'], quantity: STOCK });

    const { busy, through } = balancer(servers);
    let restarted = false;
    const statuses: number[] = [];
    const ids: string[] = [];
    const buyer = async (): Promise<void> => {
      while (!restarted) {
        const answer = await through((server) => shop.at(server).post('/orders', order, randomUUID()));
        statuses.push(answer.status);
        ids.push(String(answer.body['id']));
      }
    };
    const restart = async (): Promise<void> => {
      for (const [index, server] of servers.entries()) {
        const leaving = server.kill('SIGTERM');
        while (await isReady(server));
        while (busy(server) > 0) await new Promise(setImmediate);
        await server.kill('SIGTERM');
        await leaving;
        servers[index] = await startProcess(environment);
        await answerOfReady(servers[index]);
      }
      restarted = true;
    };
    await Promise.all([restart(), ...Array.from({ length: BUYERS }, buyer)]);

    expect(statuses.filter((status) => status !== 201)).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    const [now] = servers;
    const found = (await allOf<{ id: string }>(shop.at(now ?? first), '/orders')).map(({ id }) => id);
    expect([...found].sort()).toEqual([...ids].sort());
  });

  it('finish what is under way when they are told to stop', async () => {
    const [server] = servers;
    if (!server) throw new Error('there is a server');
    const shop = await registered(server);
    await insist(shop, '/items', { sku: 'HELD', name: 'Held' });
    const { body: location } = await insist(shop, '/locations', { code: 'A', name: 'A', priority: 1, active: true });
    await insist(shop, '/inventory/receipts', { sku: 'HELD', locationId: location['id'], quantity: 1 });
    const admin = new pg.Client(database.superuserUrl);
    await admin.connect();
    try {
      await admin.query('BEGIN');
      await admin.query(`SELECT FROM stock_levels WHERE sku = 'HELD' FOR UPDATE`);
      const held = shop.post('/orders', { ...order, lines: [{ sku: 'HELD', quantity: 1, unitPriceMinor: 1 }] }, randomUUID());
      while (!(await somebodyWaits(admin)));
      const stopped = ended(server);
      while (await isListening(server));
      await admin.query('COMMIT');
      expect((await held).status).toBe(201);
      await stopped;
    } finally {
      await admin.end();
    }
    servers.shift();
  });
});

/** For the lock that this connection holds. */
const somebodyWaits = async (holder: pg.Client): Promise<boolean> =>
  ((await holder.query('SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))')).rowCount ?? 0) > 0;

const isListening = ({ apiUrl }: AppProcess): Promise<boolean> =>
  fetch(`${apiUrl}/health`).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status === 200;
    },
    () => false,
  );
