import { randomBytes } from 'node:crypto';
import { migrate } from '@rappit/persistence';
import { freshDatabase } from '../database.js';
import { type AppProcess, answerOfReady, startProcess } from './app-process.js';

describe('the server as production runs it', () => {
  let app: AppProcess | undefined;
  afterEach(() => app?.kill('SIGTERM'));

  const environment = async (): Promise<Record<string, string>> => {
    const { appUrl, doorUrl } = await freshDatabase();
    return {
      NODE_ENV: 'production',
      SIGN_UP: 'immediate',
      HOST: '127.0.0.1',
      DATABASE_URL: appUrl,
      DATABASE_DOOR_URL: doorUrl,
      JWT_SECRET: randomBytes(32).toString('hex'),
      CREDENTIAL_KEY: randomBytes(32).toString('base64'),
    };
  };

  it('starts on a migrated database as the two working roles, and is ready', async () => {
    app = await startProcess(await environment());
    const ready = await answerOfReady(app);
    expect([ready.status, await ready.json()]).toMatchObject([200, { checks: { database: 'up' } }]);
  });

  it('has no simulated carrier', async () => {
    app = await startProcess(await environment());
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
    ['JWT_SECRET', 'short'],
    ['CREDENTIAL_KEY', ''],
    ['DHL_BASE_URL', 'https://express.api.dhl.com/mydhlapi/test'],
    ['FEDEX_BASE_URL', 'https://apis-sandbox.fedex.com'],
    ['SIMULATED_CARRIER', 'on'],
    ['FEDEX_CLIENT_ID', 'an id without its secret'],
  ])('refuses to start without a right %s, and says so', async (name, value) => {
    await expect(startProcess({ ...(await environment()), [name]: value })).rejects.toThrow(name);
  });

  it('says everything that is wrong with its carriers at once', async () => {
    const carriers = {
      DHL_BASE_URL: 'https://a.example/test',
      FEDEX_BASE_URL: 'https://sandbox.example',
      SIMULATED_CARRIER: 'on',
    };
    await expect(startProcess({ ...(await environment()), ...carriers })).rejects.toThrow(
      /SIMULATED_CARRIER: .*DHL_BASE_URL: .*FEDEX_BASE_URL: /s,
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
