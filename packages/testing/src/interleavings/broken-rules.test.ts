import { exitingAlways, inAnyOrder, releaseTwice, withoutAnchors, withoutPins, writingBlindly } from './broken-rules.test-kit.js';
import { explore, type OpenWorld, replay, rowLockWorld, tellExplored, type UseCaseScope } from './index.js';
import type { Rules } from './row-locks/transaction.js';
import { cancelInOppositeOrder } from './scopes/placing.js';
import { shipTwice } from './scopes/shipping.js';
import { adjustBesideBuyer, cancelBesideFirstReceipt } from './scopes/stocking.js';

const by = (rules: Rules) => () => rowLockWorld(rules);

const removed: readonly (readonly [guard: string, scope: UseCaseScope, broken: OpenWorld, what: RegExp])[] = [
  ['the anchor of levels', cancelBesideFirstReceipt, by(withoutAnchors), /no level of MUG .* was locked/],
  ['the one order of locks', cancelInOppositeOrder, by(inAnyOrder), /^deadlock: A waits at .*, B waits at /],
  ['the lock and the guard of a write', adjustBesideBuyer, by(writingBlindly), /^I1: 1 of 0 × MUG are reserved/],
  ['the condition that an exit is of something open', releaseTwice, by(exitingAlways), /^I2: units of MUG that are reserved/],
  ['the pin of a purchase', shipTwice, withoutPins, /^labels that were sold: expected 1, got 2/],
];

describe('the explorer shows a schedule, which shows it again, when somebody takes away', () => {
  it.each(removed)('%s', async (_, scope, broken, what) => {
    const explored = await explore(scope.on(broken));
    process.stdout.write(`${tellExplored(explored)}\n`);
    expect(explored.failure?.what).toMatch(what);
    expect(explored.schedules).toBeGreaterThan(1);
    const schedule = explored.failure?.schedule ?? '';
    expect(schedule).toMatch(/^A1 ([A-C]\d+ ?)+$/);
    expect((await replay(scope.on(broken), schedule)).failure).toMatchObject({ schedule, what: explored.failure?.what });
    expect((await explore(scope.on(() => rowLockWorld()))).failure).toBe(null);
  });
});
