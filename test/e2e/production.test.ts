import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@rappit/persistence';
import pg from 'pg';
import { gates } from '../../packages/app/src/gates/gates.js';
import { freshDatabase } from '../database.js';
import { type AppProcess, answerOfReady, startProcess } from './app-process.js';
import { rappit } from './command.js';
import { productionOn } from './production.js';

describe('the server as production runs it', () => {
  let app: AppProcess | undefined;
  afterEach(() => app?.kill('SIGTERM'));

  const environment = async (): Promise<Record<string, string>> => productionOn(await freshDatabase());

  it('starts on a migrated database as the two working roles, and is ready', async () => {
    app = await startProcess(await environment());
    const ready = await answerOfReady(app);
    expect([ready.status, await ready.json()]).toMatchObject([200, { checks: { database: 'up' } }]);
  });

  it('starts on the schema of a newer version, so that a release can be rolled back', async () => {
    const database = await freshDatabase();
    const owner = new pg.Client(database.ownerUrl);
    await owner.connect();
    await owner.query(`INSERT INTO knex_migrations (name, batch, migration_time) VALUES ('9999-of-the-future', 9, now())`);
    await owner.end();
    app = await startProcess(productionOn(database));
    expect((await answerOfReady(app)).status).toBe(200);
  });

  it('has no simulated shop and no simulated carrier', async () => {
    app = await startProcess(await environment());
    const authorize = '/test/shopify/rappit-demo.myshopify.com/admin/oauth/authorize';
    for (const path of ['/test/shops', authorize, '/test/woocommerce/wp-json/wc/v3/orders'])
      expect((await fetch(new URL(path, app.apiUrl))).status).toBe(404);
    const body = { organizationName: 'O', name: 'N', email: 'n@quokka.example', password: 'a long enough wombat' };
    const headers = { 'content-type': 'application/json' };
    const registered = await fetch(`${app.apiUrl}/auth/register`, { method: 'POST', headers, body: JSON.stringify(body) });
    const { token } = (await registered.json()) as { token: string };
    const answer = await fetch(`${app.apiUrl}/orders/01890000-0000-7000-8000-000000000000/shipments`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${token}` },
      body: JSON.stringify({ carrier: 'simulated', parcels: [{ weightGrams: 1, lengthMm: 1, widthMm: 1, heightMm: 1 }] }),
    });
    expect(await answer.json()).toMatchObject({ code: 'carrier.unknown' });
  });

  it.each([
    ['DATABASE_DOOR_URL', ''],
    ['JWT_SECRET', 'wombat'],
    ['CREDENTIAL_KEY', ''],
    ['DHL_API_URL', 'https://express.api.dhl.com/mydhlapi/test'],
    ['FEDEX_API_URL', 'https://apis-sandbox.fedex.com'],
    ['SIMULATED_CARRIER', 'on'],
    ['SIMULATED_SHOPS', 'on'],
    ['FEDEX_SECRET_KEY', ''],
    ['DATABASE_LOCAL_PROXY', 'off'],
    ['REDIS_URL', ''],
    ['SHOPIFY_API_SECRET', ''],
    ['STRIPE_WEBHOOK_SECRET', ''],
  ])('refuses to start without a right %s, and says so', async (name, value) => {
    await expect(startProcess({ ...(await environment()), [name]: value })).rejects.toThrow(
      name === 'DATABASE_LOCAL_PROXY' ? 'this machine' : name === 'REDIS_URL' ? 'REDIS_HOST' : name,
    );
  });

  it('says everything at once of an environment in which nothing is set, and ends with 1', async () => {
    const { code, said } = await rappit({ NODE_ENV: 'production' });
    expect(code).toBe(1);
    for (const gate of gates) expect(said).toContain(gate.id);
    const names = said.split('\n').flatMap((line) => /^ {2}NO-GO: ([A-Z_]+): /.exec(line)?.[1] ?? []);
    expect(names).toEqual(expect.arrayContaining(['DATABASE_URL', 'DHL_API_KEY', 'JWT_SECRET', 'SHOPIFY_API_KEY', 'REDIS_HOST']));
    expect(new Set(names).size).toBe(names.length);
  });

  it('is told by rappit gates what a start would say, and of everything that it leads to', async () => {
    const right = await environment();
    const asked = await rappit(right, 'gates', '--json');
    expect([asked.code, JSON.parse(asked.said)]).toMatchObject([0, { go: true }]);
    const probed = await rappit(right, 'gates', '--probe');
    expect([probed.code, probed.said]).toEqual([1, expect.stringMatching(/NO-GO: Redis: does not answer/)]);
    expect(probed.said.match(/^ {2}NO-GO/gm)).toHaveLength(1);
  });

  it('is stopped with every reason, those of its database included', async () => {
    const { ownerUrl } = await freshDatabase();
    const wrong = { ...(await environment()), DATABASE_URL: ownerUrl, JWT_SECRET: 'wombat', SHOPIFY_API_KEY: '' };
    const { code, said } = await rappit(wrong, 'serve');
    expect([code, said]).toEqual([1, expect.stringMatching(/JWT_SECRET: must be at.*row-level security.*SHOPIFY_API_KEY/s)]);
  });

  it('reads what is secret from files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rappit-secrets-'));
    const { JWT_SECRET = '', ...rest } = await environment();
    await writeFile(join(folder, 'jwt'), `${JWT_SECRET}\n`);
    app = await startProcess({ ...rest, JWT_SECRET_FILE: join(folder, 'jwt') });
    expect((await answerOfReady(app)).status).toBe(200);
    await rm(folder, { recursive: true });
  });

  it('is migrated by a command that knows only its database, and says where the schema stands', async () => {
    const { ownerUrl } = await freshDatabase();
    const only = { NODE_ENV: 'production', DATABASE_OWNER_URL: ownerUrl };
    expect(await rappit(only, 'migrate', 'up')).toEqual({ code: 0, said: 'nothing to apply\n' });
    const status = await rappit(only, 'migrate', 'status', '--json');
    expect([status.code, JSON.parse(status.said)]).toMatchObject([0, { pending: [], ahead: [] }]);
    expect(await rappit(only, 'migrate', 'plan')).toEqual({ code: 0, said: '-- nothing to apply\n' });
    expect((await rappit(only, 'migrate', 'down')).code).toBe(2);
  });

  it('is planned for a cluster by a command that runs nothing, and migrates nothing by mistake', async () => {
    const { ownerUrl } = await freshDatabase();
    const only = { DATABASE_OWNER_URL: ownerUrl };
    const plan = await rappit(only, 'migrate', '--citus', '--plan');
    expect(plan.code).toBe(0);
    expect(plan.said).toContain('Not run by this command');
    expect(plan.said).toMatch(/BEGIN;\n.*create_distributed_table\('items', 'organization_id'.*COMMIT;\n$/s);
    const { statements, ...rest } = JSON.parse((await rappit(only, 'migrate', '--citus', '--plan', '--json')).said) as {
      statements: string[];
    };
    expect(rest).toEqual({ run: false, faults: [] });
    expect(statements).toContain("SELECT create_reference_table('organizations')");
    for (const half of ['--citus', '--plan']) expect((await rappit(only, 'migrate', half)).code).toBe(2);
  });

  it('says everything that is wrong with its carriers at once', async () => {
    const carriers = {
      DHL_API_URL: 'https://a.example/test',
      FEDEX_API_URL: 'https://sandbox.example',
      SIMULATED_CARRIER: 'on',
    };
    await expect(startProcess({ ...(await environment()), ...carriers })).rejects.toThrow(
      /SIMULATED_CARRIER: .*DHL_API_URL: .*FEDEX_API_URL: /s,
    );
  });

  it('refuses to start as the owner of the tables', async () => {
    const { ownerUrl } = await freshDatabase();
    await expect(startProcess({ ...(await environment()), DATABASE_URL: ownerUrl })).rejects.toThrow('row-level security');
  });

  it('can be migrated again without a change', async () => {
    const { ownerUrl } = await freshDatabase();
    expect((await migrate(ownerUrl)).applied).toEqual([]);
  });
});
