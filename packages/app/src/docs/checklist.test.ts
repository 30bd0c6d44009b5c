import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gates } from '../gates/gates.js';
import { checklist } from './checklist-items.js';

const root = join(__dirname, '../../../..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const main = readFileSync(join(root, 'packages/app/src/rappit.ts'), 'utf8');
const ticks = checklist.flatMap(({ items }) => items.map(({ ticked }) => ticked)).join(' ');

/** What another part of the project still owes; each is taken off with what pays it. */
const owed: readonly string[] = ['test:e2e:rate-limiting'];

it('has a section for every gate, and something that ticks every item', () => {
  for (const { id } of gates.filter((gate) => gate.id.startsWith('GATE')))
    expect(checklist.map(({ title }) => title)).toContainEqual(expect.stringContaining(id));
  expect(checklist.flatMap(({ items }) => items).filter(({ ticked }) => ticked === '')).toEqual([]);
});

it('names only scripts and commands that there are', () => {
  const named = [...ticks.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts) && !owed.includes(name))).toEqual([]);
  const commands = [...ticks.matchAll(/`rappit ([\w-]+)/g)].map(([, name = '']) => name);
  expect(commands.filter((name) => !new RegExp(`^ {2}'?${name}'?:`, 'm').test(main))).toEqual([]);
});
