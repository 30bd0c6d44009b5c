#!/usr/bin/env node
import { migrate } from '@rappit/persistence';
import { type Config, ConfigInvalid, readConfig } from './config.js';
import { welcome } from './demo/welcome.js';
import { startApp } from './start.js';

const usage = `rappit serve      the API and the background jobs (default)
rappit migrate    bring the database of DATABASE_OWNER_URL, or DATABASE_URL, to the newest schema`;

const serve = async (config: Config): Promise<void> => {
  const app = await startApp(config);
  if (config.environment === 'demo') await welcome(config, app);
  const stop = (): void => {
    void app.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

const migrateDatabase = async ({ ownerUrl, databaseUrl, doorUrl }: Config): Promise<void> => {
  const owner = ownerUrl ?? databaseUrl;
  if (!owner) throw new ConfigInvalid(['DATABASE_OWNER_URL: must be set to migrate']);
  const { applied } = await migrate(owner, ownerUrl && databaseUrl && doorUrl ? { appUrl: databaseUrl, doorUrl } : undefined);
  console.log(applied.length > 0 ? `applied: ${applied.join(', ')}` : 'nothing to apply');
};

const commands: Readonly<Record<string, (config: Config) => Promise<void>>> = { serve, migrate: migrateDatabase };

const command = commands[process.argv[2] ?? 'serve'];
if (!command) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    await command(readConfig(process.env));
  } catch (error) {
    console.error(
      error instanceof ConfigInvalid
        ? `The configuration is not complete:\n${error.faults.map((fault) => `  ${fault}`).join('\n')}`
        : error,
    );
    process.exitCode = 1;
  }
}
