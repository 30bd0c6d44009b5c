import { type ClaimedKeys, IDEMPOTENCY_HOURS, type Once, type OnceRefusal, type Refusal, type Result } from '@rappit/domain';
import { having, type OrganizationState } from './organization-state.js';
import type { Workbench } from './workbench.js';

const keyOf = ({ scope, key }: Once): string => `${scope}\n${key}`;

/** What a request under the key is answered, if its key was claimed less than 24 hours ago. */
export const answeredBefore = (state: OrganizationState, once: Once, now: Date): OnceRefusal | undefined => {
  const claimed = state.claimedKeys.get(keyOf(once));
  if (!claimed || now.getTime() - claimed.claimedAt.getTime() >= IDEMPOTENCY_HOURS * 3_600_000) return undefined;
  if (claimed.fingerprint !== once.fingerprint) return { code: 'idempotency.key_reused' };
  return { code: 'idempotency.replayed', answer: claimed.answer };
};

/** The state with the answer beside the effect. A conflict isn't remembered: the whole request may be made again. */
export const remembering = (
  state: OrganizationState,
  once: Once,
  outcome: Result<unknown, Refusal>,
  now: Date,
): OrganizationState => {
  if (!outcome.ok && outcome.error.code === 'store.conflict') return state;
  const claimed = { fingerprint: once.fingerprint, answer: once.answer(outcome), claimedAt: now };
  return { ...state, claimedKeys: having(state.claimedKeys, keyOf(once), claimed) };
};

export const memoryClaimedKeys = ({ state, change }: Workbench): ClaimedKeys => ({
  drop: async (before, limit) => {
    const dropped = [...state().claimedKeys].flatMap(([key, { claimedAt }]) => (claimedAt < before ? [key] : [])).slice(0, limit);
    change({ claimedKeys: new Map([...state().claimedKeys].filter(([key]) => !dropped.includes(key))) });
    return dropped.length;
  },
});

/** Keys whose first request is under way. A second one is told so at once instead of waiting. */
export type UnderWay = { readonly enter: (organizationId: string, once: Once) => (() => void) | undefined };

/** `enter` answers how to leave again, or undefined when somebody else is inside. */
export const underWay = (): UnderWay => {
  const inside = new Set<string>();
  return {
    enter: (organizationId, once) => {
      const key = `${organizationId}\n${keyOf(once)}`;
      if (inside.has(key)) return undefined;
      inside.add(key);
      return () => void inside.delete(key);
    },
  };
};
