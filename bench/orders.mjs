/**
 * How many orders a second, compared in one run on one PostgreSQL: (a) a bare server with one statement an order, (b) the same with
 * batches, (c) Rappit with everything on. docs/performance.md says how to read what it prints. Exit code 1: the books were wrong,
 * or something else went wrong that makes the figures worthless.
 */
import { writeFile } from 'node:fs/promises';
import { checkAlike, UnlikeRows } from './alike.mjs';
import { startBare } from './bare/subject.mjs';
import { checkOwnWord, WrongBooks } from './books.mjs';
import { spreadSkus } from './loads.mjs';
import { readOptions, usage } from './options.mjs';
import { putInto } from './page.mjs';
import { startPostgres } from './postgres.mjs';
import { awake } from './processes.mjs';
import { startRappit } from './rappit.mjs';
import { measureLoad, placeOneOrder } from './rounds.mjs';
import { circumstances, heading, rowText, words } from './table.mjs';
import { honesty, judge, summarize } from './verdict.mjs';
import { warmUp } from './warm-up.mjs';

/** A load that was too noisy isn't measured again when the run has taken longer than that already. Milliseconds. */
const REPEAT_UNTIL = 8 * 60_000;

/** As `npm start` starts Rappit; the bare servers aren't to be worse off. */
const FLAGS = ['--max-semi-space-size=64'];

const startAll = async (postgres, running, { skus: count, profile }) => {
  const skus = spreadSkus(count);
  const flags = [...FLAGS, ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [])];
  const keep = (subject) => {
    running.push(subject);
    return { ...subject, skus, placed: { orders: 0, units: 0 } };
  };
  return {
    a: keep(await startBare({ postgres, name: 'bare_one', mode: 'one', skus, flags })),
    b: keep(await startBare({ postgres, name: 'bare_batch', mode: 'batch', skus, flags })),
    c: keep(await startRappit({ postgres, name: 'rappit', skus, flags })),
  };
};

/** Rows are printed as they come; one that was too noisy is measured again. */
const measureAll = async (postgres, subjects, options) => {
  const started = Date.now();
  const measured = [];
  console.log(heading);
  for (const load of options.loads)
    for (const clients of options.clients) {
      let one;
      for (let tries = 0; tries <= options.repeats; tries += 1) {
        one = await measureLoad(postgres, subjects, { load, clients, options });
        const row = summarize(one);
        console.log(rowText(row));
        if (!row.noisy || Date.now() - started > REPEAT_UNTIL) break;
      }
      measured.push(one);
    }
  return measured;
};

const report = async (measured, { options, postgres, subjects }) => {
  const rows = measured.map(summarize);
  const verdict = { baseline: honesty(rows), targets: judge(rows) };
  const { connections } = subjects.a;
  const place = circumstances(postgres, { ...options, connections });
  console.log(`\n${words(rows, verdict)}\n\n${place}`);
  const all = { at: new Date(), place, options, connections, rows, ...verdict, measured };
  if (options.json) await writeFile(options.json, `${JSON.stringify(all, undefined, 2)}\n`);
  if (options.write)
    await putInto(options.write, 'orders', [heading, ...rows.map(rowText), '', words(rows, verdict), '', place].join('\n'));
};

const run = async (options) => {
  const postgres = await startPostgres();
  const running = [];
  const stopAll = async () => {
    for (const { name, stop, faults } of running.splice(0)) {
      await stop();
      for (const line of (await faults?.()) ?? []) console.error(`${name}: ${line}`);
    }
    await postgres.stop();
  };
  process.once('SIGINT', () => void stopAll().then(() => process.exit(130)));
  try {
    const subjects = await startAll(postgres, running, options);
    await checkAlike(postgres, subjects, placeOneOrder);
    await warmUp(postgres, subjects, options);
    await report(await measureAll(postgres, subjects, options), { options, postgres, subjects });
    await awake(subjects.c.child, () => checkOwnWord(subjects.c));
  } finally {
    await stopAll();
  }
};

try {
  const options = readOptions(process.argv.slice(2));
  if (options) await run(options);
  else console.log(usage);
} catch (error) {
  console.error(error instanceof WrongBooks || error instanceof UnlikeRows ? error.message : error);
  process.exit(1);
}
