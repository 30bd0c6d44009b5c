import { demoCommand } from './cli/demo.js';
import { eraseCommand } from './cli/erase.js';
import { exportCommand } from './cli/export.js';
import { gatesCommand } from './cli/gates.js';
import { migrateCommand } from './cli/migrate.js';
import { channelsCommand } from './cli/read-channels.js';
import { reconcileCommand } from './cli/reconcile.js';
import { rotateKeysCommand } from './cli/rotate-keys.js';
import { seedCommand } from './cli/seed.js';
import { serveCommand, workCommand } from './cli/serve.js';
import { smokeCommand } from './cli/smoke.js';
import { usersCommand } from './cli/users.js';
import { type Config, ConfigInvalid, readConfig, readPart } from './config.js';
import type { Given } from './gates/gate.js';
import { lastWords } from './last-words.js';
import { withSecretFiles } from './secret-files.js';
import { variablesInWords } from './variables-in-words.js';

const usage = `rappit serve      the API and the background jobs (default)
rappit worker     the background jobs alone, beside servers
rappit migrate    bring the database of DATABASE_OWNER_URL, or DATABASE_URL, to the newest schema; status; plan; --citus --plan; --json
rappit gates      say whether this environment may start in production, and all that is in the way; --probe; --json
rappit reconcile  check the books of all organizations, or of --organization ID; --json; ends with 1 on any difference
rappit rotate-keys  seal all stored credentials with the first of CREDENTIAL_KEYS; --organization ID; --json
rappit users      disable EMAIL or enable EMAIL: shut somebody out of the whole installation, or end that; --json
rappit channels   read --kind shopify|woocommerce --dir DIR: say what would become of a folder of webhooks; --topic TOPIC; --json
rappit export     --organization ID --to FOLDER: all that is kept for an organization, as JSON lines, without what is secret; --json
rappit erase      --organization ID --confirm NAME: remove an organization and all that is kept for it, as DATABASE_OWNER_URL; --json
rappit smoke      --url URL: the smoke tests against a running installation; --email EMAIL; --carrier NAME|none; --until-refused; --json
rappit seed       --url URL: fill an organization that has nothing yet with places, goods, stock and orders; --email EMAIL; --register NAME; --json
rappit demo       the whole of Rappit in one terminal, with everything of its own; --order FILE: with a Shopify order of yours; --json
rappit help       this

0 is the end of what went well, 1 of what didn't, 2 of what nobody understood.
`;

type Command = (given: Given, args: readonly string[]) => Promise<void>;

const configured =
  (run: (config: Config, args: readonly string[]) => Promise<void>): Command =>
  (given, args) =>
    run(readConfig(given), args);

/** What needs a database and nothing else. */
const ofDatabase =
  (run: (config: Config, args: readonly string[]) => Promise<void>): Command =>
  (given, args) =>
    run(
      readPart(given, (name) => name.startsWith('DATABASE_') && Boolean(given[name])),
      args,
    );

const commands: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  worker: workCommand,
  migrate: ofDatabase(migrateCommand),
  export: ofDatabase(exportCommand),
  erase: ofDatabase(eraseCommand),
  gates: gatesCommand,
  reconcile: configured(reconcileCommand),
  'rotate-keys': configured(rotateKeysCommand),
  users: configured(usersCommand),
  channels: channelsCommand,
  smoke: smokeCommand,
  seed: seedCommand,
  demo: demoCommand,
  help: async () => console.log(usage),
};

/** Thrown by `parseArgs` for an option that a command doesn't have. What it quotes is what was typed. */
const isUnknownOption = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');

const [name = 'serve', ...args] = process.argv.slice(2);
const asked = args.includes('--help') || name === '--help' ? 'help' : name;
const command = commands[asked];
const { given, faults } = withSecretFiles(
  process.env,
  variablesInWords.map((variable) => variable.name),
);
if (!command) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    if (faults.length > 0 && asked !== 'help') throw new ConfigInvalid(faults);
    await command(given, args);
  } catch (error) {
    const unknown = isUnknownOption(error);
    console.error(unknown ? error.message : lastWords(error, given));
    process.exitCode = unknown ? 2 : 1;
  }
}
