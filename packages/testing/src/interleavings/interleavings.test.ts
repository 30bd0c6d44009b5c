import { explore, replay, rowLockWorld, tellExplored, useCaseScopes } from './index.js';
import { plans } from './row-locks/plans.js';

let total = 0;
afterAll(() => void process.stdout.write(`${total} schedules explored in all, of ${useCaseScopes.length} scopes\n`));

describe('the laws hold in every order of the calls of', () => {
  it.each(useCaseScopes.map((scope) => [scope.name, scope] as const))('%s', async (_, scope) => {
    const explored = await explore(scope.on(() => rowLockWorld()));
    process.stdout.write(`${tellExplored(explored)}\n`);
    total += explored.schedules;
    expect(explored.failure).toBe(null);
    expect(explored.schedules).toBeGreaterThan(1);
  });
});

it('has plans for all calls that scopes make, without which the same ends take many times the schedules', async () => {
  const called = new Set<string>();
  for (const scope of useCaseScopes)
    for (const [, call = ''] of (
      await replay(
        scope.on(() => rowLockWorld()),
        '',
      )
    ).steps.matchAll(/^\w+ (\w+\.\w+)/gm))
      called.add(call);
  const planned = Object.entries(plans).flatMap(([store, methods]) => Object.keys(methods).map((method) => `${store}.${method}`));
  const others = [
    'intake.claimAndLock',
    'intake.waiting',
    'intake.write',
    'carrier.buyLabel',
    'carrier.findByReference',
    'carrier.voidLabel',
  ];
  expect([...called].filter((call) => ![...planned, ...others].includes(call))).toEqual([]);
});

it('has names for all scopes, each once', () => {
  expect(new Set(useCaseScopes.map(({ name }) => name)).size).toBe(useCaseScopes.length);
});
