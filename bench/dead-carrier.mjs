/**
 * What a carrier that answers after 30 seconds, or never, costs those who place orders: the latency of POST /orders while labels are
 * bought on it all the while, compared with the same while they are bought on one that lives. docs/performance.md says how to read it.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startDhlSimulator } from '@rappit/simulators/dhl';
import { checkOwnWord, WrongBooks } from './books.mjs';
import { buyingMeanwhile, openAccount } from './buyers.mjs';
import { startFront } from './carrier-front.mjs';
import { drive } from './generator.mjs';
import { orderMaker, spreadSkus } from './loads.mjs';
import { above0 } from './options.mjs';
import { startPostgres } from './postgres.mjs';
import { awake } from './processes.mjs';
import { startRappit } from './rappit.mjs';
import { judgeLatency, percentile } from './verdict.mjs';

const usage = `npm run bench:dead-carrier -- [options]
  --rounds N      rounds (10)
  --seconds N     how long each subject is driven in a round (2)
  --clients N     how many clients place orders at once (4)
  --every N       milliseconds between two purchases of labels (50)
  --manner WORD   how the carrier is dead: never or late (never)
  --json FILE     writes all figures, those of each round too`;

const FLAGS = ['--max-semi-space-size=64'];
const keys = { accountNumber: '960000000', apiKey: 'bench', apiSecret: 'bench' };

/** A Rappit whose DHL is alive or dead, and an account there. */
const startSubject = async (postgres, running, { name, manner, dhl, skus }) => {
  const front = await startFront(dhl.baseUrl, manner);
  running.push(front);
  // Only outside staging and production may a carrier be asked on this machine.
  const environment = { NODE_ENV: 'development', SIMULATED_CARRIER: 'off', DHL_API_URL: front.url };
  const subject = await startRappit({ postgres, name, skus, flags: FLAGS, environment });
  running.push(subject);
  await openAccount(subject, keys);
  return { ...subject, skus };
};

/** Milliseconds of POST /orders in the middle and at the tail, while labels are bought. */
const slice = (postgres, subject, { seconds, clients, every }) =>
  awake(subject.child, async () => {
    await postgres.rest();
    // Long enough for the start that isn't measured, on a machine that is slow.
    const purchases = { everyMs: every, forMs: seconds * 1_500 + 500 };
    const { value, asked, answers } = await buyingMeanwhile(subject, purchases, async () => {
      const next = orderMaker({ load: 'spread', skus: subject.skus, path: subject.path, headers: await subject.headers() });
      const accept = ({ status, body }) => {
        if (status !== 201) throw new Error(`${subject.name} answered ${status}: ${body}`);
      };
      return drive({ ...subject, clients, seconds, next, accept });
    });
    const { milliseconds, perSecond } = value;
    return { p50: percentile(milliseconds, 0.5), p99: percentile(milliseconds, 0.99), perSecond, asked, answers };
  });

/** The living one comes twice, so that it can be compared with itself; every other round goes backwards. */
const measureRound = async (postgres, { live, dead }, { backwards, ...asked }) => {
  const steps = [
    ['live', live],
    ['dead', dead],
    ['again', live],
  ];
  const round = {};
  for (const [name, subject] of backwards ? steps.toReversed() : steps) round[name] = await slice(postgres, subject, asked);
  return round;
};

const run = async ({ rounds: wanted, seconds, clients, every, manner, json }) => {
  const running = [];
  const postgres = await startPostgres();
  running.push(postgres);
  const dhl = await startDhlSimulator(keys);
  running.push({ stop: dhl.close });
  const stopAll = async () => {
    for (const { stop } of running.splice(0).reverse()) await stop();
  };
  process.once('SIGINT', () => void stopAll().then(() => process.exit(130)));
  try {
    const skus = spreadSkus(500);
    const live = await startSubject(postgres, running, { name: 'live', manner: 'alive', dhl, skus });
    const dead = await startSubject(postgres, running, { name: 'dead', manner, dhl, skus });
    const asked = { seconds, clients, every };
    for (const subject of [live, dead]) await slice(postgres, subject, asked);
    const rounds = [];
    for (let index = 0; index < wanted; index += 1) {
      const round = await measureRound(postgres, { live, dead }, { ...asked, backwards: index % 2 === 1 });
      rounds.push(round);
      const [one, other, again] = [round.live, round.dead, round.again].map(({ p50 }) => p50.toFixed(1));
      console.log(`round ${index + 1}: live ${one} ms, dead ${other} ms, live again ${again} ms`);
    }
    for (const subject of [live, dead]) await awake(subject.child, () => checkOwnWord(subject));
    const verdict = judgeLatency(rounds);
    console.log(verdict.words);
    if (json)
      await writeFile(json, `${JSON.stringify({ at: new Date(), manner, ...asked, ...verdict, rounds }, undefined, 2)}\n`);
  } finally {
    await stopAll();
  }
};

const text = { type: 'string' };
const known = { rounds: text, seconds: text, clients: text, every: text, manner: text, json: text, help: { type: 'boolean' } };

const options = (args) => {
  const { values } = parseArgs({ args, options: known });
  if (values.help) return undefined;
  const { manner = 'never', json } = values;
  if (manner !== 'never' && manner !== 'late') throw new Error(`--manner takes never or late, not ${manner}`);
  const usual = { rounds: 10, seconds: 2, clients: 4, every: 50 };
  const numbers = Object.entries(usual).map(([name, value]) => [name, above0(name, values[name] ?? value)]);
  return { ...Object.fromEntries(numbers), manner, json };
};

try {
  const asked = options(process.argv.slice(2));
  if (asked) await run(asked);
  else console.log(usage);
} catch (error) {
  console.error(error instanceof WrongBooks ? error.message : error);
  process.exit(1);
}
