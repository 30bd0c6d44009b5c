import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { putInto } from './page.mjs';

const committed = new URL('../docs/performance.md', import.meta.url);

for (const bench of ['orders', 'lists', 'limits'])
  test(`a table of bench:${bench} takes the place of the last one, and leaves the rest of the page as it is`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-page-'));
    const file = join(folder, 'page.md');
    await writeFile(file, await readFile(committed, 'utf8'));
    await putInto(file, bench, '| first |');
    const first = await readFile(file, 'utf8');
    await putInto(file, bench, '| second |');
    assert.equal(await readFile(file, 'utf8'), first.replace('| first |', '| second |'));
    assert.notEqual(first.indexOf('| first |'), -1);
    await writeFile(file, 'no place');
    await assert.rejects(putInto(file, bench, '| third |'), /lacks the lines/);
    await rm(folder, { recursive: true });
  });
