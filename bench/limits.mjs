/**
 * What the limiter costs: processor time of a server for each POST /orders with limits in Redis, with limits in the process, and with none.
 * docs/performance.md says how to read what it prints. Exit code 1: the books were wrong, or something else went wrong that makes the
 * figures worthless.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { checkBooks, checkOwnWord, WrongBooks } from './books.mjs';
import { spreadSkus } from './loads.mjs';
import { above0, whole } from './options.mjs';
import { putInto } from './page.mjs';
import { startPostgres } from './postgres.mjs';
import { awake } from './processes.mjs';
import { startRappit } from './rappit.mjs';
import { startRedis } from './redis.mjs';
import { sliceAwake } from './rounds.mjs';
import { line, machine, moment, number } from './table.mjs';
import { judgeLimits } from './verdict.mjs';

const usage = `npm run bench:limits -- [options]
  --rounds N      rounds (10)
  --seconds N     how long each subject is driven in a round (2)
  --clients N     how many clients place orders at once (30)
  --repeats N     how often it is measured again while it is too noisy (2)
  --skus N        how many SKUs the orders are for (500)
  --json FILE     writes all figures, those of each round too
  --write FILE    puts the table into a page, between the two lines that mark its place (docs/performance.md)`;

/** As `npm start` starts Rappit. */
const FLAGS = ['--max-semi-space-size=64'];
/** So much longer than in a round a subject is driven before: what is asked often is translated anew by node, in the subject's own time. */
const WARM = 3;

/** The same server three times. Limits that are switched off charge nothing; nothing else differs. */
const environments = ({ url }) => ({
  without: { REDIS_URL: url, RATE_LIMIT_API_USER: 'off', RATE_LIMIT_API_ORG: 'off' },
  process: {},
  redis: { REDIS_URL: url },
});

const startAll = async (postgres, running, { redis, skus: count }) => {
  const skus = spreadSkus(count);
  const subjects = {};
  for (const [name, environment] of Object.entries(environments(redis))) {
    const subject = await startRappit({ postgres, name: `limits_${name}`, skus, flags: FLAGS, environment });
    running.push(subject);
    subjects[name] = { ...subject, skus, placed: { orders: 0, units: 0 } };
  }
  return subjects;
};

/** Whoever has no limits comes twice, to be compared with itself; every other round goes backwards. */
const measureRound = async (postgres, redis, { subjects, backwards, ...asked }) => {
  const steps = [
    ['without', subjects.without],
    ['process', subjects.process],
    ['redis', subjects.redis],
    ['again', subjects.without],
  ];
  const round = {};
  for (const [name, subject] of backwards ? steps.toReversed() : steps) {
    const [before, usedByRedis] = [subject.placed.orders, redis.watch()];
    const { cpu, perSecond } = await sliceAwake(postgres, subject, { load: 'spread', ...asked });
    round[name] = { perSecond, ...cpu, redis: usedByRedis() / (subject.placed.orders - before) };
  }
  return round;
};

/** How many orders a server says that it has limited. */
const limitedBy = async ({ child, host, port }) => {
  const text = await awake(child, async () => (await fetch(`http://${host}:${port}/metrics`)).text());
  const hits = text.matchAll(/^rate_limit_hits_total\{[^}]*type="api_user"[^}]*endpoint="POST [^"]*\/orders"[^}]*\} (\d+)$/gm);
  return [...hits].reduce((sum, [, count]) => sum + Number(count), 0);
};

/** A limiter that was not asked costs nothing, and measuring it says nothing. */
const checkCharged = async (subjects, redis) => {
  for (const [name, subject] of Object.entries(subjects)) {
    const [limited, orders] = [await limitedBy(subject), name === 'without' ? 0 : subject.placed.orders];
    if (limited !== orders) throw new Error(`${subject.name} has limited ${limited} orders, and not ${orders}`);
  }
  // Each order is charged to its caller and to the organization.
  const [charged, due] = [await redis.charged(), 2 * subjects.redis.placed.orders];
  if (charged < due) throw new Error(`Redis has charged ${charged} points, and not ${due}: orders were limited elsewhere`);
};

const warmUp = async (postgres, subjects, { clients, seconds }) => {
  const once = async () => {
    for (const subject of Object.values(subjects))
      await sliceAwake(postgres, subject, { load: 'spread', clients, seconds: seconds * WARM });
  };
  await once();
  for (const { database } of Object.values(subjects)) await postgres.ask(database, 'VACUUM ANALYZE');
  await once();
};

const measure = async (postgres, redis, { subjects, rounds: wanted, ...asked }) => {
  const rounds = [];
  for (let index = 0; index < wanted; index += 1) {
    const round = await measureRound(postgres, redis, { subjects, backwards: index % 2 === 1, ...asked });
    rounds.push(round);
    const told = Object.entries(round).map(([name, { server }]) => `${name} ${number(server)} µs`);
    console.log(`round ${index + 1}: ${told.join(', ')}`);
  }
  for (const subject of Object.values(subjects)) await checkBooks(postgres, subject);
  return { ...judgeLimits(rounds), rounds };
};

const titles = ['limits', 'µs of the server', 'ratio', 'at most', 'µs of Redis', 'orders a second'];
const tableOf = ({ rows, aa, words }) =>
  [
    line(titles),
    line(titles.map(() => '---')),
    ...rows.map(({ name, title, server, ratio, most, redis, perSecond }) =>
      line([title, number(server), number(ratio, 2), number(most, 2), name === 'redis' ? number(redis) : '–', number(perSecond)]),
    ),
    '',
    `- a/a ${number(aa, 2)}: ${words}.`,
  ].join('\n');

const measureUntilQuiet = async (postgres, redis, { repeats, ...asked }) => {
  for (let tries = 0; ; tries += 1) {
    const measured = await measure(postgres, redis, asked);
    console.log(tableOf(measured));
    if (!measured.noisy || tries >= repeats) return measured;
  }
};

const report = async (measured, { postgres, options: { json, write, ...options } }) => {
  const { rounds, seconds, clients } = options;
  const place = `${moment()}: medians of ${rounds} rounds of ${seconds} s, ${clients} clients; ${machine(postgres)}.`;
  console.log(place);
  if (json) await writeFile(json, `${JSON.stringify({ at: new Date(), place, options, ...measured }, undefined, 2)}\n`);
  if (write) await putInto(write, 'limits', `${tableOf(measured)}\n\n${place}`);
};

const run = async (options) => {
  const running = [];
  const stopAll = async () => {
    for (const { stop } of running.splice(0).reverse()) await stop();
  };
  process.once('SIGINT', () => void stopAll().then(() => process.exit(130)));
  try {
    const postgres = await startPostgres();
    running.push(postgres);
    const redis = await startRedis();
    running.push(redis);
    const subjects = await startAll(postgres, running, { redis, ...options });
    await warmUp(postgres, subjects, options);
    const measured = await measureUntilQuiet(postgres, redis, { subjects, ...options });
    await checkCharged(subjects, redis);
    for (const subject of Object.values(subjects)) await awake(subject.child, () => checkOwnWord(subject));
    await report(measured, { postgres, options });
  } finally {
    await stopAll();
  }
};

const text = { type: 'string' };
const known = {
  ...{ rounds: text, seconds: text, clients: text, repeats: text, skus: text },
  ...{ json: text, write: text, help: { type: 'boolean' } },
};

const options = (args) => {
  const { values } = parseArgs({ args, options: known });
  if (values.help) return undefined;
  return {
    rounds: whole('rounds', values.rounds ?? 10),
    seconds: above0('seconds', values.seconds ?? 2),
    clients: whole('clients', values.clients ?? 30),
    repeats: whole('repeats', values.repeats ?? 2, 0),
    skus: whole('skus', values.skus ?? 500),
    ...{ json: values.json, write: values.write },
  };
};

try {
  const asked = options(process.argv.slice(2));
  if (asked) await run(asked);
  else console.log(usage);
} catch (error) {
  console.error(error instanceof WrongBooks ? error.message : error);
  process.exit(1);
}
