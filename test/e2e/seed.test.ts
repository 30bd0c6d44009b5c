import { randomBytes } from 'node:crypto';
import { freshDatabase } from '../database.js';
import { PERSONAL, SECRET } from '../markers.js';
import { type AppProcess, startProcess } from './app-process.js';
import { rappit } from './command.js';

const account = { RAPPIT_EMAIL: `seed@${PERSONAL}.example`, RAPPIT_PASSWORD: `a long enough ${SECRET}` };

describe('rappit seed', () => {
  let app: AppProcess;
  beforeAll(async () => {
    const { appUrl, doorUrl } = await freshDatabase();
    app = await startProcess({
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      DATABASE_URL: appUrl,
      DATABASE_DOOR_URL: doorUrl,
      JWT_SECRET: randomBytes(32).toString('hex'),
      CREDENTIAL_KEY: randomBytes(32).toString('base64'),
    });
  });
  afterAll(() => app.kill('SIGTERM'));

  it('signs up an organization and fills it once, with orders that wait, are held, cancelled and ready', async () => {
    const seeded = await rappit(account, 'seed', '--url', app.apiUrl, '--register', 'Seeded', '--json');
    expect([seeded.code, JSON.parse(seeded.said)]).toEqual([0, { locations: 2, items: 7, orders: 7 }]);
    const login = await fetch(`${app.apiUrl}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: account.RAPPIT_EMAIL, password: account.RAPPIT_PASSWORD }),
    });
    const { token } = (await login.json()) as { readonly token: string };
    const answer = await fetch(`${app.apiUrl}/orders`, { headers: { authorization: `Bearer ${token}` } });
    const { data } = (await answer.json()) as { readonly data: readonly { readonly status: string }[] };
    expect(data.map(({ status }) => status).toSorted()).toEqual([
      'backordered',
      'cancelled',
      'onHold',
      'readyToShip',
      'readyToShip',
      'reserved',
      'reserved',
    ]);
    const again = await rappit(account, 'seed', '--url', app.apiUrl);
    expect(again).toEqual({ code: 1, said: 'the organization has goods already: nothing was changed\n' });
  });

  it('ends with 2 without a place to go to', async () => {
    const { code, said } = await rappit(account, 'seed');
    expect([code, said]).toEqual([2, expect.stringContaining('expected: rappit seed --url URL')]);
  });
});
