import { sha256 } from '../fakes/sha256.js';
import { runOnce } from './explorer/run.js';
import { explore, rowLockWorld, type Scope, type UseCaseScope, useCaseScopes } from './index.js';
import { lastUnit, oppositeOrder, retry } from './scopes/placing.js';

/** The scope, and how its schedules ended. */
const watched = (useCases: UseCaseScope): { readonly scope: Scope; readonly ends: Set<string> } => {
  const ends = new Set<string>();
  const scope = useCases.on(
    () => rowLockWorld(),
    (end) => void ends.add(`${end.codes.join(', ')}: ${sha256(JSON.stringify(end))}`),
  );
  return { scope, ends };
};

const named = (scopes: readonly UseCaseScope[]) => scopes.map((scope) => [scope.name, scope] as const);

describe('a few schedules reach every end that any order of all calls reaches of', () => {
  it.each(named([lastUnit, oppositeOrder, retry]))('%s', async (_, useCases) => {
    const [few, all] = [watched(useCases), watched(useCases)];
    const reduced = await explore(few.scope);
    const whole = await explore(all.scope, { unreduced: true });
    process.stdout.write(`${useCases.name}: ${reduced.schedules} schedules instead of ${whole.schedules}\n`);
    expect(few.ends).toEqual(all.ends);
    expect(reduced.schedules).toBeLessThan(whole.schedules);
  });
});

/** One command goes on for so many turns, then another one as far as it gets, and whoever comes first in the alphabet after that. */
const interrupted = async (
  scope: Scope,
  { of, after, by }: { readonly of: number; readonly after: number; readonly by: number },
) => {
  const { steps, failure } = await runOnce(scope, (ready, taken) => {
    const wanted = taken.length < after ? of : by;
    return ready.includes(wanted) ? wanted : ready[0];
  });
  expect(failure).toBe(null);
  return steps.filter(({ task }) => task === of).length > after;
};

/** How many places of a command at which it is interrupted are looked at. */
const PLACES = 40;

describe('a few schedules reach every end that an order reaches in which a command interrupts the one before it, of', () => {
  it.each(named(useCaseScopes))('%s', async (_, useCases) => {
    const [few, some] = [watched(useCases), watched(useCases)];
    await explore(few.scope);
    const { commands } = await some.scope.open();
    const pairs = commands.map((_command, of) => ({ of, by: (of + 1) % commands.length }));
    for (const pair of pairs)
      for (let after = 1; after < PLACES && (await interrupted(some.scope, { ...pair, after })); after += 1);
    expect([...some.ends].filter((end) => !few.ends.has(end))).toEqual([]);
  });
});
