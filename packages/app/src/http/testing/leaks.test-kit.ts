import type { FakeMeter } from '@rappit/testing/fakes';
import { givenSecretsIn, leaksIn, secretsIn } from '../../../../../test/markers.js';
import type { Answer } from './client.test-kit.js';

/** Everything of a world that strangers may get to see, and what is stored of its secrets. */
export type Seen = {
  readonly log: string;
  readonly meter: Pick<FakeMeter, 'measured'>;
  /** Refusals say nothing of anybody; others may show to whoever asked what is theirs, but no secret that they gave us to keep. */
  readonly answers: readonly Pick<Answer, 'status' | 'text' | 'headers'>[];
  /** The whole database as text. */
  readonly stored: string;
};

/** Stops when a mark of a fixture, or the shape of a token, is where it may not be. Each suite ends with this. */
export const expectNoLeak = ({ log, meter, answers, stored }: Seen): void => {
  const labels = new Set(meter.measured().map(({ name, labels: own }) => `${name} ${JSON.stringify(own)}`));
  const leaks = [
    ...leaksIn('the log', log),
    ...[...labels].flatMap((one) => leaksIn('a metric', one)),
    ...answers.flatMap(({ status, text, headers }) => {
      const whole = `${text} ${JSON.stringify([...headers])}`;
      return status < 400 ? givenSecretsIn('an answer', whole) : leaksIn('a refusal', whole);
    }),
    ...secretsIn('the database', stored),
  ];
  if (leaks.length > 0) throw new Error(`something leaked:\n${[...new Set(leaks)].join('\n')}`);
};
