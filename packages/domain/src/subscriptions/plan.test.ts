import { limitKinds } from '../kernel/index.js';
import { isPlanId, type Limits, planIds, plans, withinLimit } from './plan.js';

const endless = (limit: number | null): number => limit ?? Number.POSITIVE_INFINITY;

it('sells plans that never include less than a smaller one', () => {
  expect([...planIds].sort()).toEqual(Object.keys(plans).sort());
  planIds.slice(1).forEach((id, place) => {
    const smaller: Limits = plans[planIds[place] ?? 'scale'];
    for (const kind of limitKinds) expect(endless(plans[id][kind])).toBeGreaterThanOrEqual(endless(smaller[kind]));
  });
});

it.each([
  [0, 1, true],
  [2, 1, true],
  [3, 1, false],
  [2, 2, false],
  [9, 1, false],
])('with %s of three members, %s more: %s', (usage, more, included) => {
  const answer = withinLimit(plans.starter, { kind: 'members', usage, more });
  expect(answer).toEqual(
    included
      ? { ok: true, value: undefined }
      : { ok: false, error: { code: 'subscription.limit_reached', kind: 'members', limit: 3, usage } },
  );
});

it('includes as much as one likes where there is no limit', () => {
  expect(withinLimit(plans.scale, { kind: 'skus', usage: Number.MAX_SAFE_INTEGER, more: 1 }).ok).toBe(true);
});

it('knows its plans by name, and nothing that every object has', () => {
  expect(['growth', 'toString', ''].map(isPlanId)).toEqual([true, false, false]);
});
