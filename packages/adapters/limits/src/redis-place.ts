import { Cluster, Redis, type RedisOptions } from 'ioredis';

type Node = { readonly host: string; readonly port: number };

/**
 * Where Redis is: at a URL, behind Sentinels that know the master by a name, or in a Cluster of which some nodes are known.
 * User, password, database and TLS are those of the URL in either case.
 */
export type RedisPlace =
  | string
  | { readonly url: string; readonly cluster: readonly Node[] }
  | { readonly url: string; readonly sentinels: readonly Node[]; readonly master: string };

const LONGEST_PAUSE_MS = 2_000;
const REDIRECTIONS = 4;

/**
 * A connection that keeps nobody waiting: what can't be asked at once is refused at once, and what isn't answered in time is given up.
 * It is made again by itself, however often it is lost.
 */
export const connectionTo = (
  place: RedisPlace,
  answerMs: number,
  more: { readonly autoResubscribe?: boolean } = {},
): Redis | Cluster => {
  const options = { ...impatient(answerMs), ...more };
  if (typeof place === 'string') return new Redis(place, options);
  const { username, password, tls, db } = partsOf(place.url);
  const login = { ...options, ...(username && { username }), ...(password && { password }), ...(tls && { tls: {} }) };
  if ('sentinels' in place)
    return new Redis({ ...login, db, name: place.master, sentinels: place.sentinels.map((node) => ({ ...node })) });
  const pauseMs = Math.min(answerMs, LONGEST_PAUSE_MS) / 2 / REDIRECTIONS;
  return new Cluster(
    place.cluster.map((node) => ({ ...node })),
    {
      redisOptions: login,
      enableOfflineQueue: false,
      clusterRetryStrategy: pauseBefore,
      slotsRefreshTimeout: Math.min(answerMs, LONGEST_PAUSE_MS),
      // While a node is away its keys are asked for again, for half of the time that anybody waits, and at most a second.
      maxRedirections: REDIRECTIONS,
      retryDelayOnFailover: pauseMs,
      retryDelayOnClusterDown: pauseMs,
      retryDelayOnTryAgain: pauseMs,
    },
  );
};

const pauseBefore = (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt, 10), LONGEST_PAUSE_MS);

const impatient = (answerMs: number) =>
  ({
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: answerMs,
    connectTimeout: Math.max(answerMs, LONGEST_PAUSE_MS),
    retryStrategy: pauseBefore,
  }) satisfies RedisOptions;

const partsOf = (url: string) => {
  const { username, password, protocol, pathname } = new URL(url);
  return {
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    tls: protocol === 'rediss:',
    db: Number(pathname.slice(1)) || 0,
  };
};
