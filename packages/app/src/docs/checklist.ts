import { checklist } from './checklist-items.js';
import { made, table } from './page.js';

/** docs/DEPLOYMENT_CHECKLIST.md: every item with what ticks it. */
export const checklistDocument = (): string => `# Deployment checklist

${made}

Each item says what ticks it: a command that ends with 0, or where somebody looks. \`rappit\` is \`node packages/app/dist/main.js\` in a clone, and the
entry point of the image. The gates are explained in [PRODUCTION_SAFETY_GATES.md](PRODUCTION_SAFETY_GATES.md), variables in
[configuration.md](configuration.md).

${checklist
  .map(
    ({ title, items }) =>
      `## ${title}\n\n${table(
        ['', 'Item', 'Ticked by'],
        items.map(({ item, ticked }) => ['☐', item, ticked]),
      )}`,
  )
  .join('\n\n')}
`;
