import { pgPool } from './pools.js';

it.each([
  ['as long as we think right', '', 5_000],
  ['as long as the URL says, in seconds', '?connect_timeout=7', 7_000],
  ['no longer than a timer can', '?connect_timeout=99999999', 2 ** 31 - 1],
  ['as long as we think right when the URL says nothing of use', '?connect_timeout=soon', 5_000],
])('waits for a connection %s', async (_, query, milliseconds) => {
  const pool = pgPool(`postgresql://rappit@127.0.0.1:1/rappit${query}`, 1);
  expect(pool.options.connectionTimeoutMillis).toBe(milliseconds);
  await pool.end();
});
