import type { OrganizationId } from '@rappit/domain';
import { PERSONAL } from '../../../../../test/markers.js';
import { routeTable } from '../route-table.js';
import type { MakeBackend } from './backend.test-kit.js';
import { refusalIn } from './client.test-kit.js';
import { pathOf, sampleFor } from './requests.test-kit.js';
import { type Acts, actsOf, openScene, type PageShape } from './scene.test-kit.js';
import { openWorld, PREFIX, type World } from './world.test-kit.js';

const beforeId = (place: string): string => `${place}\n019b8d62-7a80-7000-8000-000000000001`;
const NAMES = Array.from({ length: 7 }, (_, index) => `${['b', 'ا', '🧵', 'a', 'Z', 'é', '0'][index]}-${index}`);

/** Pages: every row once, however they are walked through. */
export const lists = (make: MakeBackend): void => {
  describe('lists', () => {
    let world: World;
    let acts: Acts;
    beforeAll(async () => {
      world = await openWorld(make);
      const account = await world.signUp();
      acts = actsOf(world, account);
      for (const name of NAMES) {
        await acts.addItem(name);
        await acts.receive(name, await acts.addLocation(name), 10);
        const channelId = await acts.addChannel(`lists-${NAMES.indexOf(name)}.myshopify.com`);
        await acts.addKey(['item.view']);
        await acts.addEndpoint(['order.placed']);
        await acts.post('/order-filters', { name, filter: { sku: name } });
        await acts.addCarrierAccount('post');
        await acts.invite(`lists-${NAMES.indexOf(name)}@${PERSONAL}.example`);
        await world.makeMember(account.organizationId, (await world.signUp()).userId, 'operator');
        for (const variant of NAMES)
          await acts.post(`/channels/${channelId}/listings`, { externalVariantId: variant, sku: name });
        const order = await acts.place(name, 1);
        await acts.ready(order.id);
        await acts.pickUp({ shipmentIds: [await acts.ship(order.id)] });
        await acts.requestReturn(order, 1);
        // Seven rows, each with a fault.
        await acts.sendSheet('/items/import', `sku\n${NAMES.map((one) => `new-${one}`).join('\n')}\n`);
        while ((await world.useCases.workImports(account.organizationId)).rows > 0);
      }
      await world.relay(account.organizationId);
      await sellAtNewest(account.organizationId);
    });
    afterAll(() => world.close());

    /** The newest shop sells what is listed there, and as many variants more with the barcode of an item. */
    const sellAtNewest = async (organizationId: OrganizationId): Promise<void> => {
      const [newest] = (await acts.get<PageShape<{ id: string; shopDomain: string }>>('/channels')).data;
      const shop = world.shops.shopify.shop(newest?.shopDomain ?? '');
      const barcode = '4006381333931';
      for (const name of NAMES) {
        const counted = { externalItemId: `item ${name}`, sku: null, name };
        shop.putVariant({ ...counted, externalVariantId: name, barcode: null });
        shop.putVariant({ ...counted, externalVariantId: `unlisted ${name}`, barcode });
      }
      await acts.ask('PATCH', '/items/a-3', { barcode });
      await acts.ask('PATCH', `/channels/${newest?.id}`, { locations: [{ externalLocationId: null, locationIds: null }] });
      await world.useCases.syncChannels(organizationId);
      await world.useCases.showStock(organizationId);
    };

    const walk = async (path: string, limit: number): Promise<readonly unknown[]> => {
      const rows: unknown[] = [];
      let cursor: string | null = null;
      do {
        const page: PageShape<unknown> = await acts.get(
          `${path}?limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
        );
        expect(page.data.length).toBeLessThanOrEqual(limit);
        rows.push(...page.data);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return rows;
    };

    it('walks every list to its end in pages of one, three and a hundred, with the same rows in the same order', async () => {
      const scene = {
        ...(await openScene(world)),
        channelId: (await acts.get<PageShape<{ id: string }>>('/channels')).data[0]?.id ?? '',
        orderId: (await acts.orders())[0]?.id ?? '',
        webhookEndpointId: (await acts.get<PageShape<{ id: string }>>('/webhook-endpoints')).data[0]?.id ?? '',
        importId: (await acts.get<PageShape<{ id: string }>>('/imports')).data[0]?.id ?? '',
      };
      const paged = routeTable(world.server).filter(({ query }) =>
        Object.hasOwn((query as { properties?: object } | null)?.properties ?? {}, 'cursor'),
      );
      expect(paged.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(expectedRows).toSorted());
      for (const { url, operationId } of paged) {
        const path = pathOf(url.slice(PREFIX.length), sampleFor(operationId, scene).params);
        const whole = await walk(path, 100);
        expect({ operationId, count: whole.length }).toEqual({ operationId, count: expectedRows[operationId] });
        for (const limit of [1, 3]) expect({ operationId, rows: await walk(path, limit) }).toEqual({ operationId, rows: whole });
      }
    });

    it('refuses a cursor that no list handed out', async () => {
      const { data } = await acts.get<PageShape<{ id: string }>>('/channels');
      const encoded = (text: string): string => Buffer.from(text).toString('base64url');
      const wrong: readonly (readonly [string, readonly string[]])[] = [
        ['/orders', ['1', 'x', encoded('019b8d62-7a80-7000-8000-000000000001')]],
        ['/items', ['%00', encoded('a\0b'), '===', 'ä', encoded('\ud800').slice(0, 3)]],
        ['/inventory/levels', [encoded('A'), encoded('A\n1'), encoded('A\nB\n019b8d62-7a80-7000-8000-000000000001')]],
        [
          '/audit-log',
          [
            '2026-03-01T00:00:00.000Z',
            ...['yesterday', '0000-01-01T00:00:00.000Z', '2026-02-30T00:00:00.000Z', '2026-99-99T99:99:99.999Z'].map(beforeId),
          ].map(encoded),
        ],
        [`/channels/${data[0]?.id}/listings`, [encoded('1\nA'), encoded('019b8d62-7a80-7000-8000-000000000001')]],
      ];
      for (const [path, cursors] of wrong)
        for (const cursor of cursors) {
          const answer = await acts.ask('GET', `${path}?cursor=${encodeURIComponent(cursor)}`);
          expect({ path, cursor, ...refusalIn(answer) }).toEqual({
            path,
            cursor,
            status: 400,
            code: 'request.invalid',
            paths: ['cursor'],
          });
        }
    });

    it('finds items by the beginning of their SKU or name, and stock by SKU and location', async () => {
      expect(await acts.get('/items?text=a-')).toMatchObject({ data: [{ sku: 'a-3' }], nextCursor: null });
      expect(await acts.get('/items?text=item%20b')).toMatchObject({ data: [{ sku: 'b-0' }], nextCursor: null });
      expect(await acts.get('/items?text=%25')).toEqual({ data: [], nextCursor: null });
      const [level] = await acts.levels();
      expect(
        await acts.get(
          `/inventory/levels?sku=${encodeURIComponent(level?.sku ?? '')}&locationId=${level?.locationId.toUpperCase()}`,
        ),
      ).toEqual({ data: [level], nextCursor: null });
      expect(await acts.get(`/inventory/movements?locationId=${level?.locationId}`)).toMatchObject({
        data: [{ kind: 'consume' }, { kind: 'reserve' }, { kind: 'receipt' }],
      });
      expect(await acts.get('/inventory/reservations?status=open')).toEqual({ data: [], nextCursor: null });
    });
  });
};

/** Seven of each; each order was placed, made ready, its label asked for and bought, and its goods asked back; each level was received, reserved and consumed. */
const expectedRows: Readonly<Record<string, number>> = {
  listItems: 7,
  listImports: 7,
  listImportErrors: 7,
  listLocations: 7,
  listLevels: 7,
  listMovements: 21,
  listReservations: 7,
  listOrders: 7,
  listOrderFilters: NAMES.length,
  getOrderTimeline: 5,
  listShipments: 7,
  listPickups: 7,
  listReturns: 7,
  listCarrierAccounts: NAMES.length,
  listChannels: 7,
  listListings: 7,
  listListingProposals: NAMES.length,
  listStockPushes: NAMES.length,
  listUnmappedItems: 0,
  listChannelDeliveries: 0,
  listChannelFulfilments: 0,
  listApiKeys: 7,
  listInvitations: 7,
  // The one who signed up, too.
  listMembers: 1 + NAMES.length,
  // Nothing was bought.
  listInvoices: 0,
  listBillingAudit: 0,
  listWebhookEndpoints: NAMES.length,
  listWebhookDeliveries: NAMES.length,
  // The organization, the sign-up, the shops, of which one was changed, the keys, the carrier accounts, the endpoints and the invitations.
  listAuditLog: 3 + 5 * NAMES.length,
};
