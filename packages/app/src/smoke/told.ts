import type { Account } from '../cli/account.js';

export type SmokeAsked = Account & {
  /** Whose label is bought, or `none`. */
  readonly carrier: string;
  /** Sign in wrongly until that is refused, from this address. */
  readonly untilRefused: boolean;
};

export type Outcome = {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'leftOut';
  /** What was seen, or what went wrong. */
  readonly says: string;
};

export type Smoked = { readonly passed: boolean; readonly tests: readonly Outcome[] };

/** What a test that passed saw, and hands on to the next. Without a value it was left out. */
export type Told<Value> = { readonly says: string; readonly value?: Value };

const words = { passed: 'passed', failed: 'FAILED', leftOut: 'left out' } as const;

export const smokeTold = ({ passed, tests }: Smoked): string =>
  [
    ...tests.map(({ name, outcome, says }) => `${name.padEnd(12)} ${words[outcome].padEnd(9)} ${says}`),
    passed ? 'all is well' : 'not all is well',
  ].join('\n');
