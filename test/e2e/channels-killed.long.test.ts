import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { allOf } from './api-client.js';
import { type ConnectedShops, connectByKeys, connectedShops, stocked, synced } from './connected-shops.js';
import { holdAnswers } from './held-answers.js';

type OrderShape = { readonly id: string; readonly status: string; readonly source: { readonly externalId: string } };
type Level = { readonly onHand: number; readonly reserved: number };

describe('a worker that is killed in the middle of an import', () => {
  const ORDERS = 40;
  /** Of Shopify's five orders each. */
  const HELD_AT_PAGE = 5;
  let shops: ConnectedShops;
  beforeAll(async () => {
    shops = await connectedShops();
  });
  afterAll(() => shops.close());

  it('is followed by another that goes on where it was, and every order is here once', async () => {
    const { shop, shopify, at, admin, organizationId, environment } = shops;
    const before = at(0);
    await stocked(before, { MUG: 1_000 });
    const mug = shop.addVariant({ sku: 'MUG', productTitle: 'Mug' }, 0);
    const { shopifyId } = await connectByKeys(shops);
    for (let count = 0; count < ORDERS; count += 1) shop.buy([{ variantId: mug.id, quantity: 1 }]);
    // Told to nobody.
    shop.deliveries();

    // Nobody else reads it meanwhile.
    await shops.apps[0]?.stop();
    const gate = await holdAnswers(shopify.baseUrl, { text: 'query Orders(', nth: HELD_AT_PAGE });
    await admin.query("UPDATE channel_syncs SET due_at = now() + interval '1 day'");
    await admin.query('UPDATE channel_syncs SET due_at = now() WHERE channel_id = $1', [shopifyId]);
    const worker = spawn(process.execPath, [join(__dirname, 'import-worker.mjs'), organizationId, gate.url], {
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const ended = once(worker, 'exit');
    await Promise.race([gate.reached, ended]);
    worker.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    gate.close();
    // However long it takes until somebody looks, its lease hasn't ended by then.
    await admin.query("UPDATE channel_syncs SET due_at = now() + interval '1 day' WHERE channel_id = $1", [shopifyId]);

    await shops.start();
    const client = at(1);
    const halfway = (HELD_AT_PAGE - 1) * 5;
    expect(await client.get(`/channels/${shopifyId}/sync`)).toMatchObject({
      status: 'running',
      read: halfway,
      remaining: ORDERS - halfway,
    });
    const pages = () => shopify.asked().filter((name) => name === 'Orders').length;
    const read = pages();
    // The lease of whoever died ends.
    await admin.query('UPDATE channel_syncs SET due_at = now() WHERE channel_id = $1', [shopifyId]);
    expect(await synced(client, shopifyId)).toMatchObject({ status: 'done', read: ORDERS, failed: 0 });
    expect(pages() - read).toBe((ORDERS - halfway) / 5);
    const externalIds = (await allOf<OrderShape>(client, '/orders')).map(({ source }) => source.externalId.replace(/^.*\//, ''));
    expect(externalIds.toSorted()).toEqual(
      shop
        .orders()
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(await allOf<Level>(client, '/inventory/levels')).toMatchObject([{ onHand: 1_000, reserved: ORDERS }]);
  });
});
