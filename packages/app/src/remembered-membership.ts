import { ACCESS_CHANGED, type Accounts, type Member, type Signals } from '@rappit/domain';
import { shortMemory } from './short-memory.js';

/** A role or a membership that was taken away still counts for this long, in a process that didn't hear of it. */
const MEMBERSHIP_MS = 1_000;
const MEMBERSHIPS = 10_000;

type Asked = Pick<Accounts, 'membership' | 'membershipsOf'>;
type Deps = {
  readonly signals: Pick<Signals, 'subscribe'>;
  /** Milliseconds, of a clock that never goes back. */
  readonly now: () => number;
};

/** Membership is looked up for each request; one session's requests in a second ask the database once. What is changed and signalled shows at once. */
export const rememberedMembership = (accounts: Asked, { signals, now }: Deps): Asked => {
  const remember = shortMemory<Member | undefined>({ forMs: MEMBERSHIP_MS, atMost: MEMBERSHIPS, now });
  signals.subscribe(ACCESS_CHANGED, (userId) => remember.forget((key) => key.startsWith(`${userId} `)));
  return {
    membershipsOf: accounts.membershipsOf,
    membership: (identity) =>
      remember([identity.userId, identity.organizationId, identity.sessionId].join(' '), () => accounts.membership(identity)),
  };
};
