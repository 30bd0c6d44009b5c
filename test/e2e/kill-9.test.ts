import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiClient, allOf, insist, insistUnder, registered } from './api-client.js';
import { type AppProcess, startProcess } from './app-process.js';

const ORDERS = 500;
const BUYERS = 25;
/** The process is killed when so many orders have been answered. */
const KILLED_AFTER = 150;

const order = { currency: 'EUR', paymentStatus: 'paid', lines: [{ sku: 'HOT', quantity: 1, unitPriceMinor: 100 }] };

describe('kill -9 of the server in the middle of 500 orders', () => {
  const dataDir = join(tmpdir(), `rappit-kill-${randomUUID()}`);
  const environment = { RAPPIT_DATA_DIR: dataDir, XDG_CACHE_HOME: join(tmpdir(), 'rappit-cache'), LOG_LEVEL: 'info' };
  let app: AppProcess;
  afterAll(async () => {
    await app.kill('SIGTERM');
    await rm(dataDir, { recursive: true, force: true });
  });

  it('loses nothing that was answered 201, stores nothing twice or by half, and goes on', async () => {
    app = await startProcess(environment);
    let shop: ApiClient = await registered(app);
    await insist(shop, '/items', { sku: 'HOT', name: 'Hot' });
    const { body: location } = await insist(shop, '/locations', { code: 'A', name: 'A', priority: 1, active: true });
    await insist(shop, '/inventory/receipts', { sku: 'HOT', locationId: location['id'], quantity: ORDERS + 100 });

    const keys = Array.from({ length: ORDERS }, () => randomUUID());
    const answered = new Map<string, string>();
    const unsure: string[] = [];
    let killed: Promise<void> | undefined;
    const buyer = async (mine: readonly string[]): Promise<void> => {
      for (const key of mine) {
        try {
          const answer = await shop.post('/orders', order, key);
          if (answer.status === 201) answered.set(key, String(answer.body['id']));
          else unsure.push(key);
        } catch {
          unsure.push(key);
        }
        if (answered.size >= KILLED_AFTER) killed ??= app.kill('SIGKILL');
      }
    };
    await Promise.all(
      Array.from({ length: BUYERS }, (_, buyerIndex) => buyer(keys.filter((_key, index) => index % BUYERS === buyerIndex))),
    );
    await killed;
    expect(answered.size).toBeGreaterThanOrEqual(KILLED_AFTER);
    expect(unsure.length).toBeGreaterThan(0);

    app = await startProcess(environment);
    shop = shop.at(app);
    const orderIds = async () => (await allOf<{ id: string }>(shop, '/orders')).map(({ id }) => id);
    const found = await orderIds();
    expect(new Set(found).size).toBe(found.length);
    expect([...answered.values()].filter((id) => !found.includes(id))).toEqual([]);
    expect(await shop.get('/inventory/reconciliation')).toMatchObject({ levels: [], lines: [] });

    const retried = await Promise.all(unsure.map((key) => insistUnder(key)(shop, '/orders', order)));
    expect(retried.filter(({ status }) => status !== 201)).toEqual([]);
    const ids = [...answered.values(), ...retried.map(({ body }) => String(body['id']))];
    expect(new Set(ids).size).toBe(ORDERS);
    expect([...(await orderIds())].sort()).toEqual([...ids].sort());
    expect(await allOf(shop, '/inventory/levels')).toMatchObject([{ onHand: ORDERS + 100, reserved: ORDERS }]);
    expect(await shop.get('/inventory/reconciliation')).toMatchObject({ levels: [], lines: [] });
  });
});
