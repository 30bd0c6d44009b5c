import { WebhookEndpointId } from '@rappit/domain';
import { PERSONAL } from '../../../../../test/markers.js';
import { type Answer, read } from './client.test-kit.js';
import { SECRET, shopHeaders, shopLine, shopOrder } from './shop.test-kit.js';
import { type Account, PASSWORD, PREFIX, type World } from './world.test-kit.js';

export type OrderShape = {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly lines: readonly {
    readonly id: string;
    readonly sku: string;
    readonly name: string;
    readonly reserved: number;
    readonly backordered: number;
  }[];
};
export type PageShape<Row> = { readonly data: readonly Row[]; readonly nextCursor: string | null };
export type LevelShape = {
  readonly sku: string;
  readonly locationId: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
};

export const ADDRESS = {
  name: 'Amira Quokka',
  lines: ['Quokkastraße 5'],
  city: 'Berlin',
  postalCode: '10115',
  countryCode: 'DE',
};
export const PARCEL = { weightGrams: 1_200, lengthMm: 300, widthMm: 200, heightMm: 150 };
/** When somebody is to come. */
export const WINDOW = { on: '2027-03-01', readyAt: '09:00', closesAt: '17:30' };
/** Of the filter that each scene's account saved. */
export const FILTER_NAME = 'A filter';
export { SECRET } from './shop.test-kit.js';

/** One account's doings, in the words of a test. What isn't answered as it should be fails the test. */
export const actsOf = (world: World, account: Account) => {
  const ask = (method: string, path: string, json?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    world.send(method, `${PREFIX}${path}`, { token: account.token, json, headers });
  const must = async <Shape>(status: number, asked: Promise<Answer>): Promise<Shape> => {
    const answer = await asked;
    if (answer.status !== status) throw new Error(`expected ${status}, was answered ${answer.status}: ${answer.text}`);
    return read<Shape>(answer);
  };
  return {
    ask,
    post: (path: string, json?: unknown, key?: string) =>
      ask('POST', path, json, key === undefined ? {} : { 'idempotency-key': key }),
    get: <Shape>(path: string) => must<Shape>(200, ask('GET', path)),
    addItem: (sku: string) => must(201, ask('POST', '/items', { sku, name: `Item ${sku}` })),
    sendSheet: async (path: string, csv: string) => {
      const asked = world.send('POST', `${PREFIX}${path}`, { token: account.token, csv });
      return (await must<{ id: string }>(202, asked)).id;
    },
    addLocation: async (code: string) =>
      (await must<{ id: string }>(201, ask('POST', '/locations', { code, name: code, address: ADDRESS }))).id,
    receive: (sku: string, locationId: string, quantity: number) =>
      must(201, ask('POST', '/inventory/receipts', { sku, locationId, quantity })),
    place: (sku: string, quantity: number, more: object = {}) =>
      must<OrderShape>(
        201,
        ask('POST', '/orders', {
          currency: 'EUR',
          shippingAddress: ADDRESS,
          lines: [{ sku, quantity, unitPriceMinor: 1_900 }],
          ...more,
        }),
      ),
    addChannel: async (shopDomain: string) =>
      (
        await must<{ id: string }>(
          201,
          ask('POST', '/channels', {
            kind: 'shopify',
            name: shopDomain,
            shopDomain,
            webhookSecret: SECRET,
            keys: { key: `right ${SECRET}` },
          }),
        )
      ).id,
    addCarrierAccount: async (carrier: string, facts: object = {}) => {
      const credentials = { accountNumber: '123456789', apiKey: SECRET };
      const account = { carrier, name: 'The usual one', credentials, ...facts };
      return (await must<{ id: string }>(201, ask('POST', '/carrier-accounts', account))).id;
    },
    addKey: (scopes: readonly string[], more: object = {}) =>
      must<{ id: string; secret: string }>(201, ask('POST', '/api-keys', { name: 'A program', scopes, ...more })),
    addEndpoint: (types: readonly string[], more: object = {}) =>
      must<{ id: string; secret: string }>(
        201,
        ask('POST', '/webhook-endpoints', { url: 'https://hooks.example.com/rappit', types, ...more }),
      ),
    invite: async (email: string, role = 'operator') =>
      (await must<{ id: string }>(201, ask('POST', '/invitations', { email, role }))).id,
    ready: (orderId: string) => must<OrderShape>(200, ask('POST', `/orders/${orderId}/ready`)),
    ship: async (orderId: string) =>
      (await must<{ id: string }>(201, ask('POST', `/orders/${orderId}/shipments`, { carrier: 'fake', parcels: [PARCEL] }))).id,
    pickUp: async (of: { readonly shipmentIds: readonly string[] } | { readonly locationId: string }) => {
      const load = 'shipmentIds' in of ? of : { ...of, carrier: 'fake', parcels: [PARCEL] };
      return (await must<{ id: string }>(201, ask('POST', '/pickups', { ...WINDOW, ...load }))).id;
    },
    requestReturn: async ({ id, lines }: OrderShape, quantity: number) => {
      const asked = { lines: lines.map((line) => ({ lineId: line.id, quantity, reason: 'doesNotFit' })) };
      return (await must<{ id: string }>(201, ask('POST', `/orders/${id}/returns`, asked))).id;
    },
    orders: async () => (await must<PageShape<OrderShape>>(200, ask('GET', '/orders?limit=100'))).data,
    levels: async () => (await must<PageShape<LevelShape>>(200, ask('GET', '/inventory/levels?limit=100'))).data,
  };
};

export type Acts = ReturnType<typeof actsOf>;

/** One of everything that an organization may own. */
export type Scene = {
  readonly account: Account;
  /** Another session of the account, to be used up. */
  readonly spare: SpareSession;
  /** Somebody else who works here, as an operator. */
  readonly memberId: string;
  /** Of somebody who hasn't accepted. */
  readonly invitationId: string;
  readonly acts: Acts;
  readonly sku: string;
  readonly locationId: string;
  /** Where there is no stock yet. */
  readonly otherLocationId: string;
  readonly orderId: string;
  readonly lineId: string;
  readonly reservationId: string;
  readonly readyOrderId: string;
  readonly shipmentId: string;
  readonly pickupId: string;
  /** An order of six, shipped by `shipmentId`. */
  readonly sentOrderId: string;
  readonly sentLineId: string;
  /** Of two of them, authorised. */
  readonly returnId: string;
  /** Of two others. */
  readonly requestedReturnId: string;
  /** Of the carrier `post`, from which nothing else is bought. */
  readonly carrierAccountId: string;
  readonly channelId: string;
  readonly shopDomain: string;
  /** These are of nothing unless the shop was heard. */
  readonly channelDeliveryId: string;
  /** Of an order of the shop. */
  readonly toldShipmentId: string;
  readonly unmappedItemId: string;
  readonly otherUnmappedItemId: string;
  readonly importId: string;
  readonly apiKeyId: string;
  readonly orderFilterId: string;
  readonly webhookEndpointId: string;
  /** It was delivered to the endpoint. */
  readonly webhookDeliveryId: string;
};

export type SpareSession = { readonly token: string; readonly refreshToken: string; readonly sessionId: string };

/** Signs the account in once more. */
export const anotherSession = async (
  world: World,
  { email }: Pick<Account, 'email'>,
  password = PASSWORD,
): Promise<SpareSession> => {
  const session = read<{ token: string; refreshToken: string }>(
    await world.send('POST', `${PREFIX}/auth/login`, { json: { email, password } }),
  );
  const open = read<PageShape<{ id: string; current: boolean }>>(
    await world.send('GET', `${PREFIX}/auth/sessions`, { token: session.token }),
  );
  return { ...session, sessionId: open.data.find(({ current }) => current)?.id ?? '' };
};

/** The id of nothing. */
const NOT_YET = '019b8d62-7a80-7000-8000-ffffffffffff';

let scenes = 0;

/** An organization with stock, a reserved order, an order ready to ship, a bought label, returns and a shop. */
export const openScene = async (world: World): Promise<Scene> => {
  scenes += 1;
  const account = await world.signUp();
  const acts = actsOf(world, account);
  // As long as any, so that no scene's SKU is a part of another's.
  const sku = `SKU-OF-SCENE-${String(scenes).padStart(4, '0')}`;
  await acts.addItem(sku);
  const locationId = await acts.addLocation('MAIN');
  const otherLocationId = await acts.addLocation('OTHER');
  await acts.receive(sku, locationId, 1_000);
  const order = await acts.place(sku, 2);
  const promised = await acts.get<PageShape<{ id: string }>>(`/inventory/reservations?orderId=${order.id}`);
  const ready = await acts.place(sku, 3);
  await acts.ready(ready.id);
  const shipped = await acts.place(sku, 6, { paymentStatus: 'paid' });
  await acts.ready(shipped.id);
  const shipmentId = await acts.ship(shipped.id);
  const returnId = await acts.requestReturn(shipped, 2);
  await acts.post(`/returns/${returnId}/authorise`);
  const channelId = await acts.addChannel(`shop-${scenes}.myshopify.com`);
  const { id: apiKeyId } = await acts.addKey(['item.view']);
  const { id: webhookEndpointId } = await acts.addEndpoint(['order.placed']);
  const saved = await acts.post('/order-filters', { name: FILTER_NAME, filter: { sku } });
  const { id: orderFilterId } = read<{ id: string }>(saved);
  await world.relay(account.organizationId);
  await world.useCases.deliverWebhooks(account.organizationId, WebhookEndpointId(webhookEndpointId), 5);
  const deliveries = await acts.get<PageShape<{ id: string }>>(`/webhook-endpoints/${webhookEndpointId}/deliveries`);
  return {
    account,
    spare: await anotherSession(world, account),
    memberId: (await world.join(account.organizationId, 'operator')).userId,
    invitationId: await acts.invite(`invited-${scenes}@${PERSONAL}.example`),
    acts,
    sku,
    locationId,
    otherLocationId,
    orderId: order.id,
    lineId: order.lines[0]?.id ?? '',
    reservationId: promised.data[0]?.id ?? '',
    readyOrderId: ready.id,
    shipmentId,
    pickupId: await acts.pickUp({ locationId }),
    sentOrderId: shipped.id,
    sentLineId: shipped.lines[0]?.id ?? '',
    returnId,
    requestedReturnId: await acts.requestReturn(shipped, 2),
    carrierAccountId: await acts.addCarrierAccount('post'),
    channelId,
    shopDomain: `shop-${scenes}.myshopify.com`,
    channelDeliveryId: NOT_YET,
    toldShipmentId: NOT_YET,
    unmappedItemId: NOT_YET,
    otherUnmappedItemId: NOT_YET,
    importId: await acts.sendSheet('/items/import', `sku,name\n${sku},Item ${sku}\n`),
    apiKeyId,
    orderFilterId,
    webhookEndpointId,
    webhookDeliveryId: deliveries.data[0]?.id ?? '',
  };
};

/** The shop tells of another order of goods that we have, and that is worked off. */
export const openOrderOfShop = async (world: World, { account, shopDomain, sku }: Scene): Promise<void> => {
  scenes += 1;
  const raw = shopOrder([shopLine(sku)], `${9_000 + scenes}`);
  const headers = { ...shopHeaders(shopDomain, raw), 'x-shopify-webhook-id': `delivery-of-${scenes}` };
  await world.send('POST', `${PREFIX}/webhooks/shopify`, { raw, headers });
  await world.useCases.workInbox(account.organizationId);
};

/** Another order of the shop is shipped, and its shop is to be told of that. */
const shipOrderOfShop = async (world: World, scene: Scene): Promise<string> => {
  await openOrderOfShop(world, scene);
  const { data } = await scene.acts.get<PageShape<OrderShape>>(`/orders?status=reserved&channelId=${scene.channelId}`);
  const [order] = data;
  if (!order) throw new Error('the shop has told of an order');
  await scene.acts.ask('PATCH', `/orders/${order.id}`, { shippingAddress: ADDRESS });
  await scene.acts.ready(order.id);
  const shipmentId = await scene.acts.ship(order.id);
  await world.relay(scene.account.organizationId);
  return shipmentId;
};

/** The same, in which the shop has told of an order of two lines of goods that nobody knows, which is held. */
export const openSceneOfShop = async (world: World): Promise<Scene> => {
  const scene = await openScene(world);
  const { acts, account, shopDomain } = scene;
  const raw = shopOrder(['1', '2'].map((id) => shopLine(`UNKNOWN-${id}`, { id, variantId: `77${id}` })));
  await world.send('POST', `${PREFIX}/webhooks/shopify`, { raw, headers: shopHeaders(shopDomain, raw) });
  await world.useCases.workInbox(account.organizationId);
  const unmapped = await acts.get<PageShape<{ orderLineId: string }>>('/channels/unmapped-items');
  const told = await acts.get<PageShape<{ id: string }>>(`/channels/${scene.channelId}/deliveries`);
  const [one, other] = unmapped.data;
  return {
    ...scene,
    channelDeliveryId: told.data[0]?.id ?? NOT_YET,
    toldShipmentId: await shipOrderOfShop(world, scene),
    unmappedItemId: one?.orderLineId ?? NOT_YET,
    otherUnmappedItemId: other?.orderLineId ?? NOT_YET,
  };
};
