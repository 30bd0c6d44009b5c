import { parseArgs } from 'node:util';
import { migrate, migrationPlan, migrationState } from '@rappit/persistence';
import { type Config, ConfigInvalid } from '../config.js';

const ownerOf = ({ ownerUrl, databaseUrl }: Config): string => {
  const owner = ownerUrl ?? databaseUrl;
  if (!owner) throw new ConfigInvalid(['DATABASE_OWNER_URL: must be set to migrate']);
  return owner;
};

type Say = (json: object, text: string) => void;

const up = async (config: Config, say: Say): Promise<void> => {
  const { ownerUrl, databaseUrl, doorUrl } = config;
  const urls = ownerUrl && databaseUrl && doorUrl ? { appUrl: databaseUrl, doorUrl } : undefined;
  const { applied } = await migrate(ownerOf(config), urls);
  say({ applied }, applied.length > 0 ? `applied: ${applied.join(', ')}` : 'nothing to apply');
};

const status = async (config: Config, say: Say): Promise<void> => {
  const state = await migrationState(config.databaseUrl ?? ownerOf(config));
  const lines = (['applied', 'pending', 'ahead'] as const).map((what) => `${what}: ${state[what].join(', ') || 'none'}`);
  say(state, lines.join('\n'));
  if (state.pending.length > 0) process.exitCode = 1;
};

const plan = async (config: Config, say: Say): Promise<void> => {
  const { pending } = await migrationState(config.databaseUrl ?? ownerOf(config));
  const statements = migrationPlan(pending);
  say({ statements }, statements.map(({ name, sql }) => `-- ${name}\n${sql.trim()}\n`).join('\n') || '-- nothing to apply');
};

const actions: Readonly<Record<string, (config: Config, say: Say) => Promise<void>>> = { up, status, plan };

/**
 * `rappit migrate [up|status|plan] [--json]`: brings the database to the newest schema, says which migrations it has, or what would be
 * run. `status` ends with 1 while any is pending. Nothing but `up` changes anything.
 */
export const migrateCommand = async (config: Config, args: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: 'boolean' } } });
  const [name = 'up', ...more] = positionals;
  const action = actions[name];
  if (!action || more.length > 0) {
    console.error('expected: rappit migrate [up|status|plan] [--json]');
    process.exitCode = 2;
    return;
  }
  await action(config, (json, text) => console.log(values.json ? JSON.stringify(json) : text));
};
