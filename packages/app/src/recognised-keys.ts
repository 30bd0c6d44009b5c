import type { Digest, KeyHolder } from '@rappit/domain';
import { shortMemory } from './short-memory.js';

/** A key that was revoked elsewhere, or whose maker's role was changed, still counts for this long in this process. */
const KEY_MS = 1_000;
const USE_MS = 60_000;
const KEYS = 10_000;

type Deps = {
  readonly recognise: (secret: string) => Promise<KeyHolder | undefined>;
  readonly noteUse: (holder: KeyHolder) => Promise<void>;
  readonly digest: Digest;
  /** Milliseconds, of a clock that never goes back. */
  readonly now: () => number;
  /** Hears that a use couldn't be noted. */
  readonly report: (error: unknown) => void;
};

/**
 * API keys for requests: one key's requests in a second ask the store once.
 * - The use of a key is noted once a minute, beside its requests: none waits for it, and none fails with it.
 * - Secrets are remembered by their hash.
 */
export const recognisedKeys = ({ recognise, noteUse, digest, now, report }: Deps) => {
  const holders = shortMemory<KeyHolder | undefined>({ forMs: KEY_MS, atMost: KEYS, now });
  const uses = shortMemory<void>({ forMs: USE_MS, atMost: KEYS, now });
  return {
    recognise: async (secret: string): Promise<KeyHolder | undefined> => {
      const holder = await holders(digest(secret), () => recognise(secret));
      if (holder) uses(holder.key.id, () => noteUse(holder)).catch(report);
      return holder;
    },
    forget: holders.forget,
  };
};
