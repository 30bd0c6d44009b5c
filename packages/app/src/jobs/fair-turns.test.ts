import { fairTurns } from './fair-turns.js';

/** Turns that end when the test says so. */
const room = (atOnce: number, ofOneGroup: number) => {
  const begun: string[] = [];
  const ends = new Map<string, (failed?: Error) => void>();
  const faults: unknown[] = [];
  const turns = fairTurns({ atOnce, ofOneGroup }, (error) => void faults.push(error));
  const add = (...keys: readonly string[]): void => {
    for (const key of keys)
      turns.add({
        group: key.slice(0, 1),
        key,
        work: () => {
          begun.push(key);
          return new Promise<void>((resolve, reject) => ends.set(key, (failed) => (failed ? reject(failed) : resolve())));
        },
      });
  };
  const end = async (key: string, failed?: Error): Promise<void> => {
    ends.get(key)?.(failed);
    // Whatever follows an end follows in microtasks.
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return { turns, add, end, begun, faults };
};

describe('fair turns', () => {
  it('leave room for others, however much one group has to do', () => {
    const { add, begun } = room(4, 2);
    add('a1', 'a2', 'a3', 'a4', 'b1');
    expect(begun).toEqual(['a1', 'a2', 'b1']);
  });

  it('let the group with the fewest turns under way go next, and then the one whose turn was longest ago', async () => {
    const { add, end, begun } = room(2, 2);
    add('a1', 'a2', 'a3', 'b1', 'c1');
    await end('a1');
    expect(begun).toEqual(['a1', 'a2', 'b1']);
    await end('a2');
    expect(begun).toEqual(['a1', 'a2', 'b1', 'c1']);
    await end('b1');
    expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3']);
  });

  it('take what waits already once, and what is under way once more after it', async () => {
    const { add, end, begun } = room(1, 1);
    add('a1', 'a1', 'a1', 'b1', 'b1');
    expect(begun).toEqual(['a1']);
    await end('a1');
    expect(begun).toEqual(['a1', 'b1']);
    await end('b1');
    expect(begun).toEqual(['a1', 'b1', 'a1']);
    await end('a1');
    expect(begun).toEqual(['a1', 'b1', 'a1']);
  });

  it('go on after one that fails, and say what failed', async () => {
    const { add, end, begun, faults } = room(1, 1);
    const fault = new Error('the database is gone');
    add('a1', 'b1');
    await end('a1', fault);
    expect([begun, faults]).toEqual([['a1', 'b1'], [fault]]);
  });

  it('stop when what is under way has ended, and begin nothing more', async () => {
    const { turns, add, end, begun } = room(1, 1);
    add('a1', 'b1');
    let isStopped = false;
    const stopped = turns.stop().then(() => {
      isStopped = true;
    });
    add('c1');
    await Promise.resolve();
    expect(isStopped).toBe(false);
    await end('a1');
    await stopped;
    expect(begun).toEqual(['a1']);
    await turns.stop();
  });
});
