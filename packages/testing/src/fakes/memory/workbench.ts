import { bug, type LevelKey } from '@rappit/domain';
import type { OrganizationState } from './organization-state.js';
import type { SharedState } from './shared-state.js';

/** Thrown where what was decided on has changed meanwhile: the unit of work is undone and answers `store.conflict`. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/** What a unit of work begins with: its own organization's state, and what all organizations share. */
export type Start = { readonly own: OrganizationState; readonly shared: SharedState };

/** Both states while a unit of work goes on: what was written is seen inside only, until it is committed. */
export type Workbench = {
  readonly now: Date;
  readonly state: () => OrganizationState;
  readonly change: (part: Partial<OrganizationState>) => void;
  readonly shared: () => SharedState;
  readonly changeShared: (part: Partial<SharedState>) => void;
  /** Whether anything that is shared was looked at: then nobody else may have changed it before this is committed. */
  readonly usedShared: () => boolean;
  /** Levels that this unit of work has locked. */
  readonly locked: Set<LevelKey>;
  /** From here on, using a store that leaked out of its unit of work is a bug. */
  readonly close: () => Start;
};

/** `access: 'read'` makes every write a bug, as a read-only transaction does. */
export const openWorkbench = (start: Start, now: Date, access: 'read' | 'write'): Workbench => {
  let { own, shared } = start;
  let usedShared = false;
  let open = true;
  const mayWrite = (): void => {
    if (!open) bug('a store was written to after its unit of work had ended');
    if (access === 'read') bug('a reading unit of work writes nothing');
  };
  const ended = (): never => bug('a store was used after its unit of work had ended');
  return {
    now,
    state: () => (open ? own : ended()),
    change: (part) => {
      mayWrite();
      own = { ...own, ...part };
    },
    shared: () => {
      usedShared = true;
      return open ? shared : ended();
    },
    changeShared: (part) => {
      mayWrite();
      usedShared = true;
      shared = { ...shared, ...part };
    },
    usedShared: () => usedShared,
    locked: new Set(),
    close: () => {
      open = false;
      return { own, shared };
    },
  };
};
