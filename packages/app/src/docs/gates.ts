import { gates } from '../gates/gates.js';
import { made } from './page.js';

/** docs/PRODUCTION_SAFETY_GATES.md: what has to hold before a server starts in production. */
export const gatesDocument = (): string => `# Production safety gates

${made}

With \`NODE_ENV=production\` a server passes these gates before anything else. One NO-GO stops it with exit code 1, and every reason is said at once, never
only the first. Warnings are said by \`rappit gates\` and stop nothing. Names of hosts, paths and databases are taken apart into words, never searched for
letters. No value is ever repeated.

| Command | What it does |
| --- | --- |
| \`rappit gates\` | judges this environment as one for production; ends with 1 on any NO-GO |
| \`rappit gates --probe\` | asks database, Redis and carriers as well, and changes nothing |
| \`rappit gates --json\` | the same for machines |
| \`npm run start:dev\` | builds and starts: with \`NODE_ENV=production\` it ends with 1 on any NO-GO |

${gates.map(({ id, title, rule }) => `## ${id}: ${title}\n\n${rule.map((sentence) => `- ${sentence}`).join('\n')}`).join('\n\n')}
`;
