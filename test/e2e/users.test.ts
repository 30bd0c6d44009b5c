import { freshDatabase } from '../database.js';
import { PERSONAL, SECRET } from '../markers.js';
import { type AppProcess, startProcess } from './app-process.js';
import { rappit } from './command.js';
import { productionOn } from './production.js';

const email = `mina@${PERSONAL}.example`;
const password = `a long enough ${SECRET}`;

describe('rappit users', () => {
  let environment: Record<string, string>;
  let app: AppProcess | undefined;
  beforeAll(async () => {
    environment = productionOn(await freshDatabase());
    app = await startProcess(environment);
  });
  afterAll(() => app?.kill('SIGTERM'));

  const post = (path: string, json: object) =>
    fetch(`${app?.apiUrl}/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    });
  const me = async (token: string): Promise<number> =>
    (await fetch(`${app?.apiUrl}/auth/me`, { headers: { authorization: `Bearer ${token}` } })).status;

  it('shut somebody out who is signed in, and let them in again', async () => {
    const registered = await post('/register', { organizationName: 'O', name: 'N', email, password });
    const { token } = (await registered.json()) as { readonly token: string };
    expect(await me(token)).toBe(200);
    const disabled = await rappit({ ...environment, REDIS_URL: '' }, 'users', 'disable', email);
    expect(disabled).toEqual({
      code: 0,
      said: expect.stringMatching(/^[\w-]{36} was disabled: 1 organizations were told\n[\w-]{36} has no admin now\n$/),
    });
    // What was remembered a moment ago still counts, for a second.
    while ((await me(token)) === 200);
    expect(await me(token)).toBe(401);
    expect((await post('/login', { email, password })).status).toBe(401);
    const enabled = await rappit({ ...environment, REDIS_URL: '' }, 'users', 'enable', email, '--json');
    expect([enabled.code, JSON.parse(enabled.said)]).toEqual([
      0,
      { userId: disabled.said.slice(0, 36), status: 'enabled', organizations: 1, withoutAdmin: [] },
    ]);
    expect((await post('/login', { email, password })).status).toBe(200);
    expect(await me(token)).toBe(401);
  });

  it.each([
    [1, ['disable', `nobody@${PERSONAL}.example`], 'user.not_found'],
    [2, ['remove', email], 'expected: rappit users disable|enable EMAIL [--json]'],
    [2, ['disable'], 'expected: rappit users disable|enable EMAIL [--json]'],
  ])('end with %d for %j', async (code, args, said) => {
    const ended = await rappit({ ...environment, REDIS_URL: '' }, 'users', ...args);
    expect(ended).toEqual({ code, said: `${said}\n` });
  });
});
