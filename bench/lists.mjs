/**
 * How long lists of orders take with a million orders, compared in one run with ten thousand; and what memory an export takes.
 * docs/performance.md says how to read what it prints. Exit code 1: a list told something wrong, or something else went wrong that makes
 * the figures worthless.
 */
import { writeFile } from 'node:fs/promises';
import { measureExports } from './lists/export.mjs';
import { fill } from './lists/fill.mjs';
import { measure } from './lists/measure.mjs';
import { readOptions, usage } from './lists/options.mjs';
import { plansText } from './lists/plans.mjs';
import { reportText, targetsOf } from './lists/report.mjs';
import { checkLists, WrongList } from './lists/truth.mjs';
import { putInto } from './page.mjs';
import { startPostgres } from './postgres.mjs';
import { PREFIX, signIn, startRappit } from './rappit.mjs';

const FLAGS = ['--max-semi-space-size=64'];

/** Orders of an organization that requests are about, from all over its two years. */
const SAMPLE = 20;

const sampleOf = async (ask, { organizationId, orders, shops }) => {
  const numberAt = (share) => String(1_000 + Math.ceil(orders * share));
  const numbers = Array.from({ length: SAMPLE }, (_, index) => numberAt((index + 0.5) / SAMPLE));
  const found = await ask(
    'SELECT id, number, customer, placed_at FROM orders WHERE organization_id = $1 AND number = ANY ($2) ORDER BY length(number), number',
    [organizationId, numbers],
  );
  const ofShops = await ask(
    `SELECT external_id FROM orders WHERE organization_id = $1 AND external_id IS NOT NULL AND substr(number, length(number) - 1) = '42'
     ORDER BY id LIMIT ${SAMPLE}`,
    [organizationId],
  );
  return found.map((order, index) => ({
    order,
    first: found[Math.floor(index / 2)],
    ofShop: ofShops[index % ofShops.length],
    shop: shops[1],
  }));
};

/** An organization of its own, with somebody who is signed in to it, and as many orders. */
const organizationWith = async (subject, postgres, { name, orders, at }) => {
  const ask = (sql, values) => postgres.ask(subject.database, sql, values);
  const email = `${name}@example.com`;
  const headers = await signIn(subject.api, email);
  const [{ id: organizationId }] = await ask(
    'SELECT m.organization_id AS id FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email = $1',
    [email],
  );
  const shops = await fill(ask, { organizationId, orders, at });
  const given = await sampleOf(ask, { organizationId, orders, shops });
  return { name, ask, headers, organizationId, orders, given };
};

const timed = async (what, work) => {
  const began = Date.now();
  const value = await work();
  console.error(`${what}: ${((Date.now() - began) / 1_000).toFixed(1)} s`);
  return value;
};

/** Both organizations, and tables as PostgreSQL keeps them in a shop that has run for long. */
const fillBoth = async (subject, postgres, { orders, beside }) => {
  const at = new Date();
  const small = await organizationWith(subject, postgres, { name: 'small', orders: beside, at });
  const large = await organizationWith(subject, postgres, { name: 'large', orders, at });
  await postgres.ask(subject.database, 'VACUUM ANALYZE');
  await postgres.rest();
  return { small, large };
};

const report = async (measured) => {
  const { options } = measured;
  const text = reportText(measured);
  console.log(text);
  const { rows, exports } = measured;
  const all = { at: new Date(), options, rows, exports, targets: targetsOf(measured) };
  if (options.json) await writeFile(options.json, `${JSON.stringify(all, undefined, 2)}\n`);
  if (options.write) await putInto(options.write, 'lists', text);
};

const run = async (options) => {
  const running = [];
  const stopAll = async () => {
    for (const { stop } of running.splice(0).reverse()) await stop();
  };
  process.once('SIGINT', () => void stopAll().then(() => process.exit(130)));
  try {
    const postgres = await startPostgres({ mode: 'fast' });
    running.push(postgres);
    const subject = { ...(await startRappit({ postgres, name: 'rappit', skus: [], flags: FLAGS })), prefix: PREFIX };
    running.push(subject);
    const organizations = await timed('filled', () => fillBoth(subject, postgres, options));
    await timed('checked', async () => {
      for (const organization of Object.values(organizations)) await checkLists(subject, organization);
    });
    if (options.plans) await writeFile(options.plans, await plansText(Object.values(organizations)));
    // First, while the server holds little: what an export held would go unseen in memory that lists had left.
    const exports = await timed('exported', () => measureExports(subject, organizations.large, options.exported));
    const rows = await timed('asked', () => measure(subject, organizations, options.requests));
    await report({ rows, exports, options, postgres });
  } finally {
    await stopAll();
  }
};

try {
  const options = readOptions(process.argv.slice(2));
  if (options) await run(options);
  else console.log(usage);
} catch (error) {
  console.error(error instanceof WrongList ? error.message : error);
  process.exit(1);
}
