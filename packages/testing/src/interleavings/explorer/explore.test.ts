import { explore, replay, tellExplored } from './explore.js';
import type { Gate } from './gate.js';
import type { Scope } from './run.js';

/** Commands that each read a number and write it back one higher: the bug that everybody knows. */
const counting = (commands: number, notes: boolean, expected = commands): Scope => ({
  name: 'some that count',
  open: () => {
    let number = 0;
    const count = async (gate: Gate): Promise<void> => {
      await gate.turn('read');
      if (notes) gate.note({ looks: ['number'] });
      const read = number;
      await gate.turn('write');
      if (notes) gate.note({ changes: ['number'] });
      number = read + 1;
    };
    const check = (): void => {
      if (number < expected) throw new Error(`${number} instead of ${expected}`);
    };
    return { commands: Array.from({ length: commands }, () => count), check };
  },
});

const crosswise: Scope = {
  name: 'two that lock crosswise',
  open: () => {
    const held = new Set<string>();
    const work = (first: string, second: string) => async (gate: Gate) => {
      for (const lock of [first, second]) {
        await gate.turn(`lock ${lock}`, { lock, isFree: () => !held.has(lock) });
        held.add(lock);
      }
      await gate.turn('end');
      held.clear();
      gate.note({ frees: [first, second] });
    };
    return { commands: [work('x', 'y'), work('y', 'x')], check: () => undefined };
  },
};

const one = (command: (gate: Gate) => Promise<void>): Scope => ({
  name: 'one',
  open: () => ({ commands: [command], check: () => undefined }),
});

describe('explore', () => {
  it('answers the first schedule that fails, turn by turn', async () => {
    const explored = await explore(counting(2, true));
    expect(explored).toMatchObject({ name: 'some that count', schedules: 2, orders: 6 });
    expect(explored.failure).toEqual({
      schedule: 'A1 B1 B2 A2',
      steps: 'A1 read\nB1 read\nB2 write\nA2 write',
      what: '1 instead of 2',
      cause: new Error('1 instead of 2'),
    });
    expect(tellExplored(explored)).toBe(
      'some that count: 2 schedules explored, for up to 6 orders\n  1 instead of 2\n  schedule: A1 B1 B2 A2\nA1 read\nB1 read\nB2 write\nA2 write',
    );
  });

  it('runs one of the orders that differ in turns which commute, and all of them when it knows of none', async () => {
    expect(await explore(counting(2, true, 0))).toMatchObject({ schedules: 4, orders: 6, failure: null });
    expect(await explore(counting(2, false, 0))).toMatchObject({ schedules: 6, orders: 6, failure: null });
    expect(await explore(counting(2, true, 0), { unreduced: true })).toMatchObject({ schedules: 6, failure: null });
  });

  it('refuses a scope that is too large', async () => {
    await expect(explore(counting(3, true, 0), { most: 5 })).rejects.toThrow(
      'some that count: more than 5 schedules; a smaller scope is needed',
    );
  });

  it('fails a schedule in which all wait for each other', async () => {
    const { failure } = await explore(crosswise);
    expect(failure).toMatchObject({ schedule: 'A1 B1', what: 'deadlock: A waits at lock y, B waits at lock x' });
  });

  it('fails a schedule in which a command throws', async () => {
    const thrown = one(async (gate) => {
      await gate.turn('call');
      throw new Error('no');
    });
    expect((await explore(thrown)).failure).toMatchObject({ schedule: 'A1', what: 'no' });
  });

  it('stops at a scope that does something else the second time', async () => {
    let opened = 0;
    const fickle: Scope = {
      name: 'fickle',
      open: () => {
        opened += 1;
        const call = `call ${opened}`;
        const command = (gate: Gate) => gate.turn(call);
        return { commands: [command, command, command], check: () => undefined };
      },
    };
    await expect(explore(fickle)).rejects.toThrow('the same schedule led to');
  });

  it('fails a command that asks for two turns at once', async () => {
    const greedy = one(async (gate) => void (await Promise.all([gate.turn('one'), gate.turn('two')])));
    expect((await explore(greedy)).failure?.what).toContain('asked for two while it waited for another turn');
  });

  it('runs a schedule again, and goes on where its text ends', async () => {
    expect(await replay(counting(2, true), 'A B')).toMatchObject({
      schedule: 'A1 B1 A2 B2',
      steps: 'A1 read\nB1 read\nA2 write\nB2 write',
      failure: { what: '1 instead of 2' },
    });
    expect((await replay(counting(2, true), 'A1 A2 B1 B2')).failure).toBe(null);
  });

  it('refuses a schedule that the scope cannot have', async () => {
    await expect(replay(counting(2, true), 'A1 A2 A3')).rejects.toThrow("A can't go at turn 3");
    await expect(replay(counting(2, true), 'A1 §')).rejects.toThrow('§ is no turn of a schedule');
  });
});
