import { awake } from './processes.mjs';
import { sliceAwake, tuneAll } from './rounds.mjs';

/** How often each number of connections is tried; there and back, so that none has the better moment. */
const TRIES = 2;

/** So much longer than in a round a subject is driven before: what is asked often is translated anew by node, in the subject's own time. */
const WARM = 3;

/** Finds with how many connections a bare server places most orders of a load, and has it keep to that. */
const findConnections = async (postgres, subject, { load, seconds }) => {
  const sums = new Map(subject.candidates.map((count) => [count, 0]));
  for (let tries = 0; tries < TRIES; tries += 1)
    for (const count of tries % 2 ? subject.candidates.toReversed() : subject.candidates) {
      await awake(subject.child, () => subject.connect(count));
      const { perSecond } = await sliceAwake(postgres, subject, { load, clients: 30, seconds });
      sums.set(count, sums.get(count) + perSecond);
    }
  const best = Math.max(...sums.values());
  subject.connections[load] = [...sums].find(([, sum]) => sum === best)[0];
};

/**
 * Drives everything once without measuring, lets PostgreSQL look at the tables as they are filled then, and drives it again:
 * plans made for empty tables would otherwise be measured.
 * Then (a) gets as many connections as do it best, unless their number was asked for.
 */
export const warmUp = async (postgres, subjects, { loads: wanted, seconds, connections }) => {
  for (const load of wanted) subjects.a.connections[load] = connections;
  const once = async () => {
    for (const load of wanted) {
      await tuneAll(subjects, load);
      for (const subject of Object.values(subjects))
        await sliceAwake(postgres, subject, { load, clients: 100, seconds: seconds * WARM });
    }
  };
  await once();
  for (const { database } of Object.values(subjects)) await postgres.ask(database, 'VACUUM ANALYZE');
  await once();
  if (connections === undefined)
    for (const load of wanted) await findConnections(postgres, subjects.a, { load, seconds: seconds / 2 });
};
