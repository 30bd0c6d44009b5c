import type { Result } from '../kernel/index.js';
import type { Tracked } from './tracking.js';

/** What a carrier sent by itself: the very bytes, and what it proves by that it is the carrier. */
export type Push = { readonly body: Uint8Array; readonly text: string; readonly proof: string };

/** It can't be read as what this carrier sends. */
export type PushUnreadable = { readonly code: 'delivery.unreadable'; readonly path: string };

/** A number that was told of, with what was said of it, as text to be kept and read again. */
export type NumberTold = { readonly number: string; readonly said: string };

/**
 * Reads what one carrier sends by itself about shipments of the installation's own account.
 * - `verifies` is true only when the carrier has proven itself with a secret of ours; it takes the same time either way. Without a secret nobody can.
 * - `numbers` and `tracked` never throw, whatever they are given.
 * - `tracked` is null where what was said can't be believed or says nothing: then the carrier is asked.
 */
export type PushReader = {
  readonly carrier: string;
  readonly verifies: (push: Push) => boolean;
  readonly numbers: (text: string) => Result<readonly NumberTold[], PushUnreadable>;
  readonly tracked: (told: NumberTold) => Tracked | null;
};
