import { inProcessSignals, OrganizationId, plans, SUBSCRIPTION_CHANGED } from '@rappit/domain';
import type { Subscribed } from './http/standing.js';
import { rememberedStanding } from './remembered-standing.js';

const [ours, theirs] = [OrganizationId('ours'), OrganizationId('theirs')];
const active: Subscribed = { status: 'active', access: 'full', until: null, known: true, limits: plans.starter };
const suspended: Subscribed = { ...active, status: 'suspended', access: 'readOnly' };

const scene = () => {
  const asked: OrganizationId[] = [];
  let [told, at] = [active, 0];
  const signals = inProcessSignals(() => undefined);
  const ask = async (organizationId: OrganizationId) => {
    asked.push(organizationId);
    return told;
  };
  const standingOf = rememberedStanding(ask, { signals, now: () => at });
  return {
    ...{ asked, signals, standingOf },
    becomes: (standing: Subscribed) => {
      told = standing;
    },
    pass: (milliseconds: number) => {
      at += milliseconds;
    },
  };
};

it('asks once a second for each organization', async () => {
  const { asked, standingOf, becomes, pass } = scene();
  for (const one of [ours, theirs, ours]) expect(await standingOf(one)).toBe(active);
  becomes(suspended);
  pass(999);
  expect(await standingOf(ours)).toBe(active);
  pass(1);
  expect(await standingOf(ours)).toBe(suspended);
  expect(asked).toEqual([ours, theirs, ours]);
});

it('asks again at once when something was heard of that organization, and of no other', async () => {
  const { asked, signals, standingOf, becomes } = scene();
  for (const one of [ours, theirs]) await standingOf(one);
  becomes(suspended);
  signals.publish({ topic: SUBSCRIPTION_CHANGED, key: ours });
  expect([await standingOf(ours), await standingOf(theirs)]).toEqual([suspended, active]);
  expect(asked).toEqual([ours, theirs, ours]);
});
