import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const keys = z.object({ jwtSecret: z.string(), credentialKey: z.string(), demoPassword: z.string() });
export type LocalKeys = z.infer<typeof keys>;

/**
 * The keys of a machine that was given none: made once and kept beside its data, so that sign-ins and sealed secrets survive a restart.
 * Never used in production, where they are configured.
 */
export const localKeys = async (dataDir: string): Promise<LocalKeys> => {
  const file = join(dataDir, 'keys.json');
  await mkdir(dataDir, { recursive: true });
  const made: LocalKeys = {
    jwtSecret: randomBytes(32).toString('hex'),
    credentialKey: randomBytes(32).toString('base64'),
    demoPassword: randomBytes(9).toString('base64url'),
  };
  try {
    await writeFile(file, JSON.stringify(made), { mode: 0o600, flag: 'wx' });
    return made;
  } catch {
    return keys.parse(JSON.parse(await readFile(file, 'utf8')));
  }
};
