import pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { freshDatabase } from '../database.js';
import { SECRET } from '../markers.js';
import { type ApiClient, allOf, insist, registered } from './api-client.js';
import { type AppProcess, startProcess } from './app-process.js';
import { type Received, type Receiver, startReceiver } from './webhook-receiver.js';

/** No sweep runs: whatever arrives all the same was woken by whoever committed it. */
const WITHOUT_SWEEPS = `
  CREATE FUNCTION no_sweeps() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (SELECT identifier FROM graphile_worker._private_tasks WHERE id = NEW.task_id) LIKE 'sweep%' THEN RETURN NULL; END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER no_sweeps BEFORE INSERT ON graphile_worker._private_jobs FOR EACH ROW EXECUTE FUNCTION no_sweeps()`;

type Told = { readonly type: string; readonly aggregateId: string; readonly aggregateVersion: number };
const toldIn = ({ body }: Received): Told => JSON.parse(body) as Told;

const TYPES = ['order.placed', 'order.noted', 'order.held'];

describe('webhooks over the wire', () => {
  let app: AppProcess;
  let admin: pg.Client;
  const receivers: Receiver[] = [];
  beforeAll(async () => {
    const { appUrl, doorUrl, superuserUrl } = await freshDatabase();
    app = await startProcess({
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      DATABASE_URL: appUrl,
      DATABASE_DOOR_URL: doorUrl,
      JWT_SECRET: `${SECRET} `.repeat(8),
      CREDENTIAL_KEY: Buffer.alloc(32, 7).toString('base64'),
    });
    admin = new pg.Client(superuserUrl);
    await admin.connect();
    await admin.query(WITHOUT_SWEEPS);
  });
  afterAll(async () => {
    await app.kill('SIGTERM');
    await admin.end();
    for (const receiver of receivers) await receiver.close();
  });

  const receiving = async (statusOf: (call: Received, number: number) => number | null): Promise<Receiver> => {
    const receiver = await startReceiver(statusOf);
    receivers.push(receiver);
    return receiver;
  };
  const must = async (shop: ApiClient, path: string, body: object): Promise<Readonly<Record<string, unknown>>> => {
    const answer = await insist(shop, path, body);
    if (answer.status >= 300) throw new Error(`${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  /** An organization that sells mugs. */
  const openShop = async (): Promise<ApiClient> => {
    const shop = await registered(app);
    await must(shop, '/items', { sku: 'MUG', name: 'Mug' });
    const { id } = await must(shop, '/locations', { code: 'A', name: 'A', address: null });
    await must(shop, '/inventory/receipts', { sku: 'MUG', locationId: id, quantity: 100 });
    return shop;
  };
  const listen = (shop: ApiClient, url: string) => must(shop, '/webhook-endpoints', { url, types: TYPES });
  const place = async (shop: ApiClient): Promise<string> => {
    const lines = [{ sku: 'MUG', quantity: 1, unitPriceMinor: 1_900 }];
    return String((await must(shop, '/orders', { currency: 'EUR', lines }))['id']);
  };
  /** How many calls are written down, of those to an address. */
  const attempts = async (url: string): Promise<number> => {
    const { rowCount } = await admin.query(
      `SELECT FROM webhook_attempts a JOIN webhook_deliveries d ON d.organization_id = a.organization_id AND d.id = a.delivery_id
        JOIN webhook_endpoints e ON e.organization_id = d.organization_id AND e.id = d.endpoint_id WHERE e.url = $1`,
      [url],
    );
    return rowCount ?? 0;
  };
  /** As if so much time had passed that whatever waits for another attempt were due. */
  const letTimePass = async (): Promise<void> => {
    await admin.query(`UPDATE webhook_deliveries SET due_at = now() WHERE status = 'due'`);
    await admin.query(`SELECT graphile_worker.add_job('webhooks', json_build_object('organizationId', organization_id))
      FROM webhook_deliveries WHERE status = 'due' GROUP BY organization_id`);
  };

  it('reach a receiver that fails seven times: each event, those of an order in their order, all of them verified', async () => {
    const FAILURES = 7;
    const receiver = await receiving((_, number) => (number <= FAILURES ? 503 : 204));
    const shop = await openShop();
    const { id, secret } = await listen(shop, receiver.urlOf('/in'));
    const orders = [await place(shop), await place(shop), await place(shop)];
    for (const order of orders) {
      await must(shop, `/orders/${order}/notes`, { text: 'Rang the bell.' });
      await must(shop, `/orders/${order}/hold`, { reason: 'manual' });
    }
    for (let failed = 1; failed <= FAILURES; failed += 1) {
      await receiver.until((received) => received.length >= failed);
      // What is on its way is called again only once it is written down that it failed.
      while ((await attempts(receiver.urlOf('/in'))) < failed);
      await letTimePass();
    }
    /** Each event where it came for the first time: it may come twice. */
    const arrived = (received: readonly Received[]): readonly Told[] => {
      const taken = received.slice(FAILURES);
      const idOf = ({ headers }: Received) => headers['webhook-id'];
      return taken.filter((call, index) => taken.findIndex((other) => idOf(other) === idOf(call)) === index).map(toldIn);
    };
    await receiver.until((received) => arrived(received).length === orders.length * TYPES.length);
    for (const order of orders) {
      const ofOrder = arrived(receiver.received()).filter(({ aggregateId }) => aggregateId === order);
      expect(ofOrder.map(({ type, aggregateVersion }) => [type, aggregateVersion])).toEqual(
        TYPES.map((type, index) => [type, index + 1]),
      );
    }
    const library = new Webhook(String(secret));
    for (const { body, headers } of receiver.received()) {
      const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      expect(library.verify(body, given)).toEqual(JSON.parse(body));
    }
    for (;;) {
      const log = await allOf<{ readonly status: string }>(shop, `/webhook-endpoints/${id}/deliveries`);
      if (log.filter(({ status }) => status === 'delivered').length === orders.length * TYPES.length) break;
    }
  });

  it('come at once, whichever other tenant’s receiver hangs', async () => {
    const ENDPOINTS = 6;
    const AT_ONCE = 4;
    const [hanging, well] = [await receiving(() => null), await receiving(() => 204)];
    const shop = await openShop();
    await listen(shop, well.urlOf('/well'));
    // On a slow machine a call may be given up before the other one came: then it is shown with calls that have just begun.
    for (let round = 0; ; round += 1) {
      const other = await openShop();
      for (let count = 0; count < ENDPOINTS; count += 1) await listen(other, hanging.urlOf(`/${round}`));
      await place(other);
      await hanging.until((received) => received.filter(({ path }) => path === `/${round}`).length >= AT_ONCE);
      const order = await place(shop);
      await well.until((received) => received.map(toldIn).some(({ aggregateId }) => aggregateId === order));
      if ((await attempts(hanging.urlOf(`/${round}`))) === 0) return;
    }
  });
});
