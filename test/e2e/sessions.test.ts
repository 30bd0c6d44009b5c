import { randomBytes } from 'node:crypto';
import { freshDatabase } from '../database.js';
import { type AppProcess, startProcess } from './app-process.js';
import { productionOn } from './production.js';

type Session = { readonly token: string; readonly refreshToken: string };
const [older, newer] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];

/** Sessions through processes as production runs them: what they remember for a moment, and keys that are replaced. */
describe('a session in production', () => {
  let environment: Record<string, string>;
  let app: AppProcess | undefined;
  beforeAll(async () => {
    environment = productionOn(await freshDatabase());
  });
  afterAll(() => app?.kill('SIGTERM'));

  const restartWith = async (keys: Readonly<Record<string, string>>): Promise<void> => {
    await app?.kill('SIGTERM');
    app = await startProcess({ ...environment, ...keys });
  };
  const ask = (method: string, path: string, { token = '', json }: { token?: string; json?: object } = {}) =>
    fetch(`${app?.apiUrl}${path}`, {
      method,
      headers: { ...(json && { 'content-type': 'application/json' }), authorization: `Bearer ${token}` },
      ...(json && { body: JSON.stringify(json) }),
    });
  const statusOfMe = async (token: string): Promise<number> => (await ask('GET', '/auth/me', { token })).status;
  const signUp = async (): Promise<Session> => {
    const email = `n-${randomBytes(4).toString('hex')}@quokka.example`;
    const json = { organizationName: 'O', name: 'N', email, password: 'a long wombat' };
    return (await (await ask('POST', '/auth/register', { json })).json()) as Session;
  };

  it('is over as soon as it was ended, though it was remembered a moment ago', async () => {
    await restartWith({ JWT_SECRET: older });
    const { token } = await signUp();
    expect(await statusOfMe(token)).toBe(200);
    expect((await ask('POST', '/auth/logout', { token })).status).toBe(204);
    expect(await statusOfMe(token)).toBe(401);
  });

  it('outlives the key that its tokens were signed with, which is replaced without shutting anybody out', async () => {
    await restartWith({ JWT_SECRET: older });
    const { token, refreshToken } = await signUp();
    await restartWith({ JWT_SECRET: newer, JWT_PREVIOUS_SECRET: older });
    expect(await statusOfMe(token)).toBe(200);
    await restartWith({ JWT_SECRET: newer });
    expect(await statusOfMe(token)).toBe(401);
    const refreshed = (await (await ask('POST', '/auth/refresh', { json: { refreshToken } })).json()) as Session;
    expect(await statusOfMe(refreshed.token)).toBe(200);
  });
});
