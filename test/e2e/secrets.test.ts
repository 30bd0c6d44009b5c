import { freshDatabase, type TestDatabase } from '../database.js';
import { SECRET } from '../markers.js';
import { answerOfReady, startProcess } from './app-process.js';
import { rappit } from './command.js';
import { productionOn } from './production.js';

const keyOf = (word: string): string => Buffer.from(word.padEnd(32, '.')).toString('base64');

/** Everything that an operator gives us to keep, each told apart by a word of its own. */
const secrets = {
  JWT_SECRET: `${SECRET} that signs every access token`,
  JWT_PREVIOUS_SECRET: `${SECRET} that signed them until yesterday`,
  CREDENTIAL_KEYS: `k2:${keyOf(`${SECRET} two`)},k1:${keyOf(`${SECRET} one`)}`,
  METRICS_TOKEN: `${SECRET}-of-the-scraper`,
  SMTP_URL: `smtp://rappit:${SECRET}-of-the-mail@127.0.0.1:1`,
  APP_URL: 'https://rappit.example.com',
};
const words: readonly string[] = [SECRET, keyOf(`${SECRET} two`), keyOf(`${SECRET} one`)];

/** On no database in particular; the keys stand in `secrets`. */
const production = { ...productionOn({ appUrl: '', doorUrl: '' }), CREDENTIAL_KEY: '' };

const urls = (url: string) => ({ DATABASE_URL: url, DATABASE_DOOR_URL: url, DATABASE_OWNER_URL: url });
const nowhere = urls(`postgresql://rappit:${SECRET}@127.0.0.1:1/rappit`);

/** What a production machine is given besides, the command that stumbles over it, and what it says. */
const broken: readonly (readonly [string, string, Readonly<Record<string, string>>, RegExp])[] = [
  ['serve', 'a database that is away', nowhere, /ECONNREFUSED/],
  ['migrate', 'a database that is away', nowhere, /ECONNREFUSED/],
  ['rotate-keys', 'a database that is away', nowhere, /ECONNREFUSED/],
  ['migrate', 'a URL that nobody can read', urls(`postgresql://rappit:${SECRET}@db:99999/rappit`), /DATABASE_URL: must be/],
  [
    'serve',
    'every other variable wrong',
    {
      ...nowhere,
      ...{ JWT_SECRET: `a ${SECRET}`, CREDENTIAL_KEYS: `k1:${SECRET}`, CREDENTIAL_KEY: SECRET, LOG_LEVEL: SECRET, PORT: SECRET },
      ...{ CORS_ORIGINS: SECRET, ALLOCATION_POLICY: SECRET, DATABASE_POOL_SIZE: SECRET, SMTP_URL: SECRET, APP_URL: SECRET },
    },
    /CREDENTIAL_KEYS: must be/,
  ],
];

describe('what an operator keeps secret', () => {
  it.each(broken)('is in nothing that rappit %s says which has %s', async (command, _, change, told) => {
    const { code, said } = await rappit({ ...production, ...secrets, ...change }, command);
    expect([code, said]).toEqual([1, expect.stringMatching(told)]);
    expect(words.filter((word) => said.includes(word))).toEqual([]);
  });

  describe('of a server that runs', () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await freshDatabase();
    });
    const environment = () => ({
      ...productionOn(database),
      ...{ LOG_LEVEL: 'trace', CREDENTIAL_KEY: '', ...secrets },
    });

    it('is in none of its lines, from the first to the last', async () => {
      const app = await startProcess(environment());
      expect((await answerOfReady(app)).status).toBe(200);
      await app.kill('SIGTERM');
      expect(words.filter((word) => app.said().includes(word))).toEqual([]);
      for (const url of [database.appUrl, database.doorUrl]) expect(app.said()).not.toContain(new URL(url).password);
    });

    it('is not what it crashes with, and neither is what somebody sent', async () => {
      const crash = `process.on('SIGUSR2', () => {
        const sent = process.env.METRICS_TOKEN;
        throw Object.assign(new Error('duplicate key: ' + sent), { detail: sent, code: '23505' });
      })`;
      const app = await startProcess({
        ...environment(),
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(crash)}`,
      });
      await app.kill('SIGUSR2');
      expect(app.said()).toMatch(/\{"crashed":\{"name":"Error","code":"23505","frames":\[/);
      expect(words.filter((word) => app.said().includes(word))).toEqual([]);
    });
  });
});
