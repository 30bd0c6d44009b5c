import { randomUUID } from 'node:crypto';
import { type DhlSimulator, startDhlSimulator } from '@rappit/simulators/dhl';
import { type FedexSimulator, startFedexSimulator } from '@rappit/simulators/fedex';
import { freshDatabase } from '../database.js';
import { PERSONAL, SECRET } from '../markers.js';
import { type AppProcess, startProcess } from './app-process.js';
import { rappit } from './command.js';
import { dhlKeys, environmentOf, fedexKeys } from './shipping-shop.js';

const account = { RAPPIT_EMAIL: `smoke@${PERSONAL}.example`, RAPPIT_PASSWORD: `a long enough ${SECRET}` };
const names = ['sign in', 'order', 'reservation', 'shipment', 'webhook', 'limits', 'tidy up'];

type Smoked = {
  readonly passed: boolean;
  readonly tests: readonly { readonly name: string; readonly outcome: string; readonly says: string }[];
};

describe('rappit smoke', () => {
  let dhl: DhlSimulator;
  let fedex: FedexSimulator;
  let app: AppProcess;
  let token: string;
  beforeAll(async () => {
    [dhl, fedex] = await Promise.all([startDhlSimulator(dhlKeys), startFedexSimulator(fedexKeys)]);
    const database = await freshDatabase();
    // Signing up, and signing in for the first, second and third time, are within the limit; what comes then is not.
    app = await startProcess({ ...environmentOf({ database, dhl, fedex }), RATE_LIMIT_AUTH_IP: '5' });
    const registered = await fetch(`${app.apiUrl}/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        organizationName: 'For tests',
        name: 'N',
        email: account.RAPPIT_EMAIL,
        password: account.RAPPIT_PASSWORD,
      }),
    });
    ({ token } = (await registered.json()) as { readonly token: string });
  });
  afterAll(async () => {
    await app.kill('SIGTERM');
    await Promise.all([dhl.close(), fedex.close()]);
  });

  const smoke = async (...args: readonly string[]): Promise<{ readonly code: number | null } & Smoked> => {
    const { code, said } = await rappit(account, 'smoke', '--url', new URL(app.apiUrl).origin, '--json', ...args);
    return { code, ...(JSON.parse(said) as Smoked) };
  };
  const list = async (path: string): Promise<readonly Record<string, unknown>[]> => {
    const answer = await fetch(`${app.apiUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
    return ((await answer.json()) as { readonly data: readonly Record<string, unknown>[] }).data;
  };

  it('passes on an installation that works, leaves nothing behind but its item and its stock, and can be run again', async () => {
    for (const carrier of ['dhl', 'none']) {
      const smoked = await smoke('--carrier', carrier);
      expect(smoked.tests.map(({ name, outcome }) => [name, outcome])).toEqual(
        names.map((name) => [name, name === 'shipment' && carrier === 'none' ? 'leftOut' : 'passed']),
      );
      expect([smoked.code, smoked.passed]).toEqual([0, true]);
    }
    expect((await list('/orders')).map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled']);
    expect((await list('/shipments')).map(({ status }) => status)).toEqual(['cancelled']);
    expect((await list('/channels')).filter(({ status }) => status === 'connected')).toEqual([]);
    expect(await list('/inventory/levels')).toMatchObject([{ sku: 'RAPPIT-SMOKE-TEST', onHand: 10, reserved: 0 }]);
  });

  it('says what failed, goes on with what doesn’t need it, and tidies up; asked for it, it signs in until that is refused', async () => {
    const smoked = await smoke('--carrier', 'nobody', '--until-refused');
    expect([smoked.code, smoked.passed]).toEqual([1, false]);
    expect(smoked.tests.map(({ name, outcome }) => [name, outcome])).toEqual(
      names.map((name) => [name, name === 'shipment' ? 'failed' : 'passed']),
    );
    expect(smoked.tests.find(({ name }) => name === 'limits')?.says).toMatch(
      /rapid sign-ins were refused with 429, for \d+ seconds/,
    );
    // Whoever can't sign in can't do anything else either.
    const locked = await smoke();
    expect(locked.tests.map(({ outcome }) => outcome)).toEqual(['failed', ...Array<string>(5).fill('leftOut'), 'passed']);
    expect(locked.code).toBe(1);
  });

  it.each([
    [['--url', 'http://127.0.0.1:1'], {}],
    [['--url', 'http://127.0.0.1:1', '--carier', 'dhl'], account],
  ])('ends with 2 for %j', async (args, environment) => {
    const { code, said } = await rappit(environment, 'smoke', ...args);
    expect([code, said]).toEqual([2, expect.stringMatching(/expected: rappit smoke --url URL|Unknown option '--carier'/)]);
  });

  it('ends with 1 where nothing answers', async () => {
    const { code, said } = await rappit(account, 'smoke', '--url', `http://127.0.0.1:1/${randomUUID()}`);
    expect([code, said]).toEqual([1, expect.stringMatching(/^sign in +FAILED/)]);
  });
});
