import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { migrate } from '@rappit/persistence';
import { type EmbeddedPostgres, ensureDatabase, startEmbeddedPostgres } from '@rappit/persistence/embedded';
import { type DhlSimulator, startDhlSimulator } from '@rappit/simulators/dhl';
import { type FedexSimulator, startFedexSimulator } from '@rappit/simulators/fedex';
import pg from 'pg';
import { startProcess } from './app-process.js';
import { rappit } from './command.js';
import { dhlKeys, environmentOf, fedexKeys, openShop } from './shipping-shop.js';

const run = promisify(execFile);

const MOMENT = 'before-the-slip';

/** Copies a cluster that is being written to, but for its WAL. A file that goes away meanwhile is no fault: WAL tells what became of it. */
const copyLiving = async (from: string, to: string): Promise<void> => {
  await mkdir(to);
  await run('sh', ['-c', `tar -C "$1" --exclude='pg_wal/*' -cf - . 2>/dev/null | tar -C "$2" -xpf -`, 'sh', from, to]);
};

/** Docs/backup.md, step by step, with what the embedded server has: it ships neither pg_basebackup nor pg_dump. */
describe('a backup with its archive', () => {
  const folder = join(tmpdir(), `rappit-backup-test-${randomUUID()}`);
  const [running, archive, copy] = ['running', 'archive', 'copy'].map((name) => join(folder, name));
  const servers: EmbeddedPostgres[] = [];
  let dhl: DhlSimulator;
  let fedex: FedexSimulator;
  beforeAll(async () => {
    [dhl, fedex] = await Promise.all([startDhlSimulator(dhlKeys), startFedexSimulator(fedexKeys)]);
    await mkdir(archive ?? '', { recursive: true });
    await chmod(folder, 0o755);
    // The server runs as another user where we are root.
    await chmod(archive ?? '', 0o777);
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    await Promise.all([dhl.close(), fedex.close(), rm(folder, { recursive: true, force: true })]);
  });

  const start = async (dataDir = ''): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ dataDir, mode: 'durable' });
    servers.push(server);
    return server;
  };
  const asSuperuser = async <Value>(url: string, work: (client: pg.Client) => Promise<Value>): Promise<Value> => {
    const client = new pg.Client(url);
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const ordersIn = async (url: string): Promise<readonly string[]> =>
    asSuperuser(url, async (client) => (await client.query<{ id: string }>('SELECT id FROM orders')).rows.map(({ id }) => id));

  /** A file of the copy, which belongs to whom the rest of it belongs. */
  const give = async (name: string, content: string): Promise<void> => {
    const file = join(copy ?? '', 'cluster/data', name);
    await writeFile(file, content);
    await run('chown', ['--reference', join(copy ?? '', 'cluster/data/PG_VERSION'), file]);
  };

  it('is restored to the moment before a slip, with every order until then and books that balance', async () => {
    const first = await start(running);
    await asSuperuser(first.superuserUrl(), async (client) => {
      await client.query(`ALTER SYSTEM SET archive_mode = on`);
      await client.query(`ALTER SYSTEM SET archive_command = 'cp %p ${archive}/%f'`);
    });
    await first.stop();
    const server = await start(running);
    const ownerUrl = await ensureDatabase(server, 'rappit');
    const urls = await migrate(ownerUrl);
    const environment = environmentOf({ database: urls, dhl, fedex });
    const app = await startProcess(environment);
    const shop = await openShop(app);
    const placed = [...(await shop.orders(3))];

    // A base backup, while orders are placed.
    const inDatabase = server.superuserUrl('rappit');
    await asSuperuser(server.superuserUrl(), async (client) => {
      await client.query(`SELECT pg_backup_start('nightly', true)`);
      placed.push(...(await shop.orders(2)));
      await copyLiving(running ?? '', copy ?? '');
      const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop()');
      await rm(join(copy ?? '', 'cluster/data/postmaster.pid'));
      await give('backup_label', rows[0]?.labelfile ?? '');
    });

    // Life goes on, and then somebody slips.
    placed.push(...(await shop.orders(2)));
    const [order = ''] = placed;
    expect((await shop.ship(order, 'dhl')).status).toBe(201);
    const { organization } = await shop.client.get<{ organization: { id: string } }>('/auth/me');
    await app.kill('SIGTERM');
    await asSuperuser(inDatabase, (client) => client.query('SELECT pg_create_restore_point($1)', [MOMENT]));
    const slip = ['erase', '--organization', organization.id, '--confirm', 'Shop'];
    expect((await rappit({ NODE_ENV: 'production', DATABASE_OWNER_URL: ownerUrl }, ...slip)).code).toBe(0);
    expect(await ordersIn(inDatabase)).toEqual([]);
    await asSuperuser(server.superuserUrl(), async (client) => {
      const { rows } = await client.query<{ name: string }>('SELECT pg_walfile_name(pg_switch_wal()) AS name');
      const archived = `SELECT last_archived_wal >= $1 AS done FROM pg_stat_archiver`;
      while ((await client.query<{ done: boolean | null }>(archived, [rows[0]?.name])).rows[0]?.done !== true);
    });
    await server.stop();

    await give('recovery.signal', '');
    const settings = [
      `archive_mode = 'off'`,
      `restore_command = 'cp ${archive}/%f %p'`,
      `recovery_target_name = '${MOMENT}'`,
      `recovery_target_action = 'promote'`,
    ];
    await give('postgresql.auto.conf', `${settings.join('\n')}\n`);
    const restored = await start(copy);
    expect((await ordersIn(restored.superuserUrl('rappit'))).toSorted()).toEqual(placed.toSorted());
    const at = (url: string): string => Object.assign(new URL(url), { port: String(restored.port) }).href;
    const books = await rappit(
      { ...environment, DATABASE_URL: at(urls.appUrl), DATABASE_DOOR_URL: at(urls.doorUrl) },
      'reconcile',
    );
    expect(books).toEqual({ code: 0, said: '1 organizations checked, all books balance\n' });
  });
});
