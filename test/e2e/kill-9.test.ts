import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppProcess, startProcess } from './app-process.js';

const ORDERS = 500;
const BUYERS = 25;
/** The process is killed when so many orders have been answered. */
const KILLED_AFTER = 150;

type Answer = { readonly status: number; readonly id: string | undefined };

const post = async (
  app: AppProcess,
  path: string,
  token: string,
  body: unknown,
  key?: string,
): Promise<Answer & { body: Record<string, unknown> }> => {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${token}`,
    ...(key && { 'idempotency-key': key }),
  };
  const response = await fetch(`${app.apiUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const read = (await response.json()) as Record<string, unknown>;
  return { status: response.status, id: read['id'] as string | undefined, body: read };
};

const get = async <Body>(app: AppProcess, path: string, token: string): Promise<Body> => {
  const response = await fetch(`${app.apiUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
  if (response.status !== 200) throw new Error(`${path} was answered ${response.status}`);
  return (await response.json()) as Body;
};

const allOrderIds = async (app: AppProcess, token: string): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let cursor = ''; ; ) {
    const page = await get<{ data: { id: string }[]; nextCursor: string | null }>(
      app,
      `/orders?limit=100${cursor && `&cursor=${cursor}`}`,
      token,
    );
    ids.push(...page.data.map(({ id }) => id));
    if (page.nextCursor === null) return ids;
    cursor = page.nextCursor;
  }
};

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
    const registered = await post(app, '/auth/register', '', {
      organizationName: 'Shop',
      name: 'Owner',
      email: `${randomUUID()}@example.com`,
      password: 'a long enough password',
    });
    const token = String(registered.body['token']);
    await post(app, '/items', token, { sku: 'HOT', name: 'Hot' });
    const location = await post(app, '/locations', token, { code: 'A', name: 'A', priority: 1, active: true });
    await post(app, '/inventory/receipts', token, { sku: 'HOT', locationId: location.id, quantity: ORDERS + 100 });

    const keys = Array.from({ length: ORDERS }, () => randomUUID());
    const answered = new Map<string, string>();
    const unsure: string[] = [];
    let killed: Promise<void> | undefined;
    const buyer = async (mine: readonly string[]): Promise<void> => {
      for (const key of mine) {
        try {
          const answer = await post(app, '/orders', token, order, key);
          if (answer.status === 201 && answer.id) answered.set(key, answer.id);
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
    const found = await allOrderIds(app, token);
    expect(new Set(found).size).toBe(found.length);
    expect([...answered.values()].filter((id) => !found.includes(id))).toEqual([]);
    expect(await get(app, '/inventory/reconciliation', token)).toMatchObject({ levels: [], lines: [] });

    const retried = await Promise.all(unsure.map((key) => post(app, '/orders', token, order, key)));
    expect(retried.filter(({ status }) => status !== 201)).toEqual([]);
    const ids = [...answered.values(), ...retried.map(({ id }) => id)];
    expect(new Set(ids).size).toBe(ORDERS);
    expect([...(await allOrderIds(app, token))].sort()).toEqual([...ids].sort());
    const { data: levels } = await get<{ data: { onHand: number; reserved: number }[] }>(app, '/inventory/levels', token);
    expect(levels).toMatchObject([{ onHand: ORDERS + 100, reserved: ORDERS }]);
    expect(await get(app, '/inventory/reconciliation', token)).toMatchObject({ levels: [], lines: [] });
  }, 90_000);
});
