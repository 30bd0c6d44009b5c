import { createHash } from 'node:crypto';

const digest = (text) => createHash('sha256').update(text).digest('hex');

/** `books_levels_…` and the like: what a test says of the books it leaves stands in its database's name (see `test/database.ts`). */
const checkable = /^books_(whole|levels)_/;

/**
 * I10: the books of every organization that a test left on the run's PostgreSQL, added up once more. Answers how many there were, and
 * what differs.
 */
export const booksAtTheEnd = async (superuserUrl, { withKnex, postgresUnitOfWork, reconcile, auditLedger }) => {
  const inDatabase = (name) => Object.assign(new URL(superuserUrl), { pathname: `/${name}` }).href;
  const databases = await withKnex(superuserUrl, async (knex) =>
    (await knex('pg_database').orderBy('datname').select('datname')).map(({ datname }) => datname),
  );
  const checked = databases.filter((name) => checkable.test(name));
  const differences = [];
  let organizations = 0;
  for (const name of checked) {
    await withKnex(inDatabase(name), async (knex) => {
      const unitOfWork = postgresUnitOfWork({ knex, digest });
      for (const { id } of await knex('organizations').select('id')) {
        organizations += 1;
        const { levels, lines } = await reconcile({ unitOfWork })(id);
        const { faults } = await auditLedger({ unitOfWork, digest })(id);
        const found = [...levels, ...(name.startsWith('books_whole_') ? lines : []), ...faults];
        if (found.length > 0) differences.push({ database: name, organizationId: id, found });
      }
    });
  }
  return { databases: checked.length, organizations, differences };
};
