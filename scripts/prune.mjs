/** tsc leaves what it once compiled. A file of dist whose source is gone would still be imported, and published. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolders } from './packages.mjs';

for (const folder of packageFolders) {
  const dist = join(folder, 'dist');
  if (!existsSync(dist)) continue;
  for (const file of readdirSync(dist, { recursive: true })) {
    const source = /^(.*)\.(?:js|d\.ts)(?:\.map)?$/.exec(file)?.[1];
    if (source && !existsSync(join(folder, 'src', `${source}.ts`))) rmSync(join(dist, file));
  }
}
