import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decisionsDocument } from './decisions.js';

const folder = join(__dirname, '../../../../docs/adr');

it('names every decision by its number and its title, which is a sentence', () => {
  const lines = decisionsDocument(pathToFileURL(`${folder}/`)).split('\n');
  const listed = lines.filter((line) => /^- \d{4}: \[\S.*\]\(\d{4}-[\w-]+\.md\)$/.test(line));
  expect(listed).toHaveLength(readdirSync(folder).filter((name) => /^\d{4}-/.test(name)).length);
  expect(lines).toContain('- 0001: [We publish ES modules only, and Node 20.19 is the floor](0001-esm-on-node-20.md)');
});
