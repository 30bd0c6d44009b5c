import type { RedisPlace } from '@rappit/limits';
import { z } from 'zod';

export type { RedisPlace };

type Node = { readonly host: string; readonly port: number };

const REDIS_PORT = 6379;

/** Host, and port where it isn't the usual one; an IPv6 address stands in brackets. */
const node = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i;
const nodeIn = (text: string): Node | undefined => {
  const [, host = '', port = String(REDIS_PORT)] = node.exec(text.trim()) ?? [];
  return host !== '' && Number(port) <= 65_535 ? { host: host.replace(/^\[|\]$/g, ''), port: Number(port) } : undefined;
};

/** Some nodes, with commas between them. */
export const redisNodes = z.string().transform((text, context) => {
  const nodes = text.split(',').map(nodeIn);
  const sound = nodes.filter((found) => found !== undefined);
  if (sound.length < nodes.length)
    context.addIssue({ code: 'custom', message: 'must be hosts and ports such as cache-1:6379,cache-2:6379' });
  return sound;
});

type Given = {
  readonly REDIS_URL?: string | undefined;
  readonly REDIS_HOST?: string | undefined;
  readonly REDIS_PORT: number;
  readonly REDIS_CLUSTER?: readonly Node[] | undefined;
  readonly REDIS_SENTINELS?: readonly Node[] | undefined;
  readonly REDIS_SENTINEL_MASTER?: string | undefined;
};

/** How to log in, where a Cluster or Sentinels say themselves whom to talk to. */
const NOBODY_IN_PARTICULAR = 'redis://redis';

/** Null where no Redis is configured. A Cluster or Sentinels win over `REDIS_URL`, which then only says how to log in. */
export const redisPlaceOf = (given: Given): RedisPlace | null => {
  const { REDIS_CLUSTER: cluster, REDIS_SENTINELS: sentinels, REDIS_SENTINEL_MASTER: master } = given;
  const own = given.REDIS_HOST === undefined ? undefined : `redis://${given.REDIS_HOST}:${given.REDIS_PORT}`;
  const url = given.REDIS_URL ?? own;
  if (cluster) return { url: url ?? NOBODY_IN_PARTICULAR, cluster };
  if (sentinels && master !== undefined) return { url: url ?? NOBODY_IN_PARTICULAR, sentinels, master };
  return url ?? null;
};

/** What can't be meant. */
export const redisFaults = ({ REDIS_CLUSTER, REDIS_SENTINELS, REDIS_SENTINEL_MASTER }: Given): readonly string[] => [
  ...((REDIS_SENTINELS === undefined) === (REDIS_SENTINEL_MASTER === undefined)
    ? []
    : ['REDIS_SENTINELS, REDIS_SENTINEL_MASTER: must be set together']),
  ...(REDIS_CLUSTER !== undefined && REDIS_SENTINELS !== undefined
    ? ['REDIS_CLUSTER: must not be set beside REDIS_SENTINELS']
    : []),
];
