import { parseArgs } from 'node:util';
import { whole } from '../options.mjs';

export const usage = `npm run bench:lists -- [options]
  --orders N     orders of the large organization (1000000)
  --beside N     orders of the small one it is compared with (10000)
  --requests N   requests of each kind to each of them, at least 100 for a 99th percentile (900)
  --export N     orders of the large export, a fifth of --orders unless given; the small one is a tenth of it
  --plans FILE   writes how PostgreSQL answers each kind of list, EXPLAIN (ANALYZE, BUFFERS)
  --json FILE    writes all figures
  --write FILE   puts the tables into a page, between the two lines that mark their place (docs/performance.md)
  --quick        20,000 orders beside 2,000 and 40 requests, for whoever changes the bench: nothing of it counts`;

const text = { type: 'string' };
const flag = { type: 'boolean', default: false };
const known = {
  orders: text,
  beside: text,
  requests: text,
  export: text,
  plans: text,
  json: text,
  write: text,
  quick: flag,
  help: flag,
};

/** Fewer are too few for orders of every status, and for an export of several pages. */
const FEWEST = 500;

/** What was asked for on the command line; undefined when that was only help. */
export const readOptions = (args) => {
  const { values } = parseArgs({ args, options: known });
  if (values.help) return undefined;
  const [large, small, requests] = values.quick ? [20_000, 2_000, 40] : [1_000_000, 10_000, 900];
  const orders = whole('orders', values.orders ?? large, FEWEST);
  const exported = whole('export', values.export ?? Math.floor(orders / 5), 100);
  if (exported > orders / 2) throw new Error(`--export takes at most half of --orders, not ${exported}`);
  return {
    orders,
    beside: whole('beside', values.beside ?? Math.min(small, orders), FEWEST),
    requests: whole('requests', values.requests ?? requests),
    exported,
    ...{ plans: values.plans, json: values.json, write: values.write },
  };
};
