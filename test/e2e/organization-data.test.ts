import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DhlSimulator, startDhlSimulator } from '@rappit/simulators/dhl';
import { type FedexSimulator, startFedexSimulator } from '@rappit/simulators/fedex';
import { everyRow, freshDatabase, type TestDatabase } from '../database.js';
import { PERSONAL, secretsIn } from '../markers.js';
import { type AppProcess, startProcess } from './app-process.js';
import { rappit } from './command.js';
import { dhlKeys, environmentOf, fedexKeys, openShop } from './shipping-shop.js';

type Lines = readonly Record<string, unknown>[];

describe('rappit export and erase', () => {
  let dhl: DhlSimulator;
  let fedex: FedexSimulator;
  let database: TestDatabase;
  let app: AppProcess;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rappit-export-'));
    [dhl, fedex] = await Promise.all([startDhlSimulator(dhlKeys), startFedexSimulator(fedexKeys)]);
    database = await freshDatabase();
    app = await startProcess(environmentOf({ database, dhl, fedex }));
  });
  afterAll(async () => {
    await app.kill('SIGTERM');
    await Promise.all([dhl.close(), fedex.close(), rm(folder, { recursive: true })]);
  });

  const asApp = () => ({ NODE_ENV: 'production', DATABASE_URL: database.appUrl, DATABASE_DOOR_URL: database.doorUrl });
  const asOwner = () => ({ NODE_ENV: 'production', DATABASE_OWNER_URL: database.ownerUrl });
  const linesOf = async (to: string, table: string): Promise<Lines> =>
    (await readFile(join(to, `${table}.jsonl`), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('takes what one organization has done out of the books of many, and then away from them', async () => {
    const [shop, neighbour] = [await openShop(app), await openShop(app)];
    const ids: string[] = [];
    for (const { client } of [shop, neighbour])
      ids.push((await client.get<{ organization: { id: string } }>('/auth/me')).organization.id);
    const [id = '', other = ''] = ids;
    const placed = await shop.orders(3);
    await neighbour.orders(2);
    expect((await shop.ship(placed[0] ?? '', 'dhl')).status).toBe(201);
    const to = join(folder, 'one');

    const exported = await rappit(asApp(), 'export', '--organization', id, '--to', to, '--json');
    const { tables, organizationId } = JSON.parse(exported.said) as { tables: Record<string, number>; organizationId: string };
    expect([exported.code, organizationId, tables['orders'], tables['organizations']]).toEqual([0, id, 3, 1]);
    expect((await readdir(to)).toSorted()).toEqual(
      [...Object.keys(tables).map((table) => `${table}.jsonl`), 'manifest.json'].toSorted(),
    );
    for (const [table, rows] of Object.entries(tables)) expect([table, (await linesOf(to, table)).length]).toEqual([table, rows]);
    expect((await linesOf(to, 'orders')).map((order) => order['id']).toSorted()).toEqual([...placed].toSorted());
    const all = (await Promise.all(Object.keys(tables).map((table) => readFile(join(to, `${table}.jsonl`), 'utf8')))).join('\n');
    expect(all).toContain(PERSONAL);
    expect(all).not.toContain(other);
    expect(secretsIn('the export', all.replaceAll(/"(previous_|last_)?hash":"[^"]*"/g, ''))).toEqual([]);
    expect((await stat(join(to, 'orders.jsonl'))).mode & 0o077).toBe(0);
    expect(await rappit(asApp(), 'export', '--organization', id, '--to', to)).toEqual({ code: 1, said: `${to} is not empty\n` });

    const slip = await rappit(asOwner(), 'erase', '--organization', id, '--confirm', 'Another shop');
    expect(slip).toEqual({ code: 1, said: 'organization.name_differs\n' });
    const erased = await rappit(asOwner(), 'erase', '--organization', id, '--confirm', 'Shop', '--json');
    const { rows, late } = JSON.parse(erased.said) as { rows: Record<string, number>; late: string[] };
    expect([erased.code, rows['orders'], rows['organizations'], late]).toEqual([0, 3, 1, []]);
    const left = (await everyRow(database)).split('\n').filter((row) => row.includes(id) && !row.startsWith('graphile_worker.'));
    expect(left).toEqual([]);
    expect((await neighbour.client.get<{ data: unknown[] }>('/orders')).data.length).toBe(2);
    // Who was signed in there is nobody any more.
    while ((await shop.client.send('GET', '/orders')).status === 200);
    expect((await shop.client.send('GET', '/orders')).status).toBe(401);
    const again = await rappit(asOwner(), 'erase', '--organization', id, '--confirm', 'Shop');
    expect(again).toEqual({ code: 1, said: 'organization.not_found\n' });
    const gone = await rappit(asApp(), 'export', '--organization', id, '--to', join(folder, 'two'));
    expect(gone).toEqual({ code: 1, said: 'organization.not_found\n' });
  });

  it.each([
    ['export', '--to', 'x'],
    ['erase', '--organization', 'all', '--confirm', 'Shop'],
  ])('ends with 2 for %j', async (...args) => {
    const { code, said } = await rappit({ ...asApp(), ...asOwner() }, ...args);
    expect([code, said]).toEqual([2, expect.stringContaining(`expected: rappit ${args[0]} --organization ID`)]);
  });
});
