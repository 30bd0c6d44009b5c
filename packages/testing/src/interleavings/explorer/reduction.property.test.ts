import fc from 'fast-check';
import { seed } from '../../../../../test/seed.js';
import { type ExploreOptions, explore } from './explore.js';
import type { Gate } from './gate.js';
import type { Scope } from './run.js';

const numRuns = Number(process.env['RUNS'] ?? 100);
process.stdout.write(`the reduction: RUNS=${numRuns} SEED=${seed}\n`);

/** A toy: commands that read and write two registers, lock, and try to lock, and give back all their locks when they end. */
type Op = { readonly does: 'read' | 'write' | 'lock' | 'try'; readonly of: 'x' | 'y' };
type Toy = readonly (readonly Op[])[];

const anyOp = fc.record({
  does: fc.constantFrom('read' as const, 'write' as const, 'lock' as const, 'try' as const),
  of: fc.constantFrom('x' as const, 'y' as const),
});
const anyToy = fc
  .array(fc.array(anyOp, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 3 })
  .filter((toy) => toy.flat().length + toy.length <= 9);

type Table = { readonly registers: { x: number; y: number }; readonly holders: Map<string, number>; readonly told: string[] };

const take = async (gate: Gate, { registers, holders, told }: Table, me: number, { does, of }: Op): Promise<void> => {
  const lock = does === 'try' ? `tried ${of}` : of;
  const isFree = (): boolean => (holders.get(lock) ?? me) === me;
  await gate.turn(`${does} ${of}`, does === 'lock' && holders.get(of) !== me ? { lock, isFree } : undefined);
  gate.note({ looks: does === 'read' ? [of] : [], changes: does === 'write' ? [of] : does === 'try' ? [lock] : [] });
  if (does === 'read') told[me] += String(registers[of]);
  else if (does === 'write') registers[of] = registers[of] * 3 + me + 1;
  else told[me] += isFree() ? '+' : '-';
  if ((does === 'lock' || does === 'try') && isFree()) holders.set(lock, me);
};

const playing = (toy: Toy, ended: (end: string) => void): Scope => ({
  name: 'a toy',
  open: () => {
    const table: Table = { registers: { x: 0, y: 0 }, holders: new Map(), told: toy.map(() => '') };
    const command =
      (ops: readonly Op[], me: number) =>
      async (gate: Gate): Promise<void> => {
        for (const op of ops) await take(gate, table, me, op);
        await gate.turn('end');
        const mine = [...table.holders].flatMap(([lock, holder]) => (holder === me ? [lock] : []));
        for (const lock of mine) table.holders.delete(lock);
        gate.note({ frees: mine, changes: mine.filter((lock) => lock.startsWith('tried')) });
      };
    return { commands: toy.map(command), check: () => ended(JSON.stringify([table.registers, table.told])) };
  },
});

const endsOf = async (toy: Toy, options: ExploreOptions) => {
  const ends = new Set<string>();
  const explored = await explore(
    playing(toy, (end) => void ends.add(end)),
    { most: 100_000, ...options },
  );
  return { schedules: explored.schedules, fails: explored.failure !== null, ends: [...ends].sort() };
};

it(
  'reaches with a few schedules every end, and every deadlock, that some order of all turns has',
  async () => {
    let [few, all] = [0, 0];
    await fc.assert(
      fc.asyncProperty(anyToy, async (toy) => {
        const [reduced, whole] = [await endsOf(toy, {}), await endsOf(toy, { unreduced: true })];
        expect(reduced.fails).toBe(whole.fails);
        if (whole.fails) return;
        expect(reduced.ends).toEqual(whole.ends);
        few += reduced.schedules;
        all += whole.schedules;
      }),
      { numRuns, seed },
    );
    process.stdout.write(`the reduction: ${few} schedules instead of ${all}\n`);
    expect(few).toBeLessThan(all / 4);
  },
  1_200_000 + numRuns * 500,
);
