/**
 * How a carrier can fail, on request.
 * - Before anything is sold: `refuse`, `unauthorized`, `unavailable`, `rateLimited`, `hang` (never answers),
 *   `errorInside` (a success that says it is an error).
 * - After it was sold: `dropAfterSelling` (the connection is cut), `slow` (no answer before the client gives up),
 *   `garbage` (a success that can't be read), `noNumber` and `noLabel` (a success without the tracking number, or the label),
 *   `late` (an answer that takes its time).
 */
export const failureKinds = [
  'refuse',
  'unauthorized',
  'unavailable',
  'rateLimited',
  'hang',
  'dropAfterSelling',
  'slow',
  'garbage',
  'noNumber',
  'noLabel',
  'errorInside',
  'late',
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** What fails: being asked for a label, or being asked for what was sold under a reference. */
export const operations = ['buyLabel', 'findByReference'] as const;
export type Operation = (typeof operations)[number];

export type Failures = {
  readonly add: (kind: FailureKind, times: number, operation: Operation) => void;
  readonly next: (operation: Operation) => FailureKind | undefined;
  readonly clear: () => void;
};

/** Failures in the order they were asked for; each operation has its own queue. */
export const failureQueue = (): Failures => {
  const queues = { buyLabel: [] as Ordered[], findByReference: [] as Ordered[] };
  return {
    add: (kind, times, operation) => {
      if (times > 0) queues[operation].push({ kind, times });
    },
    next: (operation) => {
      const queue = queues[operation];
      const [first] = queue;
      if (!first) return undefined;
      queue.splice(0, 1, ...(first.times > 1 ? [{ ...first, times: first.times - 1 }] : []));
      return first.kind;
    },
    clear: () => {
      for (const operation of operations) queues[operation].length = 0;
    },
  };
};

type Ordered = { readonly kind: FailureKind; readonly times: number };
