import { parseArgs } from 'node:util';
import { distributionPlan, migrate, migrationPlan, migrationState } from '@rappit/persistence';
import { type Config, ConfigInvalid } from '../config.js';
import { misused } from './ends.js';

/** Where the owner of the tables connects: outside production one URL is enough. */
export const ownerOf = ({ ownerUrl, databaseUrl }: Config): string => {
  const owner = ownerUrl ?? databaseUrl;
  if (!owner) throw new ConfigInvalid(['DATABASE_OWNER_URL: must be set to work as the owner of the tables']);
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

const ON_PAPER = `-- For a cluster of Citus 13.2, on a schema that is migrated and still local. Not run by this command, nor by any of our tests:
-- try it on a copy first (docs/scaling.md).`;

const distribute = async (config: Config, say: Say): Promise<void> => {
  const { faults, statements } = await distributionPlan(config.databaseUrl ?? ownerOf(config));
  const sql = ['BEGIN', ...statements, 'COMMIT'].map((statement) => `${statement};`).join('\n');
  say({ run: false, faults, statements }, faults.length > 0 ? faults.join('\n') : `${ON_PAPER}\n${sql}`);
  if (faults.length > 0) process.exitCode = 1;
};

const actions: Readonly<Record<string, (config: Config, say: Say) => Promise<void>>> = { up, status, plan };

const options = { json: { type: 'boolean' }, citus: { type: 'boolean' }, plan: { type: 'boolean' } } as const;

/**
 * `rappit migrate [up|status|plan] [--json]`: brings the database to the newest schema, says which migrations it has, or what would be
 * run. `status` ends with 1 while any is pending. Nothing but `up` changes anything.
 * `rappit migrate --citus --plan [--json]`: the statements that spread the tables over a cluster; ends with 1 where the schema forbids it.
 */
export const migrateCommand = async (config: Config, args: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [name = 'up', ...more] = positionals;
  const { citus = false, plan: planned = false } = values;
  const action = citus ? distribute : actions[name];
  // Whoever asks for a cluster without asking for its plan must not be taken for somebody who migrates.
  if (!action || more.length > 0 || citus !== planned || (citus && positionals.length > 0))
    return misused('rappit migrate [up|status|plan | --citus --plan] [--json]');
  await action(config, (json, text) => console.log(values.json ? JSON.stringify(json) : text));
};
