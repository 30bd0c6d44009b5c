import type { OrganizationId } from '@rappit/domain';
import { emptyOrganization, type OrganizationState } from './organization-state.js';
import { nothingShared, type SharedState } from './shared-state.js';
import type { Start } from './workbench.js';

/** The states of all organizations, strictly apart, and beside them what they share. */
export type MemoryTenants = {
  readonly stateOf: (organizationId: OrganizationId) => OrganizationState;
  readonly shared: () => SharedState;
  readonly startOf: (organizationId: OrganizationId) => Start;
  readonly commit: (organizationId: OrganizationId, state: OrganizationState) => void;
  readonly commitShared: (state: SharedState) => void;
  readonly all: () => readonly (readonly [OrganizationId, OrganizationState])[];
  /** Runs one after another what is asked for one organization; organizations don't wait for each other. */
  readonly inTurn: <Value>(organizationId: OrganizationId, work: () => Promise<Value>) => Promise<Value>;
};

/** An organization is there as soon as something is asked of it. */
export const memoryTenants = (): MemoryTenants => {
  const states = new Map<OrganizationId, OrganizationState>();
  const tails = new Map<OrganizationId, Promise<unknown>>();
  let shared = nothingShared;
  const stateOf = (organizationId: OrganizationId): OrganizationState => states.get(organizationId) ?? emptyOrganization;
  return {
    stateOf,
    shared: () => shared,
    startOf: (organizationId) => ({ own: stateOf(organizationId), shared }),
    commit: (organizationId, state) => void states.set(organizationId, state),
    commitShared: (state) => {
      shared = state;
    },
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
