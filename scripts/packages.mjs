import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Every workspace, as absolute folders. */
export const packageFolders = ['packages', 'packages/adapters']
  .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
  .filter((folder) => existsSync(join(folder, 'package.json')));

export const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** What is published. The app isn't. */
export const publishedFolders = packageFolders.filter((folder) => !manifestOf(folder).private);

/** Packs all published packages at once; answers name and path of each tarball. */
export const packInto = (destination) => {
  const folders = publishedFolders.flatMap((folder) => ['--workspace', folder]);
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--json', '--pack-destination', destination, ...folders], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`);
  const packed = JSON.parse(stdout);
  return Object.values(packed).map(({ name, filename, files }) => ({ name, tarball: join(destination, filename), files }));
};
