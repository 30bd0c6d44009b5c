import type { Cluster, Redis } from 'ioredis';
import { slidingWindows } from './sliding-window.js';

declare module 'ioredis' {
  interface RedisCommander {
    /** `slidingWindows`: how many keys, the keys, then three arguments of each. */
    chargeWindows(...keysAndArguments: readonly (string | number)[]): Promise<number[]>;
  }
}

/** What rate-limiter-flexible hands over of one charge: the key, the points, the seconds of the key, and the points and seconds of the limit. */
type Asked = readonly [key: string, points: string, keySeconds: string, limit: string, seconds: string];
type Charge = {
  readonly asked: Asked;
  readonly answer: (standing: [number, number]) => void;
  readonly fail: (error: unknown) => void;
};

/** The part of ioredis that rate-limiter-flexible asks of its client. */
export type GatheredCharges = {
  readonly status: string;
  readonly rlflxIncr: (asked: Asked) => Promise<[used: number, againMs: number]>;
};

/** So many go in one step, in which Redis does nothing else. */
const AT_ONCE = 100;

/**
 * A client for rate-limiter-flexible that sends what is charged in one turn of the event loop together, in the order in which it came:
 * asking Redis costs several times what charging does. In a Cluster the keys of one home go together, since they lie on one node.
 */
export const gatheredCharges = (connection: Redis | Cluster): GatheredCharges => {
  connection.defineCommand('chargeWindows', { lua: slidingWindows });
  const groupOf = connection.isCluster ? homeOf : () => '';
  let waiting = new Map<string, Charge[]>();
  const sendAll = (): void => {
    const groups = waiting;
    waiting = new Map();
    for (const charges of groups.values())
      for (let from = 0; from < charges.length; from += AT_ONCE) send(connection, charges.slice(from, from + AT_ONCE));
  };
  return {
    get status() {
      return connection.status;
    },
    rlflxIncr: (asked) =>
      new Promise((answer, fail) => {
        if (waiting.size === 0) setImmediate(sendAll);
        const [group, charge] = [groupOf(asked[0]), { asked, answer, fail }];
        const others = waiting.get(group);
        if (others) others.push(charge);
        else waiting.set(group, [charge]);
      }),
  };
};

const send = (connection: Redis | Cluster, charges: readonly Charge[]): void => {
  const keys = charges.map(({ asked: [key] }) => key);
  const sizes = charges.flatMap(({ asked: [, points, , limit, seconds] }) => [points, limit, seconds]);
  connection.chargeWindows(keys.length, ...keys, ...sizes).then(
    (standings) => {
      for (const [index, { answer }] of charges.entries()) answer([standings[2 * index] ?? 0, standings[2 * index + 1] ?? 0]);
    },
    (error: unknown) => {
      for (const { fail } of charges) fail(error);
    },
  );
};

/** What a key has between braces says where in a Cluster it lies. */
const homeOf = (key: string): string => key.slice(key.indexOf('{'), key.indexOf('}'));
