import { awake } from './processes.mjs';

/** The tenants' tables of Rappit's schema, with the columns that a row of theirs can have. */
const COLUMNS = `
  SELECT c.relname AS table, array_agg(a.attname::text ORDER BY a.attnum) AS columns
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  GROUP BY 1 HAVING bool_or(a.attname = 'organization_id') ORDER BY 1`;

/** Rappit's relay takes an event away as soon as it is committed; here each one stays, so that it can be counted. */
const KEEP_EVENTS = `
  CREATE TABLE kept_events (LIKE outbox);
  CREATE FUNCTION keep_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    'BEGIN INSERT INTO kept_events SELECT NEW.*; RETURN NULL; END';
  CREATE TRIGGER keep_event AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION keep_event()`;
const LET_EVENTS_GO = 'DROP TRIGGER keep_event ON outbox; DROP FUNCTION keep_event; DROP TABLE kept_events';

/** So much may the bytes of a table's rows differ: one subject's numbers and ids are longer than another's. */
const TOLERANCE = 0.1;

/** A bare server's rows aren't the same as ours any more, so that comparing with it would flatter us. */
export class UnlikeRows extends Error {}

const countsOf = async (postgres, database, tables) => {
  const counts = {};
  for (const { table, columns } of tables) {
    const filled = columns.map((name) => `count("${name}")::int AS "${name}"`).join(', ');
    const [row] = await postgres.ask(
      database,
      // As text: what PostgreSQL packs comes out longer or shorter by the chance of its ids.
      `SELECT coalesce(sum(octet_length((t.*)::text)), 0)::int AS "bytes of", ${filled} FROM ${table === 'outbox' ? 'kept_events' : table} t`,
    );
    counts[table] = row;
  }
  return counts;
};

/** What `work` adds to each table: bytes, and for each column how many rows have it filled. Tables that don't grow are left out. */
const growth = async (postgres, database, { tables, work }) => {
  const before = await countsOf(postgres, database, tables);
  await work();
  const after = await countsOf(postgres, database, tables);
  return Object.fromEntries(
    tables
      .map(({ table, columns }) => [
        table,
        Object.fromEntries(['bytes of', ...columns].map((name) => [name, after[table][name] - before[table][name]])),
      ])
      .filter(([, counts]) => Object.values(counts).some((count) => count !== 0)),
  );
};

const differs = (name, ours, theirs) => (name === 'bytes of' ? Math.abs(theirs - ours) > TOLERANCE * ours : ours !== theirs);

const differences = (ours, theirs) =>
  [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].flatMap((table) => {
    if (!ours[table] || !theirs[table]) return [`${table}: no rows of ${ours[table] ? 'the bare server' : 'Rappit'}`];
    const names = Object.keys(ours[table]);
    return names
      .map((name) => ({ name, ours: ours[table][name], theirs: theirs[table][name] }))
      .filter((one) => differs(one.name, one.ours, one.theirs))
      .map((one) => `${table}: ${one.name} ${one.theirs} instead of ${one.ours}`);
  });

/** Something that Rappit does by itself, such as relaying an event, can come between two counts, but not each time. */
const TRIES = 3;

const compare = async (ours, theirs) => {
  let found = [];
  for (let tries = 0; tries < TRIES; tries += 1) {
    found = differences(await ours(), await theirs());
    if (found.length === 0) break;
  }
  return found;
};

/**
 * Compares what one order leaves in the databases of the bare servers with what it leaves in Rappit's: the same tables grow by as
 * many rows, with the same columns filled and as many bytes. `place` has a subject place such an order.
 */
export const checkAlike = async (postgres, subjects, place) => {
  // A subject that was stopped within a transaction would keep a trigger waiting for ever.
  const alter = async (sql) => {
    for (const { database, child } of Object.values(subjects)) await awake(child, () => postgres.ask(database, sql));
  };
  await alter(KEEP_EVENTS);
  await compareAll(postgres, subjects, place);
  await alter(LET_EVENTS_GO);
};

const compareAll = async (postgres, { a, b, c }, place) => {
  const growthOf = async (subject) => {
    const tables = (await postgres.ask(subject.database, COLUMNS)).filter(({ table }) => table !== 'kept_events');
    return () => growth(postgres, subject.database, { tables, work: () => place(subject) });
  };
  // The first order makes rows that later ones only change.
  for (const subject of [a, b, c]) await place(subject);
  const ours = await growthOf(c);
  for (const subject of [a, b]) {
    const found = await compare(ours, await growthOf(subject));
    if (found.length > 0) throw new UnlikeRows(`${subject.name} doesn't write the rows that Rappit writes: ${found.join('; ')}`);
  }
};
