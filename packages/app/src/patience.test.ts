import { whenItAnswers } from './patience.js';

const away = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });

/** Time that passes by pauses only. */
const aWorld = () => {
  let time = 0;
  const said: string[] = [];
  const pauses: number[] = [];
  const pause = async (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    time += milliseconds;
  };
  return { world: { now: () => time, pause, say: (line: string) => said.push(line) }, said, pauses };
};

const answeringAfter = (failures: number, error: unknown = away) => {
  let asked = 0;
  return async (): Promise<string> => {
    asked += 1;
    if (asked <= failures) throw error;
    return `asked ${asked} times`;
  };
};

it('waits longer and longer for a database that comes late, and says so once', async () => {
  const { world, said, pauses } = aWorld();
  expect(await whenItAnswers(30_000, answeringAfter(6), world)).toBe('asked 7 times');
  expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000]);
  expect(said).toEqual(['the database does not answer yet: waiting for up to 30 seconds']);
});

it('gives up with what was in the way when its patience ends', async () => {
  const { world, pauses } = aWorld();
  await expect(whenItAnswers(1_000, answeringAfter(99), world)).rejects.toBe(away);
  expect(pauses).toEqual([250, 500]);
});

it('waits neither without patience nor for what is no outage', async () => {
  const { world, pauses } = aWorld();
  await expect(whenItAnswers(0, answeringAfter(1), world)).rejects.toBe(away);
  await expect(whenItAnswers(30_000, answeringAfter(1, new Error('bug: a fault of ours')), world)).rejects.toThrow('a fault');
  expect(pauses).toEqual([]);
});
