import { shortMemory } from './short-memory.js';

const memory = () => {
  let clock = 0;
  let asked = 0;
  const remember = shortMemory<number>({ forMs: 1_000, atMost: 2, now: () => clock });
  return {
    ask: (key: string) =>
      remember(key, () => {
        asked += 1;
        return Promise.resolve(asked);
      }),
    forget: remember.forget,
    fail: (key: string) => remember(key, () => Promise.reject(new Error('away'))),
    pass: (ms: number) => {
      clock += ms;
    },
  };
};

describe('a short memory', () => {
  it('asks once in a while, and again when the while is over', async () => {
    const { ask, pass } = memory();
    expect(await Promise.all([ask('a'), ask('a')])).toEqual([1, 1]);
    pass(999);
    expect(await ask('a')).toBe(1);
    pass(1);
    expect(await ask('a')).toBe(2);
  });

  it('keeps no more than it may, and forgets the oldest first', async () => {
    const { ask } = memory();
    await ask('a');
    await ask('b');
    await ask('c');
    expect([await ask('b'), await ask('c'), await ask('a')]).toEqual([2, 3, 4]);
  });

  it('asks again when it was told to forget', async () => {
    const { ask, forget } = memory();
    await ask('a');
    forget();
    expect(await ask('a')).toBe(2);
  });

  it('forgets only what it is told to', async () => {
    const { ask, forget } = memory();
    await ask('a 1');
    await ask('b 1');
    forget((key) => key.startsWith('a '));
    expect([await ask('b 1'), await ask('a 1')]).toEqual([2, 3]);
  });

  it('doesn’t remember a failure', async () => {
    const { ask, fail } = memory();
    await expect(fail('a')).rejects.toThrow('away');
    expect(await ask('a')).toBe(1);
  });
});
