import { permissions, roles } from '@rappit/domain';
import { statusOf } from '../http/problem.js';
import { titleOf } from '../http/problem-titles.js';
import type { RefusalCode } from '../http/refusals.js';

const made = '<!-- Made by `npm run docs` from the tables in the code; changes here are lost. -->';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** docs/errors.md: every code that a problem may have, with its status and what it says. */
export const errorsDocument = (): string => {
  const codes = (Object.keys(statusOf) as RefusalCode[]).toSorted();
  const rows = codes.map((code) => [`\`${code}\``, String(statusOf[code]), titleOf[code]]);
  return `# Refusals

${made}

Every answer of 400 and above is a problem document (RFC 9457, \`application/problem+json\`): \`type\`, \`title\`, \`status\`, \`code\`, and the facts of the
case. \`code\` is stable and what a program should look at; \`title\` may be reworded. \`errors\` lists what is wrong with a request as \`{path, message}\`.
What belongs to another organization is answered like what never existed. An answer with \`Retry-After\` may be asked for again as it is.

${table(['Code', 'Status', 'Meaning'], rows)}
`;
};

/** docs/permissions.md: what each role may do. */
export const permissionsDocument = (): string => {
  const rows = Object.entries(permissions).map(([permission, allowed]) => [
    `\`${permission}\``,
    ...roles.map((role) => ((allowed as readonly string[]).includes(role) ? 'yes' : '')),
  ]);
  return `# Who may do what

${made}

A role is held in one organization, and is read at each request. What the own role doesn't allow is answered with 403 \`permission.denied\`; the API
document says of each route which permission it needs.

${table(['Permission', ...roles], rows)}
`;
};

/** Each document by its name in docs/. */
export const documents: Readonly<Record<string, () => string>> = {
  'errors.md': errorsDocument,
  'permissions.md': permissionsDocument,
};
