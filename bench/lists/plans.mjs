import { counting, listing } from '../../packages/adapters/persistence/dist/stores/order-lists.js';
import { kinds } from './kinds.mjs';

const PAGE = 25;

/** The statement of a kind of list, as Rappit writes it. */
const statementOf = ({ organizationId, given }, kind) => {
  if (!kind.ask) return counting(organizationId);
  const { cursor, sort, from, to, ...texts } = kind.ask(given[0]).query;
  const dates = { from: from && new Date(from), to: to && new Date(to) };
  return listing(organizationId, { limit: PAGE, cursor }, { ...texts, ...dates, oldestFirst: sort === 'oldest' });
};

const numbered = (sql) => {
  let count = 0;
  return sql.replaceAll('?', () => `$${++count}`);
};

/** How PostgreSQL answers a kind of list, asked as Rappit asks: in the role that policies hide rows from. */
const planOf = async (organization, kind) => {
  const { ask, organizationId } = organization;
  const { sql, bindings } = statementOf(organization, kind);
  await ask('BEGIN');
  try {
    await ask('SET LOCAL ROLE rappit_app');
    await ask(`SET LOCAL rappit.organization_id = '${organizationId}'`);
    const rows = await ask(`EXPLAIN (ANALYZE, BUFFERS) ${numbered(sql)}`, bindings);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await ask('ROLLBACK');
  }
};

/** How PostgreSQL answers every kind of list of each organization. */
export const plansText = async (organizations) => {
  const texts = [];
  for (const kind of kinds)
    for (const organization of organizations) {
      await planOf(organization, kind);
      texts.push(`## ${kind.name}, ${organization.orders} orders\n\n${await planOf(organization, kind)}\n`);
    }
  return texts.join('\n');
};
