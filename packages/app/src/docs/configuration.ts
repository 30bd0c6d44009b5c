import { isSecretName } from '../secret-names.js';
import { variablesInWords } from '../variables-in-words.js';
import { made, table } from './page.js';

/** docs/configuration.md: every variable. */
export const configurationDocument = (): string => {
  const rows = variablesInWords.map(({ name, says, example, otherwise = 'nothing' }) => [
    `\`${name}\``,
    says,
    `\`${example}\``,
    otherwise,
    isSecretName(name) || /_URL$/.test(name) ? 'yes' : '',
  ]);
  return `# Configuration

${made}

All of it is read from the environment once, when a process starts, and everything that is wrong is said at once. A variable that is set to an empty
text counts as not set. Each may also be read from a file: \`NAME_FILE\` leads to it, as orchestrators hand out secrets; a line break at the file's end
isn't a part of it. What is secret, or may hold a login, is never logged.

In production the safety gates say which of them have to be set, and to what ([PRODUCTION_SAFETY_GATES.md](PRODUCTION_SAFETY_GATES.md)).

${table(['Variable', 'What it is for', 'Such as', 'Unless set', 'Kept secret'], rows)}
`;
};
