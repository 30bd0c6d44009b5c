import { bug, type LevelKey } from '@rappit/domain';
import type { OrganizationState } from './organization-state.js';

/** Thrown where what was decided on has changed meanwhile: the unit of work is undone and answers `store.conflict`. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/** One organization's state while a unit of work goes on: what was written is seen inside only, until it is committed. */
export type Workbench = {
  readonly now: Date;
  readonly state: () => OrganizationState;
  readonly change: (part: Partial<OrganizationState>) => void;
  /** Levels that this unit of work has locked. */
  readonly locked: Set<LevelKey>;
  /** From here on, using a store that leaked out of its unit of work is a bug. */
  readonly close: () => OrganizationState;
};

/** `access: 'read'` makes every write a bug, as a read-only transaction does. */
export const openWorkbench = (start: OrganizationState, now: Date, access: 'read' | 'write'): Workbench => {
  let state = start;
  let open = true;
  return {
    now,
    state: () => (open ? state : bug('a store was used after its unit of work had ended')),
    change: (part) => {
      if (!open) bug('a store was written to after its unit of work had ended');
      if (access === 'read') bug('a reading unit of work writes nothing');
      state = { ...state, ...part };
    },
    locked: new Set(),
    close: () => {
      open = false;
      return state;
    },
  };
};
