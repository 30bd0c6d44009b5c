/**
 * Unpacks the packages as a user gets them and loads every entry in both ways. What import() and require() answer has to be
 * one and the same module, so that classes and symbols exist once; a top-level await anywhere makes require() throw.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { manifestOf, packInto, publishedFolders, root } from './packages.mjs';

// Below the repository, so that the libraries are found in its node_modules while our own packages are the unpacked ones.
mkdirSync(join(root, 'tmp'), { recursive: true });
const consumer = mkdtempSync(join(root, 'tmp', 'smoke-'));
after(() => rmSync(consumer, { recursive: true, force: true }));

for (const { name, tarball } of packInto(consumer)) {
  const folder = join(consumer, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder]);
  assert.equal(status, 0, `${tarball} can't be unpacked`);
}

const require = createRequire(join(consumer, 'consumer.cjs'));

for (const { name, exports } of publishedFolders.map(manifestOf)) {
  for (const subpath of Object.keys(exports)) {
    const entry = `${name}${subpath.slice(1)}`;
    test(`${entry} can be imported and required, and is the same both times`, async () => {
      const path = require.resolve(entry);
      assert.ok(path.startsWith(consumer), `${entry} is the unpacked one`);
      // In this order: what was imported already could be required in spite of a top-level await.
      const required = require(entry);
      assert.equal(await import(pathToFileURL(path).href), required);
    });
  }
}
