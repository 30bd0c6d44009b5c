import { readdirSync, readFileSync } from 'node:fs';

/** What was decided, by the number of each decision and its title, from the files themselves. */
export const decisionsDocument = (folder: URL): string => {
  const files = readdirSync(folder).filter((name) => /^\d{4}-.*\.md$/.test(name));
  const lines = files.sort().map((name) => {
    const [title = ''] = readFileSync(new URL(name, folder), 'utf8').split('\n');
    return `- ${name.slice(0, 4)}: [${title.replace(/^# (\d{4}: )?/, '')}](${name})`;
  });
  return `# What was decided, and why

One screen each: what the forces were, what was decided, and what follows from it. \`npm run docs\` writes this list.

${lines.join('\n')}
`;
};
