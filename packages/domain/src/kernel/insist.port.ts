/**
 * Does what is safe to repeat: again after a pause where the store was away, a bounded number of times. What the last attempt throws is
 * thrown on, and so is at once whatever has another cause.
 */
export type Insist = <Value>(attempt: () => Promise<Value>) => Promise<Value>;
