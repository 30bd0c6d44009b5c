import { type DhlSimulator, startDhlSimulator } from '@rappit/simulators/dhl';
import { type FedexSimulator, startFedexSimulator } from '@rappit/simulators/fedex';
import { freshDatabase } from '../database.js';
import { SECRET } from '../markers.js';
import type { Answer } from './api-client.js';
import { type AppProcess, answerOfReady, startProcess } from './app-process.js';
import { ADDRESS, dhlKeys, environmentOf, fedexKeys, openShop } from './shipping-shop.js';

/** So many at once that a breaker sees enough of them together, and fewer than it lets through at once. */
const AT_ONCE = 8;
const NEVER_AGAIN = String(3_600_000);
const AT_ONCE_AGAIN = '1';

/** Real adapters in a process of their own, over HTTP, against carriers that fail as they are told. */
describe('carriers over HTTP', () => {
  let dhl: DhlSimulator;
  let fedex: FedexSimulator;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let app: AppProcess | undefined;
  beforeAll(async () => {
    [dhl, fedex] = await Promise.all([startDhlSimulator(dhlKeys), startFedexSimulator(fedexKeys)]);
    database = await freshDatabase();
  });
  afterEach(async () => {
    dhl.mend();
    await app?.kill('SIGTERM');
  });
  afterAll(() => Promise.all([dhl.close(), fedex.close()]));

  const start = async (environment: Readonly<Record<string, string>> = {}): Promise<AppProcess> => {
    app = await startProcess({ ...environmentOf({ database, dhl, fedex }), ...environment });
    return app;
  };

  it('leave others alone: one that is dead is asked no more, while orders are placed and another sells', async () => {
    const running = await start({ CARRIER_COOL_DOWN_MS: NEVER_AGAIN });
    const shop = await openShop(running);
    dhl.breakDown('unavailable');
    const answers: Answer[] = [];
    while (!answers.some(isLeft))
      answers.push(...(await Promise.all((await shop.orders(AT_ONCE)).map((id) => shop.ship(id, 'dhl')))));
    expect(new Set(answers.map(({ body }) => body['code']))).toEqual(new Set(['carrier.unknown_outcome', 'carrier.unavailable']));
    const asked = purchasesAt(dhl);
    expect(asked).toBe(answers.filter((answer) => !isLeft(answer)).length);
    const after = await Promise.all((await shop.orders(AT_ONCE)).map((id) => shop.ship(id, 'dhl')));
    expect(after.every(isLeft)).toBe(true);
    expect(purchasesAt(dhl)).toBe(asked);
    const [order] = await shop.orders(1);
    expect(await shop.ship(order ?? '', 'fedex')).toMatchObject({ status: 201, body: { status: 'labelled', accountId: null } });
    expect(await (await answerOfReady(running)).json()).toMatchObject({
      status: 'ready',
      checks: { database: 'up', 'carrier.dhl': 'open', 'carrier.fedex': 'closed' },
    });
    const metrics = await metricsOf(running);
    expect(metrics).toContain('carrier_breaker_state{carrier="dhl"} 2');
    expect(metrics).toContain('carrier_breaker_state{carrier="fedex"} 0');
    expect(metrics).toContain(`carrier_requests_total{carrier="dhl",operation="buyLabel",outcome="unknown_outcome"} ${asked}`);
    expect(metrics).toMatch(/carrier_requests_total\{carrier="dhl",operation="buyLabel",outcome="breaker_open"\} [1-9]/);
    expect(metrics).toContain(`carrier_request_duration_ms_count{carrier="dhl",operation="buyLabel"} ${asked}`);
    expect(metrics).toContain('labels_bought_total{carrier="fedex",outcome="bought"} 1');
    expect(metrics).toMatch(/carrier_cost_minor_total\{carrier="fedex",currency="[A-Z]{3}"\} [1-9]/);
  });

  it('are used again when they are back', async () => {
    const running = await start({ CARRIER_COOL_DOWN_MS: AT_ONCE_AGAIN });
    const shop = await openShop(running);
    dhl.breakDown('unavailable');
    while ((await stateOf(running, 'dhl')) === 0)
      await Promise.all((await shop.orders(AT_ONCE)).map((id) => shop.ship(id, 'dhl')));
    dhl.mend();
    const sold = dhl.sold().length;
    const [order = ''] = await shop.orders(1);
    let answer = await shop.ship(order, 'dhl');
    while (isLeft(answer)) answer = await shop.buy(String(answer.body['shipmentId']));
    expect(answer.body).toMatchObject({ status: 'labelled' });
    expect(dhl.sold()).toHaveLength(sold + 1);
    expect(await stateOf(running, 'dhl')).toBe(0);
  });

  it('sell on an organization’s own account, and on nobody else’s once it had one', async () => {
    const running = await start({ DHL_ACCOUNT_NUMBER: '111111111' });
    const shop = await openShop(running);
    const [first = '', second = '', third = ''] = await shop.orders(3);
    // The installation's account is one that DHL doesn't know.
    expect(await shop.ship(first, 'dhl')).toMatchObject({ status: 422, body: { code: 'carrier.refused' } });
    const wrong = { ...dhlKeys, apiSecret: `another ${SECRET}`.replace(' ', '-') };
    const added = await shop.client.post('/carrier-accounts', {
      carrier: 'dhl',
      name: 'Ours',
      credentials: wrong,
      shipper: ADDRESS,
    });
    const id = String(added.body['id']);
    expect(added).toMatchObject({ status: 201, body: { numberEnding: '0000', isDefault: true } });
    const tried = () => shop.client.post(`/carrier-accounts/${id}/test`, undefined);
    expect(await tried()).toMatchObject({ status: 200, body: { works: false, problem: { code: 'carrier.unauthorized' } } });
    await shop.patch(`/carrier-accounts/${id}`, { credentials: { apiSecret: dhlKeys.apiSecret } });
    expect(await tried()).toMatchObject({ status: 200, body: { works: true, problem: null } });
    expect(await shop.ship(second, 'dhl')).toMatchObject({ status: 201, body: { status: 'labelled', accountId: id } });
    await shop.remove(`/carrier-accounts/${id}`);
    const asked = purchasesAt(dhl);
    expect(await shop.ship(third, 'dhl')).toMatchObject({ status: 404, body: { code: 'carrier_account.not_found' } });
    expect(purchasesAt(dhl)).toBe(asked);
    const neighbour = await openShop(running);
    const [theirs = ''] = await neighbour.orders(1);
    expect(await neighbour.ship(theirs, 'dhl', { accountId: id })).toMatchObject({
      status: 404,
      body: { code: 'carrier_account.not_found' },
    });
    expect(purchasesAt(dhl)).toBe(asked);
  });
});

/** Nobody asked the carrier. */
const isLeft = ({ body }: Answer): boolean => body['code'] === 'carrier.unavailable';

const purchasesAt = ({ recorded }: DhlSimulator): number =>
  recorded().filter(({ method, url }) => method === 'POST' && url.endsWith('/shipments')).length;

const metricsOf = async ({ apiUrl }: AppProcess): Promise<string> => (await fetch(new URL('/metrics', apiUrl))).text();

const stateOf = async (app: AppProcess, carrier: string): Promise<number> =>
  Number(new RegExp(`^carrier_breaker_state\\{carrier="${carrier}"\\} (\\d)$`, 'm').exec(await metricsOf(app))?.[1]);
