import { openConnection, requestText } from '../generator.mjs';
import { kinds, pathOf } from './kinds.mjs';

/** A list told something else than the tables do: whatever was measured is worth nothing. */
export class WrongList extends Error {}

const PAGE = 25;

/** A list has to tell the orders that a plain look at the rows tells, in the same order; counts stop where they say. */
const checkKind = async ({ ask, organizationId, given, name }, get, kind) => {
  if (!kind.ask) return checkCounts({ ask, organizationId, name }, get);
  const { query, where } = kind.ask(given[0]);
  const { data } = await get(pathOf(query));
  const direction = query.sort === 'oldest' ? 'ASC' : 'DESC';
  const places = query.from || query.to ? ['placed_at', 'id'] : ['id'];
  const order = places.map((place) => `${place} ${direction}`).join();
  const rows = await ask(`SELECT id FROM orders o WHERE organization_id = $1 AND (${where}) ORDER BY ${order} LIMIT ${PAGE}`, [
    organizationId,
  ]);
  const [told, there] = [data, rows].map((list) => list.map(({ id }) => id).join());
  if (told !== there)
    throw new WrongList(`${kind.name} in the ${name} organization: ${data.length} orders told, ${rows.length} there`);
};

const checkCounts = async ({ ask, organizationId, name }, get) => {
  const { counts, upTo } = await get('/orders/counts');
  const rows = await ask('SELECT status, count(*)::int AS count FROM orders WHERE organization_id = $1 GROUP BY 1', [
    organizationId,
  ]);
  const there = new Map(rows.map(({ status, count }) => [status, count]));
  const wrong = Object.entries(counts).filter(([status, count]) => count !== Math.min(there.get(status) ?? 0, upTo));
  if (wrong.length > 0) throw new WrongList(`counts of the ${name} organization: ${JSON.stringify(wrong)}`);
};

/** Holds every kind of list of an organization against its rows. */
export const checkLists = async (subject, organization) => {
  const connection = await openConnection(subject);
  const headers = await organization.headers();
  const get = async (path) => {
    const { status, body } = await connection.ask(requestText({ method: 'GET', path: `${subject.prefix}${path}`, headers }));
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${body}`);
    return JSON.parse(body);
  };
  try {
    for (const kind of kinds) await checkKind(organization, get, kind);
  } finally {
    connection.close();
  }
};
