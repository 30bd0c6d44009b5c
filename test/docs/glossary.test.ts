import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const lines = readFileSync(join(root, 'docs/glossary.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('- '));

const entries = lines.flatMap((line) => {
  const found = /^- \*\*(?<word>[^*]+)\*\*: (?<meaning>.+) \(`(?<file>[^`]+)`\)$/.exec(line)?.groups;
  return found ? [{ word: found['word'] ?? '', meaning: found['meaning'] ?? '', file: found['file'] ?? '' }] : [];
});

describe('docs/glossary.md', () => {
  it('says of each word what it means and where it lives', () => {
    expect(entries.length).toBeGreaterThan(70);
    expect(lines.length).toBe(entries.length);
    for (const { word, meaning } of entries) expect(`${word}: ${meaning}`).toMatch(/: .{15,}\.$/);
  });

  it('names only files that exist', () => {
    expect(entries.map(({ file }) => file).filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('explains each word once', () => {
    const words = entries.map(({ word }) => word.toLowerCase());
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  it.each([
    'on hand',
    'reserved',
    'available',
    'backorder',
    'reservation',
    'pin',
    'ledger',
    'unknown outcome',
    'unmapped item',
    'outbox',
    'dead letter',
    'idempotency key',
    'unit of work',
    'door',
    'lane',
    'sweep',
    'nudge',
  ])('explains %s', (word) => {
    expect(entries.map((entry) => entry.word.toLowerCase())).toContain(word);
  });
});
