import { checkBooks } from './books.mjs';
import { watch } from './cpu.mjs';
import { drive, sendAll } from './generator.mjs';
import { loads, orderMaker } from './loads.mjs';
import { awake } from './processes.mjs';
import { percentile } from './verdict.mjs';

/** Drives one subject for a while, with orders unless another `path` is given. Any answer but 201 stops the bench. */
const slice = async (postgres, subject, { load, clients, seconds, path = subject.path }) => {
  const next = orderMaker({ load, skus: subject.skus, path, headers: await subject.headers() });
  let answered = 0;
  const accept = ({ status, body }) => {
    if (status !== 201) throw new Error(`${subject.name} answered ${status}: ${body}`);
    answered += 1;
  };
  const usedByServer = watch(subject.child.pid);
  const usedByGenerator = watch(process.pid);
  const usedByPostgres = postgres.watch();
  const { perSecond, milliseconds } = await drive({ ...subject, clients, seconds, next, accept });
  const used = { server: usedByServer(), postgres: usedByPostgres(), generator: usedByGenerator() };
  if (path === subject.path) keepCount(subject, { load, orders: answered });
  return {
    ...{ perSecond, p50: percentile(milliseconds, 0.5), p99: percentile(milliseconds, 0.99) },
    cpu: Object.fromEntries(Object.entries(used).map(([who, microseconds]) => [who, microseconds / answered])),
  };
};

const keepCount = ({ placed, skus }, { load, orders }) => {
  placed.orders += orders;
  placed.units += orders * loads[load].skus(skus).length;
};

/** The same for a subject that is stopped, and stops again afterwards, on a PostgreSQL that has nothing left to do. */
export const sliceAwake = async (postgres, subject, asked) => {
  await postgres.rest();
  return awake(subject.child, () => slice(postgres, subject, asked));
};

/** Has a subject place one order of five lines. */
export const placeOneOrder = (subject) =>
  awake(subject.child, async () => {
    const next = orderMaker({ load: 'five', skus: subject.skus, path: subject.path, headers: await subject.headers() });
    const [{ status, body }] = await sendAll({ ...subject, clients: 1, requests: [next()] });
    if (status !== 201) throw new Error(`${subject.name} answered ${status}: ${body}`);
    keepCount(subject, { load: 'five', orders: 1 });
  });

/** (a) comes twice, so that it can be compared with itself; every other round goes backwards. Afterwards all books are checked. */
const measureRound = async (postgres, subjects, { load, clients, seconds, backwards }) => {
  const steps = [
    ['a', subjects.a],
    ...(load === 'hot' ? [['one', subjects.a, '/one']] : []),
    ['b', subjects.b],
    ['c', subjects.c],
    ['again', subjects.a],
  ];
  const round = {};
  for (const [name, subject, path] of backwards ? steps.toReversed() : steps)
    round[name] = await sliceAwake(postgres, subject, { load, clients, seconds, path });
  for (const subject of Object.values(subjects)) await checkBooks(postgres, subject);
  return round;
};

/** Has all subjects get ready for a load. */
export const tuneAll = async (subjects, load) => {
  for (const { child, tune } of Object.values(subjects)) await awake(child, () => tune(load));
};

/** All rounds of one load with one number of clients. */
export const measureLoad = async (postgres, subjects, { load, clients, options: { rounds: wanted, seconds } }) => {
  await tuneAll(subjects, load);
  const rounds = [];
  for (let index = 0; index < wanted; index += 1)
    rounds.push(await measureRound(postgres, subjects, { load, clients, seconds, backwards: index % 2 === 1 }));
  return { load, clients, rounds };
};
