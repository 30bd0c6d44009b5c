import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { lastingPort } from '../../../../../test/port.js';
import { cloneDatabase, type EmbeddedPostgres, ensureDatabase, startEmbeddedPostgres } from './index.js';

const withClient = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const ask = (url: string, sql: string): Promise<unknown[]> => withClient(url, async (client) => (await client.query(sql)).rows);

const running: EmbeddedPostgres[] = [];
const start = async (options: Parameters<typeof startEmbeddedPostgres>[0]): Promise<EmbeddedPostgres> => {
  const postgres = await startEmbeddedPostgres(options);
  running.push(postgres);
  return postgres;
};

const folders: string[] = [];
const newDataDir = (): string => {
  const folder = join(tmpdir(), `rappit-embedded-test-${randomUUID()}`);
  folders.push(folder);
  return folder;
};

afterAll(async () => {
  await Promise.all(running.map((postgres) => postgres.stop()));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

describe('a fast embedded PostgreSQL', () => {
  let postgres: EmbeddedPostgres;
  let ownerUrl: string;

  beforeAll(async () => {
    postgres = await start({ mode: 'fast', port: await lastingPort() });
    ownerUrl = await ensureDatabase(postgres, 'template_of_tests');
  });

  it('answers the superuser, but only with the password', async () => {
    expect(await ask(postgres.superuserUrl(), 'select 1 as one')).toEqual([{ one: 1 }]);
    const withoutPassword = new URL(postgres.superuserUrl());
    withoutPassword.password = 'a wrong wombat';
    await expect(ask(withoutPassword.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('has an owner who may make roles but can not get around row-level security', async () => {
    const rights = 'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user';
    expect(await ask(ownerUrl, rights)).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: true, rolcreatedb: false },
    ]);
  });

  it('makes a database once, however many ask for it at the same moment', async () => {
    const urls = await Promise.all(Array.from({ length: 4 }, () => ensureDatabase(postgres, 'asked often')));
    expect(new Set(urls).size).toBe(1);
    expect(await ask(urls[0] ?? '', 'select current_database() as name')).toEqual([{ name: 'asked often' }]);
  });

  it('clones a database with its rows and its owner, several at a time', async () => {
    await ask(ownerUrl, 'create table parcels as select generate_series(1, 3) as id');
    const names = ['clone_1', 'clone_2', 'clone_3'];
    await Promise.all(names.map((name) => cloneDatabase(postgres.superuserUrl(), 'template_of_tests', name)));
    for (const name of names) {
      const url = new URL(ownerUrl);
      url.pathname = name;
      expect(await ask(url.href, 'insert into parcels values (4) returning id')).toEqual([{ id: 4 }]);
    }
    expect(await ask(ownerUrl, 'select count(*)::int as parcels from parcels')).toEqual([{ parcels: 3 }]);
  });

  it('says which template is missing', async () => {
    await expect(cloneDatabase(postgres.superuserUrl(), 'nowhere', 'x')).rejects.toThrow('no database nowhere');
  });

  it('says why it can not start', async () => {
    await expect(start({ mode: 'fast', port: postgres.port })).rejects.toThrow('Address already in use');
  });

  it('frees its port when it stops, and stops once', async () => {
    await Promise.all([postgres.stop(), postgres.stop()]);
    const successor = createServer().listen(postgres.port, postgres.host);
    await once(successor, 'listening');
    successor.close();
    await once(successor, 'close');
    await expect(ask(postgres.superuserUrl(), 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('a durable embedded PostgreSQL', () => {
  it('has its rows, and the same URLs but for the port, after a stop and a start', async () => {
    const dataDir = newDataDir();
    const first = await start({ mode: 'durable', dataDir, port: await lastingPort() });
    const url = await ensureDatabase(first, 'kept');
    await ask(url, 'create table parcels as select 7 as id');
    await first.stop();
    expect(existsSync(dataDir)).toBe(true);

    const second = await start({ mode: 'durable', dataDir, port: first.port });
    expect(await ensureDatabase(second, 'kept')).toBe(url);
    expect(await ask(url, 'select id from parcels')).toEqual([{ id: 7 }]);
    expect(await ask(url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    await second.stop();
  });

  it('can be started at once after its process was killed, with what was committed', async () => {
    const dataDir = newDataDir();
    // Another process has to run what is built: it can't load TypeScript.
    const script = `
      import { ensureDatabase, startEmbeddedPostgres } from '@rappit/persistence/embedded';
      import { Client } from 'pg';
      const postgres = await startEmbeddedPostgres({ mode: 'durable', dataDir: process.argv[1] });
      const client = new Client(await ensureDatabase(postgres, 'kept'));
      await client.connect();
      await client.query('create table parcels as select 7 as id');
      await client.query('begin');
      await client.query('insert into parcels values (8)');
      console.log('one row is committed, one is not');`;
    const folder = fileURLToPath(new URL('.', import.meta.url));
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = await Promise.race([once(parent.stdout, 'data'), once(parent, 'exit')]);
    expect(String(said)).toContain('one row is committed');
    parent.kill('SIGKILL');

    const postgres = await start({ mode: 'durable', dataDir });
    expect(await ask(await ensureDatabase(postgres, 'kept'), 'select id from parcels')).toEqual([{ id: 7 }]);
    await postgres.stop();
  });
});
