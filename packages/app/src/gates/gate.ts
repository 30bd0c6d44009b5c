import type { CarrierCode } from '../carrier-config.js';

/** Variables as they were set, secrets from files included. An empty text is still there, as it says something. */
export type Given = Readonly<Record<string, string | undefined>>;

/** What a database said of itself; `away` when it didn't answer. */
export type DatabaseProbe =
  | 'away'
  | {
      /** Migrations that it lacks. */
      readonly pending: readonly string[];
      /** Migrations that it has and we don't know: a newer version was here. */
      readonly ahead: readonly string[];
      /** Working roles that could look past row-level security. */
      readonly mightyRoles: readonly string[];
      /** Tables of tenants whose policies aren't forced. */
      readonly unforcedTables: readonly string[];
      /** Checks that keep a stock level within its bounds, and aren't there or weren't validated. */
      readonly missingChecks: readonly string[];
      /** Settings under which a commit that was answered can be lost, such as `fsync`. */
      readonly undurable: readonly string[];
    };

export type CarrierProbe = 'authorized' | 'unauthorized' | 'unavailable';

/** What was asked of the world. What isn't there wasn't asked, and keeps nobody from anything. */
export type Probes = {
  readonly database?: DatabaseProbe;
  readonly redis?: 'up' | 'away';
  readonly carriers?: Readonly<Partial<Record<CarrierCode, CarrierProbe>>>;
  /** Paths of the routes that a server would have. */
  readonly routes?: readonly string[];
};

export type Asked = {
  readonly given: Given;
  /** What `config.ts` says is wrong, each beginning with its variable. */
  readonly faults: readonly string[];
  readonly probes: Probes;
};

export type Reason = {
  readonly verdict: 'NO-GO' | 'warning';
  /** A variable, or what was probed. */
  readonly about: string;
  readonly message: string;
};

/**
 * One gate on the way to production.
 * - `reasons` answers all of them, and looks at nothing but what it is given.
 * - It owns variables: whatever `config.ts` finds wrong with one of them is said here.
 */
export type Gate = {
  readonly id: string;
  readonly title: string;
  /** What has to hold, in words. The document is made of them. */
  readonly rule: readonly string[];
  readonly owns: (variable: string) => boolean;
  readonly reasons: (asked: Asked) => readonly Reason[];
};

export const noGo = (about: string, message: string): Reason => ({ verdict: 'NO-GO', about, message });
export const warning = (about: string, message: string): Reason => ({ verdict: 'warning', about, message });

/** Whether a variable has a text that says anything. */
export const isSet = (given: Given, name: string): boolean => (given[name] ?? '') !== '';

/** Of these variables, each that isn't set. */
export const missing = (given: Given, names: readonly string[]): readonly Reason[] =>
  names.filter((name) => !isSet(given, name)).map((name) => noGo(name, 'must be set when NODE_ENV is production'));

/** `<your-key>` and the like, as documents write what somebody has yet to fill in. */
const isPlaceholder = (text: string): boolean => /^<.*>$/.test(text.trim());

/** Of these variables, each that still holds what a document says in place of a value. */
export const unfilled = (given: Given, names: readonly string[]): readonly Reason[] =>
  names
    .filter((name) => isPlaceholder(given[name] ?? ''))
    .map((name) => noGo(name, 'must be a value of yours: it still is what stands for one in a document'));
