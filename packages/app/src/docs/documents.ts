import { type PublicEvent, permissions, publicEvents, roles } from '@rappit/domain';
import { doorRights } from '@rappit/persistence';
import { statusOf } from '../http/problems/problem.js';
import { titleOf } from '../http/problems/problem-titles.js';
import type { RefusalCode } from '../http/problems/refusals.js';
import { checklistDocument } from './checklist.js';
import { configurationDocument } from './configuration.js';
import { gatesDocument } from './gates.js';
import { made, table } from './page.js';
import { statesDocument } from './states.js';

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

/** docs/doors.md: what may be read without knowing the organization. */
export const doorsDocument = (): string => {
  const rows = Object.entries(doorRights).map(([name, { columns, why }]) => [
    `\`${name}\``,
    columns.map((column) => `\`${column}\``).join(', '),
    why,
  ]);
  return `# Doors

${made}

A few things have to be found before it is known whose they are. Each is a door: a statement in \`packages/adapters/persistence/src/doors.ts\`, run by
a second role that reads the columns below and no others, and writes nothing. A test compares them with the database's catalogue.

${table(['Table', 'Columns', 'Why'], rows)}
`;
};

/** docs/events.md: what webhook endpoints may be told of. */
export const eventsDocument = (): string => {
  const rows = Object.entries<PublicEvent>(publicEvents).map(([type, { means, aggregate, data }]) => [
    `\`${type}\``,
    means,
    aggregate,
    Object.keys(data)
      .map((name) => `\`${name}\``)
      .join(', '),
  ]);
  const fields = Object.entries(
    Object.fromEntries(Object.values<PublicEvent>(publicEvents).flatMap(({ data }) => Object.entries(data))),
  ).map(([name, { is, means }]) => [`\`${name}\``, is, means]);
  return `# Events

${made}

What happens in an organization is told to its webhook endpoints (\`webhook-endpoints\` in the API), each of which chooses from these. The API document
holds the schema of each below \`webhooks\`. A type and its fields stay as they are; fields may be added.

- A call is a POST with \`type\`, \`timestamp\` (when it happened), \`aggregateId\`, \`aggregateVersion\` and \`data\`, signed as
  [Standard Webhooks](https://www.standardwebhooks.com) says: \`webhook-id\`, \`webhook-timestamp\` and \`webhook-signature\`, which its libraries verify with
  the endpoint's secret. After a secret was replaced, each call is signed with the old one too for 24 hours.
- An event comes at least once: one that came twice has the same \`webhook-id\`. Events of one aggregate come in the order of their versions; one that was
  given up, or sent again by hand, is out of it.
- A 2xx within 15 seconds is a delivery. Anything else, a redirect too, is tried again for 24 hours with growing waits, no sooner than a \`Retry-After\` asks.
- An endpoint to which nothing came through for 24 hours, or which answers 410, is disabled, and the admins are told by mail. What was on its way is
  given up, and can be sent again from the log of its deliveries, which is kept for 30 days.

${table(['Type', 'What happened', 'In order within', 'Data'], rows)}

${table(['Field', 'Is', 'Meaning'], fields)}
`;
};

/** Each document by its name in docs/. */
export const documents: Readonly<Record<string, () => string>> = {
  'DEPLOYMENT_CHECKLIST.md': checklistDocument,
  'PRODUCTION_SAFETY_GATES.md': gatesDocument,
  'configuration.md': configurationDocument,
  'doors.md': doorsDocument,
  'errors.md': errorsDocument,
  'events.md': eventsDocument,
  'permissions.md': permissionsDocument,
  'states.md': statesDocument,
};
