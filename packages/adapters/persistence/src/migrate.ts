import { runMigrations } from 'graphile-worker';
import type { Knex } from 'knex';
import { migrationsIn } from './inspect.js';
import { migrationSource } from './migrations/index.js';
import { pgPool, withKnex } from './pools.js';
import { grantRights, type WorkingUrls, workingUrls } from './roles.js';

export type Migrated = WorkingUrls & { readonly applied: readonly string[] };

/**
 * Brings a database to the newest schema, makes the two working roles and gives them their rights. Run as the owner, who is no superuser.
 * Safe to repeat. Without `urls` the working roles' URLs are derived from the owner's.
 */
export const migrate = (ownerUrl: string, urls: WorkingUrls = workingUrls(ownerUrl)): Promise<Migrated> =>
  withKnex(ownerUrl, async (owner) => {
    const [, applied] = (await owner.migrate.latest({ migrationSource })) as [number, string[]];
    await grantRights(owner, urls);
    await migrateQueue(urls.doorUrl);
    return { ...urls, applied };
  });

/** The job queue keeps its own schema, which belongs to the door's role. */
const migrateQueue = async (doorUrl: string): Promise<void> => {
  const pgPoolOfDoor = pgPool(doorUrl, 1);
  try {
    await runMigrations({ pgPool: pgPoolOfDoor });
  } finally {
    await pgPoolOfDoor.end();
  }
};

/** Names of the migrations that a database still lacks. One that is ahead of us lacks none: a release can be rolled back. */
export const pendingMigrations = (url: string): Promise<readonly string[]> => withKnex(url, lackingIn);

/** The same on connections that there are. */
export const lackingIn = async (knex: Knex): Promise<readonly string[]> => (await migrationsIn(knex)).pending;
