import type { Signals } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual } from './expecting.js';

export type SignalsWorld = {
  readonly signals: Signals;
  /** What a listener has thrown. */
  readonly reported: () => readonly unknown[];
};

const listening = ({ signals }: SignalsWorld, topic: string) => {
  const heard: string[] = [];
  const hear = (key: string): void => void heard.push(key);
  return { heard, hear, stop: signals.subscribe(topic, hear) };
};

export const signalsContract: readonly ContractCase<SignalsWorld>[] = [
  {
    promise: 'are heard by everybody who listens to their topic when publishing returns, once, and by nobody else',
    keeps: async (world) => {
      const [first, second, other] = [listening(world, 'access'), listening(world, 'access'), listening(world, 'plan')];
      world.signals.publish({ topic: 'access', key: 'u1' });
      world.signals.publish({ topic: 'access', key: 'u2' });
      expectEqual([first.heard, second.heard, other.heard], [['u1', 'u2'], ['u1', 'u2'], []], 'who heard what');
    },
  },
  {
    promise: 'are heard no more after unsubscribing, also when the same function listens twice',
    keeps: async (world) => {
      const { heard, hear, stop } = listening(world, 'access');
      world.signals.subscribe('access', hear);
      stop();
      stop();
      world.signals.publish({ topic: 'access', key: 'u1' });
      expectEqual(heard, ['u1'], 'what was heard');
    },
  },
  {
    promise: 'reach the others when one listener throws, which is reported',
    keeps: async (world) => {
      const fault = new Error('a listener of its own mind');
      world.signals.subscribe('access', () => {
        throw fault;
      });
      const { heard } = listening(world, 'access');
      world.signals.publish({ topic: 'access', key: 'u1' });
      expectEqual([heard, world.reported()], [['u1'], [fault]], 'what was heard, and what was reported');
    },
  },
];
