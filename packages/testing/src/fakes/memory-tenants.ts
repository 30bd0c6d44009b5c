import type { OrganizationId } from '@rappit/domain';
import { emptyOrganization, type OrganizationState } from './organization-state.js';

/** The states of all organizations, strictly apart. */
export type MemoryTenants = {
  readonly stateOf: (organizationId: OrganizationId) => OrganizationState;
  readonly commit: (organizationId: OrganizationId, state: OrganizationState) => void;
  readonly all: () => readonly (readonly [OrganizationId, OrganizationState])[];
  /** Runs one after another what is asked for one organization; organizations don't wait for each other. */
  readonly inTurn: <Value>(organizationId: OrganizationId, work: () => Promise<Value>) => Promise<Value>;
};

/** An organization is there as soon as something is asked of it. */
export const memoryTenants = (): MemoryTenants => {
  const states = new Map<OrganizationId, OrganizationState>();
  const tails = new Map<OrganizationId, Promise<unknown>>();
  return {
    stateOf: (organizationId) => states.get(organizationId) ?? emptyOrganization,
    commit: (organizationId, state) => void states.set(organizationId, state),
    all: () => [...states],
    inTurn: (organizationId, work) => {
      const before = tails.get(organizationId) ?? Promise.resolve();
      const mine = before.then(work);
      tails.set(organizationId, mine.then(noMatter, noMatter));
      return mine;
    },
  };
};

const noMatter = (): void => undefined;
