import { mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { OrganizationId } from '@rappit/domain';
import { type RowCounts, readOrganization, type TakeRows } from '@rappit/persistence';
import type { Config } from '../config.js';
import { openDatabase } from '../database.js';
import { failed, misused } from './ends.js';
import { namedOrganization } from './named-organization.js';

const options = { organization: { type: 'string' }, to: { type: 'string' }, json: { type: 'boolean' } } as const;

/**
 * `rappit export --organization ID --to FOLDER [--json]`: all that is kept for one organization as of one moment, a file of JSON lines for
 * each table that has any, without what is secret. `manifest.json` comes last: without it an export wasn't finished. The folder has to be
 * new or empty, and only who runs the command may read what is in it. Ends with 1 where there is no such organization.
 */
export const exportCommand = async (config: Config, args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({ args: [...args], options });
  const organizationId = namedOrganization(values.organization);
  const folder = values.to;
  if (!organizationId || folder === undefined) return misused('rappit export --organization ID --to FOLDER [--json]');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) return failed(`${folder} is not empty`);
  const counts = await exported(config, organizationId, folder);
  if (!counts) return failed('organization.not_found');
  const tables = Object.fromEntries(Object.entries(counts).filter(([, rows]) => rows > 0));
  const manifest = { organizationId, exportedAt: new Date().toISOString(), tables };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
  console.log(
    values.json
      ? JSON.stringify({ ...manifest, folder })
      : `${rows} rows of ${Object.keys(tables).length} tables are in ${folder}`,
  );
};

const exported = async (config: Config, organizationId: OrganizationId, folder: string): Promise<RowCounts | null> => {
  const database = await openDatabase(config);
  try {
    return await readOrganization(database.appUrl, organizationId, into(folder));
  } finally {
    await database.stop();
  }
};

const into =
  (folder: string): TakeRows =>
  async (table, rows) => {
    const file = await open(join(folder, `${table}.jsonl`), 'a', 0o600);
    try {
      await file.writeFile(`${rows.join('\n')}\n`);
    } finally {
      await file.close();
    }
  };
