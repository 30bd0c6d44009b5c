/**
 * Does what an embedder does: in a folder of its own, installs the packed domain and testing kit, type-checks the examples of
 * docs/examples, and runs them: those of embedding as ES modules and by require(), the tests of a carrier of one's own by node:test.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packInto, root } from './packages.mjs';

/** What each example says when it is run. */
const expected = {
  'embedding/place-an-order.mjs': '1001 reserved',
  'embedding/place-an-order.cjs': '1001 reserved',
  'embedding/nearest-warehouse.mjs': '8 laws kept; 0 from 2310 km, 5 from 240 km, 2 from 520 km',
};

const run = (command, args, cwd) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout.trim();
};

const folder = mkdtempSync(join(tmpdir(), 'rappit-embedding-'));
try {
  for (const name of ['embedding', 'carrier']) cpSync(join(root, 'docs/examples', name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'embedder', private: true }));
  const wanted = packInto(folder).filter(({ name }) => ['@rappit/domain', '@rappit/testing'].includes(name));
  run('npm', ['install', '--no-audit', '--no-fund', ...wanted.map(({ tarball }) => tarball)], folder);
  const compiler = {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compiler, outDir: 'out', rootDir: '.' }, include: ['*/*.mts', '*/*.cts'] }),
  );
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], folder);
  for (const [file, saying] of Object.entries(expected)) {
    const said = run(process.execPath, [join('out', file)], folder);
    console.log(`${file.padEnd(32)} ${said}`);
    if (said !== saying) throw new Error(`${file} should have said "${saying}"`);
  }
  const kept = /^# pass (\d+)$/m.exec(run(process.execPath, ['--test', '--test-reporter=tap', join('out', 'carrier/')], folder));
  console.log(`${'carrier/pigeon-post.test.mjs'.padEnd(32)} ${kept?.[1] ?? 'no'} promises kept`);
  if (!(Number(kept?.[1]) > 30)) throw new Error('the contract of a carrier has more promises than that');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
