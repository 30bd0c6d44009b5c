import { join } from 'node:path';
import { migrate, pendingMigrations, type WorkingUrls, workingUrls } from '@rappit/persistence';
import { ensureDatabase, startEmbeddedPostgres } from '@rappit/persistence/embedded';
import type { Config } from './config.js';
import { whenItAnswers } from './patience.js';

export type Database = WorkingUrls & { readonly embedded: boolean; readonly stop: () => Promise<void> };

/**
 * A database that is ready to be worked on.
 * - Nothing configured: an embedded PostgreSQL in the data folder, with durable settings.
 * - Outside production one URL, the owner's, is enough: it is migrated, and the working roles are made from it.
 * - One that doesn't answer yet is waited for: a start needs no order.
 * - In production nothing is migrated by starting, and starting on a schema that lacks something is refused.
 */
export const openDatabase = async (config: Config): Promise<Database> => {
  const nothing = (): Promise<void> => Promise.resolve();
  if (config.databaseUrl === null) return embedded(config);
  if (config.environment !== 'production' && config.doorUrl === null) {
    const ownerUrl = config.ownerUrl ?? config.databaseUrl;
    const urls = await whenItAnswers(config.startPatienceMs, () => migrate(ownerUrl));
    return { ...urls, embedded: false, stop: nothing };
  }
  const urls = { appUrl: config.databaseUrl, doorUrl: config.doorUrl ?? workingUrls(config.databaseUrl).doorUrl };
  const pending = await whenItAnswers(config.startPatienceMs, () => pendingMigrations(urls.appUrl));
  if (pending.length > 0) throw new Error(`the database lacks migrations: ${pending.join(', ')}. Run "rappit migrate" first.`);
  return { ...urls, embedded: false, stop: nothing };
};

const embedded = async (config: Config): Promise<Database> => {
  const postgres = await startEmbeddedPostgres({ dataDir: join(config.dataDir, 'postgres'), mode: 'durable' });
  try {
    const urls = await migrate(await ensureDatabase(postgres, 'rappit'));
    return { ...urls, embedded: true, stop: postgres.stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
};
