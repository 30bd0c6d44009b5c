import { lookup, Resolver } from 'node:dns/promises';
import { kindOf } from './kind-of-error.js';

/** Looks a name up: every address that it leads to, none when there is none. Rejects when nobody could be asked, or on abort. */
export type Names = (name: string, signal: AbortSignal) => Promise<readonly string[]>;

type PublicNames = {
  /** DNS servers, such as `9.9.9.9`; those of the system when left out. */
  readonly servers?: readonly string[];
  /** For one attempt at one server. */
  readonly attemptMs?: number;
};

/**
 * Asks DNS alone: what stands in /etc/hosts, and names completed by a search domain, are for our own network.
 * It also waits on no thread: the system's look-up takes one of four, so that a few slow servers of a tenant would hold up everybody.
 */
export const publicNames =
  ({ servers, attemptMs = 2_000 }: PublicNames = {}): Names =>
  async (name, signal) => {
    const resolver = new Resolver({ timeout: attemptMs, tries: 2 });
    if (servers) resolver.setServers(servers);
    const cancel = (): void => resolver.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
      const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
      const failed = answers.flatMap((answer) =>
        answer.status === 'rejected' && !saysNone(answer.reason) ? [answer.reason] : [],
      );
      if (found.length === 0 && failed.length > 0) throw failed[0];
      return found;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };

const saysNone = (error: unknown): boolean => ['ENODATA', 'ENOTFOUND'].includes(kindOf(error));

/** Asks the system, /etc/hosts included: for a developer's machine. */
export const systemNames: Names = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);
