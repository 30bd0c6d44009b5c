import type { Knex } from 'knex';
import pg from 'pg';
import { freshDatabase } from '../../../../test/database.js';
import { knexPool } from './pools.js';
import { transactingOn } from './transactions.js';

let knex: Knex;
let owner: pg.Client;
beforeAll(async () => {
  const database = await freshDatabase();
  knex = knexPool(database.appUrl, 2);
  owner = new pg.Client(database.superuserUrl);
  await owner.connect();
  await owner.query('CREATE TABLE words (word text PRIMARY KEY); GRANT ALL ON words TO PUBLIC');
});
beforeEach(() => owner.query('TRUNCATE words'));
afterAll(async () => {
  await owner.end();
  // biome-ignore lint/nursery/useAwaitThenable: destroy() answers a promise when it is given no callback.
  await knex.destroy();
});

const written = async () =>
  (await owner.query<{ word: string }>('SELECT word FROM words ORDER BY word')).rows.map((row) => row.word);
const say = (trx: Knex, word: string) => trx('words').insert({ word });
const processOf = async (trx: Knex): Promise<number> =>
  (await trx.raw<{ rows: { pid: number }[] }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid ?? 0;

describe('transactions', () => {
  it('are committed when their work is done, and nobody sees them before', async () => {
    const seen = await transactingOn(knex)(async (trx) => {
      await trx.raw('BEGIN');
      await say(trx, 'kept');
      return written();
    });
    expect([seen, await written()]).toEqual([[], ['kept']]);
  });

  it('are rolled back when their work throws, and the connection serves the next', async () => {
    const transacting = transactingOn(knex);
    const [first, second] = [new Error('no more'), 'kept'];
    let pid = 0;
    const failed = transacting(async (trx) => {
      await trx.raw('BEGIN');
      pid = await processOf(trx);
      await say(trx, 'lost');
      throw first;
    });
    await expect(failed).rejects.toBe(first);
    const again = await transacting(async (trx) => {
      await trx.raw('BEGIN');
      await say(trx, second);
      return processOf(trx);
    });
    expect([again, await written()]).toEqual([pid, ['kept']]);
  });

  it('have one query builder a connection, however many there are', async () => {
    const transacting = transactingOn(knex);
    const builders = new Set<Knex>();
    for (const word of ['a', 'b', 'c'])
      await transacting(async (trx) => {
        await trx.raw('BEGIN');
        await say(trx, word);
        builders.add(trx);
      });
    expect([builders.size, await written()]).toEqual([1, ['a', 'b', 'c']]);
  });

  it('end in an error when a failed statement was passed over, for nothing of them is there', async () => {
    const failed = transactingOn(knex)(async (trx) => {
      await trx.raw('BEGIN');
      await say(trx, 'lost');
      await trx.raw('SELECT 1 / 0').catch(() => undefined);
    });
    await expect(failed).rejects.toThrow('bug: a transaction went on after one of its statements had failed');
    expect(await written()).toEqual([]);
  });

  it('leave no connection behind that was cut in their middle', async () => {
    const transacting = transactingOn(knex);
    let cut = 0;
    const failed = transacting(async (trx) => {
      await trx.raw('BEGIN');
      cut = await processOf(trx);
      await owner.query('SELECT pg_terminate_backend($1, 60000)', [cut]);
      await say(trx, 'lost');
    });
    expect(await failed.catch(() => 'cut')).toBe('cut');
    const next = await Promise.all(
      ['a', 'b'].map((word) =>
        transacting(async (trx) => {
          await trx.raw('BEGIN');
          await say(trx, word);
          return processOf(trx);
        }),
      ),
    );
    expect([next.includes(cut), await written()]).toEqual([false, ['a', 'b']]);
  });
});
