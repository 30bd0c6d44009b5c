import type { OrganizationId } from '@rappit/domain';

/** How soon after a wake for an organization the next one may be. It bounds what a busy organization costs, and nobody notices it. */
export const PAUSE_MS = 1_000;

export type PacedWakesDeps = {
  readonly wake: (organizationIds: readonly OrganizationId[]) => Promise<void>;
  /** Calls back after a pause. */
  readonly after: (pauseMs: number, call: () => void) => void;
  /** Hears of wakes that failed: what they were for waits for the next sweep. */
  readonly report: (error: unknown) => void;
};

export type PacedWakes = {
  /** Asks for a wake for an organization. Never throws, and keeps nobody waiting. */
  readonly ask: (organizationId: OrganizationId) => void;
  /** Sends what was asked for and is held back, and takes no more. */
  readonly stop: () => Promise<void>;
};

/**
 * Wakes for an organization at once, and for one that keeps asking once every pause: whatever is asked in a pause is one wake at its end.
 * One wake is under way at a time; meanwhile organizations gather for the next.
 */
export const pacedWakes = ({ wake, after, report }: PacedWakesDeps): PacedWakes => {
  const pausing = new Map<OrganizationId, { askedAgain: boolean }>();
  const gathered = new Set<OrganizationId>();
  let sending: Promise<void> | undefined;
  let isOpen = true;
  const send = async (): Promise<void> => {
    while (gathered.size > 0) {
      const all = [...gathered];
      gathered.clear();
      await wake(all).catch(report);
    }
    sending = undefined;
  };
  const gather = (organizationId: OrganizationId): void => {
    gathered.add(organizationId);
    sending ??= send();
  };
  const ask = (organizationId: OrganizationId): void => {
    if (!isOpen) return;
    const pause = pausing.get(organizationId);
    if (pause) {
      pause.askedAgain = true;
      return;
    }
    const begun = { askedAgain: false };
    pausing.set(organizationId, begun);
    after(PAUSE_MS, () => {
      pausing.delete(organizationId);
      if (begun.askedAgain) ask(organizationId);
    });
    gather(organizationId);
  };
  return {
    ask,
    stop: async () => {
      isOpen = false;
      for (const [organizationId, { askedAgain }] of pausing) if (askedAgain) gather(organizationId);
      await sending;
    },
  };
};
