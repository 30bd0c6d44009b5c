import { GraphQLError, type GraphQLResolveInfo, getDirectiveValues } from 'graphql';
import {
  fulfilmentView,
  gid,
  locationView,
  nodeView,
  numberOf,
  orderView,
  pageOf,
  partWith,
  variantView,
} from './graphql-views.js';
import { openOf, placeKey, type ShopBooks, type SimulatedOrder } from './shop-books.js';

type Paged = { readonly first?: number; readonly after?: string };
type Found = Paged & { readonly query?: string; readonly sortKey?: string };
type Quantity = {
  readonly inventoryItemId: string;
  readonly locationId: string;
  readonly quantity: number;
  readonly changeFromQuantity?: number | null;
};
type SetQuantities = { readonly input: { readonly name: string; readonly quantities: readonly Quantity[] } };
type Fulfil = {
  readonly fulfillment: {
    readonly notifyCustomer: boolean;
    readonly trackingInfo?: { readonly company?: string; readonly number?: string; readonly url?: string };
    readonly lineItemsByFulfillmentOrder: readonly {
      readonly fulfillmentOrderId: string;
      readonly fulfillmentOrderLineItems?: readonly { readonly id: string; readonly quantity: number }[];
    }[];
  };
};
type Subscribe = { readonly topic: string; readonly webhookSubscription: { readonly uri?: string } };

/** What changes in a shop, so that it can be told of. */
export type Happenings = {
  readonly stockSet: (itemId: string, locationId: string) => void;
  readonly fulfilled: (order: SimulatedOrder) => void;
};

const faultOf = (field: readonly string[], message: string, code?: string) => ({ field, message, ...(code && { code }) });

/** What a shop answers to each question of its schema. */
export const rootOf = (books: ShopBooks, scopes: readonly string[], happenings: Happenings) => ({
  ...asked(books, scopes),
  ...done(books, happenings),
});

const asked = (books: ShopBooks, scopes: readonly string[]) => {
  const found = ({ query, sortKey }: Found): readonly SimulatedOrder[] => {
    const since = /^updated_at:>='(.+)'$/.exec(query ?? '')?.[1];
    const all = [...books.orders.values()].filter((one) => since === undefined || one.updatedAt.getTime() >= Date.parse(since));
    const timeOf = ({ updatedAt, createdAt }: SimulatedOrder): number =>
      (sortKey === 'UPDATED_AT' ? updatedAt : createdAt).getTime();
    return all.toSorted((one, other) => timeOf(one) - timeOf(other) || (one.id < other.id ? -1 : 1));
  };
  return {
    shop: () => ({ id: gid('Shop', '548380009'), name: 'A shop', myshopifyDomain: books.domain, currencyCode: books.currency }),
    currentAppInstallation: () => ({ id: gid('AppInstallation', '1'), accessScopes: scopes.map((handle) => ({ handle })) }),
    order: ({ id }: { readonly id: string }) => {
      const order = books.orders.get(numberOf(id));
      return order ? orderView(order, books) : null;
    },
    orders: (args: Found) => pageOf(found(args), args, (order) => orderView(order, books)),
    ordersCount: (args: Found) => ({ count: found(args).length }),
    productVariants: (args: Paged) => pageOf([...books.variants.values()], args, (variant) => variantView(variant, books)),
    locations: (args: Paged) => pageOf([...books.locations.values()], args, locationView),
    nodes: ({ ids }: { readonly ids: readonly string[] }) => ids.map((id) => nodeView(id, books)),
    webhookSubscriptions: (args: Paged) =>
      pageOf([...books.webhooks.values()], args, ({ id, topic, uri }) => ({
        __typename: 'WebhookSubscription',
        id: gid('WebhookSubscription', id),
        topic,
        uri,
        format: 'JSON',
        filter: null,
      })),
  };
};

const done = (books: ShopBooks, { stockSet, fulfilled }: Happenings) => ({
  inventorySetQuantities: ({ input }: SetQuantities, _context: unknown, info: GraphQLResolveInfo) => {
    const key = keyOf(info);
    const asked = JSON.stringify(input);
    const before = books.keys.get(key);
    if (before && before.asked !== asked)
      return { userErrors: [faultOf([], 'Another input.', 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH')] };
    if (before?.failed) return { userErrors: [faultOf([], 'It failed before.', 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED')] };
    if (before) return { inventoryAdjustmentGroup: { id: gid('InventoryAdjustmentGroup', '1') }, userErrors: [] };
    const userErrors = input.quantities.flatMap((one, index) => objectionTo(one, index, books));
    books.keys.set(key, { asked, failed: userErrors.length > 0 });
    if (userErrors.length > 0) return { userErrors };
    for (const { inventoryItemId, locationId, quantity } of input.quantities) {
      const [itemId, at] = [numberOf(inventoryItemId), numberOf(locationId)];
      const isNew = books.stock.get(placeKey(itemId, at)) !== quantity;
      books.stock.set(placeKey(itemId, at), quantity);
      if (isNew) stockSet(itemId, at);
    }
    return { inventoryAdjustmentGroup: { id: gid('InventoryAdjustmentGroup', '1') }, userErrors: [] };
  },
  fulfillmentCreate: (args: Fulfil) => fulfil(args, books, fulfilled),
  webhookSubscriptionCreate: ({ topic, webhookSubscription: { uri } }: Subscribe) => {
    if (!uri?.startsWith('http')) return { userErrors: [faultOf(['webhookSubscription', 'uri'], 'Address is invalid')] };
    if ([...books.webhooks.values()].some((one) => one.topic === topic && one.uri === uri))
      return { userErrors: [faultOf(['webhookSubscription', 'uri'], 'Address for this topic has already been taken')] };
    const id = books.nextId();
    books.webhooks.set(id, { id, topic, uri });
    return { webhookSubscription: { id: gid('WebhookSubscription', id), topic, uri, format: 'JSON' }, userErrors: [] };
  },
  webhookSubscriptionDelete: ({ id }: { readonly id: string }) =>
    books.webhooks.delete(numberOf(id))
      ? { deletedWebhookSubscriptionId: id, userErrors: [] }
      : { userErrors: [faultOf(['id'], 'Webhook subscription does not exist')] },
});

/** The key that `@idempotent` carries. Shopify demands it, though the schema doesn't show that. */
const keyOf = ({ schema, fieldNodes, variableValues }: GraphQLResolveInfo): string => {
  const directive = schema.getDirective('idempotent');
  const [node] = fieldNodes;
  const given = directive && node && getDirectiveValues(directive, node, variableValues)?.['key'];
  if (typeof given !== 'string' || given === '') throw new GraphQLError('The @idempotent directive is required.');
  return given;
};

const objectionTo = (
  { inventoryItemId, locationId, quantity, changeFromQuantity }: Quantity,
  index: number,
  books: ShopBooks,
) => {
  const field = (name: string): readonly string[] => ['input', 'quantities', String(index), name];
  const itemId = numberOf(inventoryItemId);
  if (![...books.variants.values()].some((one) => one.inventoryItemId === itemId))
    return [faultOf(field('inventoryItemId'), 'The specified inventory item could not be found.', 'INVALID_INVENTORY_ITEM')];
  const shows = books.stock.get(placeKey(itemId, numberOf(locationId)));
  if (shows === undefined)
    return [faultOf(field('locationId'), 'The specified location could not be found.', 'INVALID_LOCATION')];
  if (quantity < 0) return [faultOf(field('quantity'), 'The quantity must not be negative.', 'INVALID_QUANTITY_NEGATIVE')];
  if (changeFromQuantity === undefined) throw new GraphQLError('changeFromQuantity has to be given, be it null.');
  return changeFromQuantity === null || changeFromQuantity === shows
    ? []
    : [faultOf(field('changeFromQuantity'), 'The quantity has changed.', 'CHANGE_FROM_QUANTITY_STALE')];
};

/** All of one call are of one order and one location, and no more than is left; otherwise nothing is fulfilled. */
const fulfil = ({ fulfillment }: Fulfil, books: ShopBooks, fulfilled: Happenings['fulfilled']) => {
  const refuse = (message: string) => ({ userErrors: [faultOf(['fulfillment'], message)] });
  const parts = fulfillment.lineItemsByFulfillmentOrder.map((asked) => ({
    asked,
    found: partWith(books, asked.fulfillmentOrderId),
  }));
  const [first] = parts;
  if (!first?.found || parts.some(({ found }) => !found)) return refuse('Fulfillment order does not exist.');
  const { order, part } = first.found;
  if (parts.some(({ found }) => found?.order.id !== order.id || found.part.locationId !== part.locationId))
    return refuse('All fulfillment orders must be of one order and one location.');
  if (order.cancelledAt !== null) return refuse('The order is cancelled.');
  const lines = parts.flatMap(({ asked, found }) =>
    asked.fulfillmentOrderLineItems
      ? asked.fulfillmentOrderLineItems.map(({ id, quantity }) => ({ lineId: numberOf(id), quantity }))
      : (found?.part.lines ?? []).map((line) => ({ lineId: line.id, quantity: openOf(books, order, line) })),
  );
  const tooMany = lines.some(({ lineId, quantity }) => {
    const line = part.lines.find((one) => one.id === lineId);
    return !line || quantity < 1 || quantity > openOf(books, order, line);
  });
  if (tooMany) return refuse('Invalid fulfillment order line item quantity requested.');
  const { company = null, number = null, url = null } = fulfillment.trackingInfo ?? {};
  const made = {
    id: books.nextId(),
    orderId: order.id,
    status: 'SUCCESS',
    locationId: part.locationId,
    company,
    number,
    url,
    notified: fulfillment.notifyCustomer,
    lines,
  } as const;
  books.fulfilments.set(made.id, made);
  fulfilled(order);
  return { fulfillment: fulfilmentView(made), userErrors: [] };
};
