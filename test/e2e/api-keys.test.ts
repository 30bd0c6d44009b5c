import { randomBytes } from 'node:crypto';
import { freshDatabase } from '../database.js';
import { type AppProcess, startProcess } from './app-process.js';
import { productionOn } from './production.js';

const ITEMS = '/items';

/** The whole way of a key through a process as production runs it, short memory and all. */
describe('an API key in production', () => {
  let app: AppProcess;
  beforeAll(async () => {
    app = await startProcess(productionOn(await freshDatabase()));
  });
  afterAll(() => app.kill('SIGTERM'));

  const ask = (method: string, path: string, token?: string, json?: unknown) =>
    fetch(`${app.apiUrl}${path}`, {
      method,
      headers: { ...(json !== undefined && { 'content-type': 'application/json' }), authorization: `Bearer ${token ?? ''}` },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
  const make = async (): Promise<{ readonly token: string; readonly id: string; readonly secret: string }> => {
    const account = {
      organizationName: 'O',
      name: 'N',
      email: `n-${randomBytes(4).toString('hex')}@quokka.example`,
      password: 'a long wombat',
    };
    const { token } = (await (await ask('POST', '/auth/register', undefined, account)).json()) as { token: string };
    const asked = { name: 'Scanner', scopes: ['item.view'] };
    const made = (await (await ask('POST', '/api-keys', token, asked)).json()) as { id: string; secret: string };
    return { token, ...made };
  };

  it('opens nothing any more as soon as it was revoked, though it was remembered a moment ago', async () => {
    const { token, id, secret } = await make();
    expect((await ask('GET', ITEMS, secret)).status).toBe(200);
    expect((await ask('DELETE', `/api-keys/${id}`, token)).status).toBe(204);
    expect((await ask('GET', ITEMS, secret)).status).toBe(401);
  });

  it('shows when it was used last, which no request waits for', async () => {
    const { token, secret } = await make();
    const before = Date.now();
    expect((await ask('GET', ITEMS, secret)).status).toBe(200);
    let noted: string | null = null;
    while (noted === null) {
      const { data } = (await (await ask('GET', '/api-keys', token)).json()) as { data: { lastUsedAt: string | null }[] };
      noted = data[0]?.lastUsedAt ?? null;
    }
    expect(Date.parse(noted)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(noted)).toBeLessThanOrEqual(Date.now());
  });
});
