import { inspect } from 'node:util';
import { ConfigInvalid, variableOf } from './config.js';
import { GatesClosed } from './gates/gates.js';
import { isSecretName, REDACTED, withoutLogins } from './secret-names.js';
import { exampleOf } from './variables-in-words.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What is shorter stands in many texts by chance, and would be guessed anyhow. */
const SHORTEST_SECRET = 4;

/** A secret whole, and the keys of a list of them (`CREDENTIAL_KEYS`). */
const partsOf = (value: string): readonly string[] => [value, ...value.split(/[\s,:]+/)];

/** The password of a URL as it is written and as it is meant, also where the URL as a whole can't be read. */
const passwordsIn = (value: string): readonly string[] => {
  const password = /^[^:]*:\/\/[^:]*:(.*)@/.exec(value)?.[1] ?? '';
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
};

/** As `inspect` writes a text within an object. */
const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

const secretsOf = (environment: Environment): readonly string[] =>
  Object.entries(environment)
    .flatMap(([name, value = '']) => (isSecretName(name) ? partsOf(value) : passwordsIn(value)))
    .flatMap((secret) => [secret, quoted(secret)])
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .toSorted((a, b) => b.length - a.length);

/** What is wrong with a variable, and what it could look like. */
const withExample = (fault: string): string => {
  const example = exampleOf(variableOf(fault));
  return example === undefined ? fault : `${fault}. Such as ${variableOf(fault)}=${example}`;
};

/**
 * What a command that couldn't start or finish says of it. Errors of drivers and of the language are told whole, since whoever runs a
 * command needs them; but they quote what they were given, so nothing that the environment keeps secret is left in them.
 */
export const lastWords = (error: unknown, environment: Environment): string => {
  if (error instanceof GatesClosed) return error.message;
  if (error instanceof ConfigInvalid)
    return `The configuration is not complete:\n${error.faults.map((fault) => `  ${withExample(fault)}`).join('\n')}`;
  return secretsOf(environment).reduce((text, secret) => text.replaceAll(secret, REDACTED), withoutLogins(inspect(error)));
};
