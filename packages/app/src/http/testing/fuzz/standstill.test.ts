import { pastStandstills } from './standstill.test-kit.js';

/** Asks once for each of what it takes and what comes of it, by clocks that go as told. */
const asking = async (...times: readonly (readonly [wallMs: number, workedMs: number, outcome: string])[]) => {
  let [wall, worked, asked] = [0, 0, 0];
  const ask = async (): Promise<string> => {
    const [wallMs, workedMs, outcome] = times[asked] ?? [0, 0, 'never asked for'];
    wall += wallMs;
    worked += workedMs;
    asked += 1;
    if (outcome.startsWith('fault')) throw new Error(outcome);
    return outcome;
  };
  const answered = await pastStandstills(ask, { wallMs: () => wall, workedMs: () => worked }).catch(String);
  return { answered, asked };
};

it('asks once while the machine goes on, whatever comes of it', async () => {
  expect(await asking([1_900, 1, 'slow'])).toEqual({ answered: 'slow', asked: 1 });
  expect(await asking([10, 1, 'fault'])).toEqual({ answered: 'Error: fault', asked: 1 });
});

it('asks again where the machine stood still, also after a fault', async () => {
  expect(await asking([60_000, 5, 'cut off'], [10, 5, 'well'])).toEqual({ answered: 'well', asked: 2 });
  expect(await asking([60_000, 5, 'fault'], [10, 5, 'well'])).toEqual({ answered: 'well', asked: 2 });
});

it('does not take hard work for a standstill', async () => {
  expect(await asking([30_000, 29_000, 'an expression that backtracks'])).toMatchObject({ asked: 1 });
});

it('believes what is slow three times', async () => {
  const sleeps = [8_000, 5, 'fault of a database that was made to sleep'] as const;
  expect(await asking(sleeps, sleeps, sleeps)).toMatchObject({ asked: 3, answered: `Error: ${sleeps[2]}` });
});
