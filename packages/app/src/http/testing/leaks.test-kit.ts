import type { FakeMeter } from '@rappit/testing/fakes';
import { leaksIn, secretsIn } from '../../../../../test/markers.js';
import type { Answer } from './client.test-kit.js';

/** Everything of a world that strangers may get to see, and what is stored of its secrets. */
export type Seen = {
  readonly log: string;
  readonly meter: Pick<FakeMeter, 'measured'>;
  /** Answers of 400 and above. */
  readonly refusals: readonly Pick<Answer, 'text' | 'headers'>[];
  /** The whole database as text. */
  readonly stored: string;
};

/** Stops when a mark of a fixture, or the shape of a token, is where it may not be. Each suite ends with this. */
export const expectNoLeak = ({ log, meter, refusals, stored }: Seen): void => {
  const labels = new Set(meter.measured().map(({ name, labels: own }) => `${name} ${JSON.stringify(own)}`));
  const leaks = [
    ...leaksIn('the log', log),
    ...[...labels].flatMap((one) => leaksIn('a metric', one)),
    ...refusals.flatMap(({ text, headers }) => leaksIn('a refusal', `${text} ${JSON.stringify([...headers])}`)),
    ...secretsIn('the database', stored),
  ];
  if (leaks.length > 0) throw new Error(`something leaked:\n${[...new Set(leaks)].join('\n')}`);
};
