import {
  fewestLocations,
  type ImportId,
  type ImportKind,
  type OrganizationId,
  receiveImport,
  type SheetRow,
  startImport,
  type UnitOfWork,
  workImports,
} from '@rappit/domain';
import type { Knex } from 'knex';
import pg from 'pg';
import { knexPool } from './pools.js';
import type { Stores } from './stores/index.js';
import {
  callerOf,
  digest,
  newOrganization,
  openWorld,
  skuOf,
  stocked,
  type TestWorld,
  untilSomebodyWaits,
} from './test-world.test-kit.js';
import { postgresUnitOfWork } from './unit-of-work.js';

async function* inOne(rows: readonly SheetRow[]): AsyncGenerator<readonly SheetRow[]> {
  yield rows;
}

const rowsOf = (count: number, cells: (row: number) => readonly string[]): readonly SheetRow[] =>
  Array.from({ length: count }, (_, row) => ({ line: row + 2, cells: cells(row) }));

describe('imports on PostgreSQL', () => {
  let world: TestWorld;
  let knex: Knex;
  let admin: pg.Client;
  let organizationId: OrganizationId;
  /** What the app's connections were asked. */
  const said: string[] = [];

  beforeAll(async () => {
    world = await openWorld();
    knex = knexPool(world.database.appUrl, 4);
    knex.on('query', ({ sql }: { readonly sql: string }) => void said.push(sql));
    admin = new pg.Client(world.database.superuserUrl);
    await admin.connect();
  });
  beforeEach(async () => {
    organizationId = await newOrganization(world);
  });
  afterAll(async () => {
    await admin.end();
    // biome-ignore lint/nursery/useAwaitThenable: destroy() answers a promise when it is given no callback.
    await knex.destroy();
    await world.persistence.close();
  });

  const deps = () => ({ unitOfWork: postgresUnitOfWork({ knex, digest }), ids: world.ids, policy: fewestLocations });
  const work = () => workImports(deps())(organizationId);
  const waiting = async (kind: ImportKind, header: readonly string[], rows: readonly SheetRow[]): Promise<ImportId> => {
    const caller = callerOf(organizationId);
    const received = await receiveImport(deps())(caller, { kind, dryRun: false, header, rows: inOne(rows) });
    if (!received.ok) throw new Error(received.error.code);
    await startImport(deps())(caller, received.value);
    return received.value;
  };
  const items = (count: number) =>
    waiting(
      'items',
      ['sku', 'name'],
      rowsOf(count, (row) => [`SKU-${row}`, `Item ${row}`]),
    );
  const counts = (count: number, units: number) =>
    waiting(
      'stock',
      ['sku', 'onHand', 'safetyStock'],
      rowsOf(count, (row) => [`SKU-${row}`, String(units), '1']),
    );
  const find = (id: ImportId) => deps().unitOfWork.read(organizationId, ({ imports }) => imports.find(id));
  const statementsOf = async (of: () => Promise<unknown>): Promise<number> => {
    said.length = 0;
    await of();
    return said.length;
  };

  it('ask as much for four hundred rows as for four, of items and of stock, new and known', async () => {
    await stocked(world, organizationId, skuOf('ANCHOR'), 1);
    const asked: Record<string, readonly number[]> = {};
    for (const [name, make] of Object.entries({ items, stock: (count: number) => counts(count, count) })) {
      const few = await make(4);
      const first = await statementsOf(work);
      await make(400);
      const second = await statementsOf(work);
      asked[name] = [first, second];
      expect(await find(few)).toMatchObject({ state: 'done', created: 4 });
    }
    expect(asked['items']?.[1]).toBe(asked['items']?.[0]);
    expect(asked['stock']?.[1]).toBe(asked['stock']?.[0]);
  });

  it('count each row once when several workers are at them, one after the other', async () => {
    const ids = [await items(900), await items(700)];
    const worker = async (): Promise<void> => {
      for (let idle = 0; idle < 20; ) {
        if ((await work()).rows > 0) idle = 0;
        else idle += 1;
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    const [first, second] = await Promise.all(ids.map(find));
    expect(first).toMatchObject({ state: 'done', created: 900, unchanged: 0 });
    // It found all that the first has made.
    expect(second).toMatchObject({ state: 'done', created: 0, unchanged: 700 });
  });

  /** Works on what is due. What comes after the attempt was counted is held up by the superuser, who does something else meanwhile. */
  const workHeldUp = (hold: string, meanwhile: () => Promise<unknown>): ReturnType<typeof work> => {
    const { unitOfWork, ...others } = deps();
    let runs = 0;
    const run: UnitOfWork<Stores>['run'] = async (...asked) => {
      runs += 1;
      if (runs !== 2) return unitOfWork.run(...asked);
      await admin.query('BEGIN');
      await admin.query(hold);
      const working = unitOfWork.run(...asked);
      // It may fail before anybody waits for it.
      working.catch(() => undefined);
      await untilSomebodyWaits(admin);
      await meanwhile();
      await admin.query('COMMIT');
      return working;
    };
    return workImports({ ...others, unitOfWork: { ...unitOfWork, run } })(organizationId);
  };

  it('are worked on by whoever took them up, though somebody else has them for a moment', async () => {
    const id = await items(4);
    const worked = await workHeldUp(`SELECT FROM imports WHERE id = '${id}' FOR UPDATE`, async () => undefined);
    expect(worked.rows).toBe(5);
    expect(await find(id)).toMatchObject({ state: 'done', created: 4, attempts: 0 });
  });

  it('count each row once though connections are cut in the middle of the work', async () => {
    await stocked(world, organizationId, skuOf('ANCHOR'), 1);
    await items(1_200);
    while ((await work()).rows > 0);
    const id = await counts(1_200, 7);
    // An import's progress is what is written last.
    for (const _ of [1, 2, 3]) {
      await expect(workHeldUp('LOCK TABLE imports IN SHARE MODE', cutWhoWaits)).rejects.toThrow();
      await work();
    }
    expect(await find(id)).toMatchObject({ state: 'done', created: 1_200, changed: 0, unchanged: 0, refused: 0 });
    const books = await deps().unitOfWork.read(organizationId, ({ stock }) => stock.books(2_000));
    expect(books.filter(({ onHand, ledgerOnHand }) => onHand !== ledgerOnHand)).toEqual([]);
    expect(books.filter(({ onHand }) => onHand === 7)).toHaveLength(1_200);
  });

  /** Cuts the connection of whoever waits, having written movements that aren't committed. */
  const cutWhoWaits = async (): Promise<void> => {
    const { rowCount } = await admin.query(`
      SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
      WHERE a.datname = current_database() AND a.wait_event_type = 'Lock' AND a.backend_xid IS NOT NULL
        AND EXISTS (SELECT FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE l.pid = a.pid AND c.relname = 'movements')`);
    expect(rowCount).toBe(1);
  };
});
