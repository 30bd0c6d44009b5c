#!/usr/bin/env node
import { migrate } from '@rappit/persistence';
import { channelsCommand } from './cli/read-channels.js';
import { reconcileCommand } from './cli/reconcile.js';
import { rotateKeysCommand } from './cli/rotate-keys.js';
import { usersCommand } from './cli/users.js';
import { type Config, ConfigInvalid, readConfig } from './config.js';
import { welcome } from './demo/welcome.js';
import { loggable } from './http/problems/unavailable.js';
import { lastWords } from './last-words.js';
import { startApp } from './start.js';

const usage = `rappit serve      the API and the background jobs (default)
rappit migrate    bring the database of DATABASE_OWNER_URL, or DATABASE_URL, to the newest schema
rappit reconcile  check the books of all organizations, or of --organization ID; --json; ends with 1 on any difference
rappit rotate-keys  seal all stored credentials with the first of CREDENTIAL_KEYS; --organization ID; --json
rappit users      disable EMAIL or enable EMAIL: shut somebody out of the whole installation, or end that
rappit channels   read --kind shopify|woocommerce --dir DIR: say what would become of a folder of webhooks; --topic TOPIC; --json`;

const serve = async (config: Config): Promise<void> => {
  const app = await startApp(config);
  if (config.environment === 'demo') await welcome(config, app);
  const stop = (): void => {
    void app.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Left to itself, Node would print the error whole, and a driver's error quotes what somebody sent.
  process.once('uncaughtException', (error) => {
    console.error(JSON.stringify({ crashed: loggable(error) }));
    process.exit(1);
  });
};

const migrateDatabase = async ({ ownerUrl, databaseUrl, doorUrl }: Config): Promise<void> => {
  const owner = ownerUrl ?? databaseUrl;
  if (!owner) throw new ConfigInvalid(['DATABASE_OWNER_URL: must be set to migrate']);
  const { applied } = await migrate(owner, ownerUrl && databaseUrl && doorUrl ? { appUrl: databaseUrl, doorUrl } : undefined);
  console.log(applied.length > 0 ? `applied: ${applied.join(', ')}` : 'nothing to apply');
};

type Command = (config: Config, args: readonly string[]) => Promise<void>;

const commands: Readonly<Record<string, Command>> = {
  serve,
  migrate: migrateDatabase,
  reconcile: reconcileCommand,
  'rotate-keys': rotateKeysCommand,
  users: usersCommand,
  channels: channelsCommand,
};

const command = commands[process.argv[2] ?? 'serve'];
if (!command) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    await command(readConfig(process.env), process.argv.slice(3));
  } catch (error) {
    console.error(lastWords(error, process.env));
    process.exitCode = 1;
  }
}
