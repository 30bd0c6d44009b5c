import { type Post, postOf, type SignedDelivery } from './deliveries.js';
import type { GrantBook } from './grants.js';
import { deletedBody, orderBody, personBody, refundBody, shopBody, shopRedactBody, stockBody } from './rest-bodies.js';
import {
  placeKey,
  type ShopBooks,
  type SimulatedFulfilment,
  type SimulatedLine,
  type SimulatedLocation,
  type SimulatedOrder,
  type SimulatedVariant,
} from './shop-books.js';

/** What somebody buys: a variant of the shop, or goods that it made up for this order. */
export type Bought = {
  readonly variantId?: string;
  readonly sku?: string;
  readonly title?: string;
  readonly quantity: number;
  readonly priceMinor?: number;
};

export type OrderFacts = Partial<Omit<SimulatedOrder, 'id' | 'lines' | 'createdAt' | 'updatedAt'>>;

/** A shop as whoever runs it has it in hand: everything here happens "in the shop", and is told to whoever subscribed. */
export type SimulatedShop = {
  readonly domain: string;
  /** A token that doesn't end, as an owner may type one in. */
  readonly token: () => string;
  readonly addLocation: (name: string, isFulfillmentService?: boolean) => SimulatedLocation;
  /** Something to sell, of which so much stands at the first location; null where the shop doesn't count it. */
  readonly addVariant: (
    facts: Partial<Omit<SimulatedVariant, 'id' | 'inventoryItemId'>>,
    stock: number | null,
  ) => SimulatedVariant;
  readonly variants: () => readonly SimulatedVariant[];
  readonly locations: () => readonly SimulatedLocation[];
  /** An order as it is from now on, with every fact of it given. */
  readonly putOrder: (order: SimulatedOrder) => void;
  /** Somebody buys. The shop takes its stock down by itself, below nothing if need be. */
  readonly buy: (bought: readonly Bought[], facts?: OrderFacts) => SimulatedOrder;
  readonly change: (orderId: string, facts: OrderFacts) => SimulatedOrder;
  /** What is left of a line, after somebody edited the order. */
  readonly edit: (orderId: string, lineId: string, current: number) => SimulatedOrder;
  readonly cancel: (orderId: string, reason?: SimulatedOrder['cancelReason']) => SimulatedOrder;
  /** Gives so much back, and takes so many units of lines out of the order. */
  readonly refund: (orderId: string, amountMinor: number, units?: Readonly<Record<string, number>>) => SimulatedOrder;
  readonly fulfil: (orderId: string, number: string) => SimulatedFulfilment;
  readonly cancelFulfilment: (fulfilmentId: string) => void;
  readonly deleteOrder: (orderId: string) => void;
  readonly spoilOrder: (orderId: string) => void;
  readonly orders: () => readonly SimulatedOrder[];
  readonly fulfilments: (orderId: string) => readonly SimulatedFulfilment[];
  /** What a place shows; undefined where nothing is counted. */
  readonly stockAt: (itemId: string, locationId: string) => number | undefined;
  readonly setStock: (itemId: string, locationId: string, available: number) => void;
  readonly webhooks: () => readonly { readonly topic: string; readonly uri: string }[];
  readonly addWebhook: (topic: string, uri: string) => void;
  readonly dropWebhooks: (topic: string) => void;
  /** The owner takes the app out: every token is dead from then on. */
  readonly uninstall: () => void;
  /** What Shopify tells an app of people's data, to the address that it was registered with. */
  readonly askForData: (address: string, orderId: string, what: 'customers/data_request' | 'customers/redact') => void;
  readonly askToForget: (address: string) => void;
  readonly skipIds: ShopBooks['skipIds'];
  /** Everything that happened since this was asked last, signed. */
  readonly deliveries: () => readonly SignedDelivery[];
};

export type ShopOptions = {
  readonly books: ShopBooks;
  readonly grants: GrantBook;
  readonly secret: string;
  readonly now: () => Date;
};

type Known = ShopOptions & { readonly post: Post };

/** Shopify counts in seconds; two changes of one second carry the same time. */
const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1_000) * 1_000);

export const simulatedShop = (options: ShopOptions): SimulatedShop & { readonly happenings: ReturnType<typeof happeningsOf> } => {
  const { books, grants, secret, now } = options;
  const post = postOf(books, secret, now);
  const known = { ...options, post };
  return {
    ...ordersOf(known),
    ...goodsOf(known),
    domain: books.domain,
    token: () => grants.lasting(books.domain),
    webhooks: () => [...books.webhooks.values()].map(({ topic, uri }) => ({ topic, uri })),
    addWebhook: (topic, uri) => {
      const id = books.nextId();
      books.webhooks.set(id, { id, topic, uri });
    },
    dropWebhooks: (topic) => {
      for (const [id, one] of books.webhooks) if (one.topic === topic) books.webhooks.delete(id);
    },
    uninstall: () => {
      grants.revoke(books.domain);
      post.tell('app/uninstalled', shopBody(books));
      books.webhooks.clear();
    },
    askForData: (address, orderId, what) => {
      const order = orderIn(books, orderId);
      const person = { id: order.customer?.id ?? '1', email: order.email ?? order.customer?.email ?? null, phone: order.phone };
      const named = what === 'customers/redact' ? 'orders_to_redact' : 'orders_requested';
      post.tellTo(address, what, personBody(books, person, { named, ids: [orderId] }));
    },
    askToForget: (address) => post.tellTo(address, 'shop/redact', shopRedactBody(books)),
    skipIds: books.skipIds,
    deliveries: post.deliveries,
    happenings: happeningsOf(known),
  };
};

const orderIn = (books: ShopBooks, id: string): SimulatedOrder => {
  const order = books.orders.get(id);
  if (!order) throw new Error(`no order ${id} in ${books.domain}`);
  return order;
};

const happeningsOf = ({ books, post, now }: Known) => ({
  stockSet: (itemId: string, locationId: string): void => {
    const available = books.stock.get(placeKey(itemId, locationId)) ?? null;
    post.tell('inventory_levels/update', stockBody(itemId, locationId, available, now()));
  },
  fulfilled: ({ id }: SimulatedOrder): void => {
    const changed = { ...orderIn(books, id), updatedAt: wholeSecond(now()) };
    books.orders.set(id, changed);
    post.tell('orders/updated', orderBody(changed, books));
  },
});

const goodsOf = (known: Known) => {
  const { books } = known;
  const { stockSet } = happeningsOf(known);
  return {
    addLocation: (name: string, isFulfillmentService = false): SimulatedLocation => {
      const location = { id: books.nextId(), name, isFulfillmentService };
      books.locations.set(location.id, location);
      return location;
    },
    addVariant: (facts: Parameters<SimulatedShop['addVariant']>[0], stock: number | null): SimulatedVariant => {
      const usual = { productTitle: 'Goods', title: 'Default Title', sku: null, barcode: null, tracked: stock !== null };
      const variant = { ...usual, ...facts, id: books.nextId(), inventoryItemId: books.nextId() };
      books.variants.set(variant.id, variant);
      const [location] = books.locations.values();
      if (location && stock !== null) books.stock.set(placeKey(variant.inventoryItemId, location.id), stock);
      return variant;
    },
    variants: () => [...books.variants.values()],
    locations: () => [...books.locations.values()],
    stockAt: (itemId: string, locationId: string) => books.stock.get(placeKey(itemId, locationId)),
    setStock: (itemId: string, locationId: string, available: number): void => {
      books.stock.set(placeKey(itemId, locationId), available);
      stockSet(itemId, locationId);
    },
  };
};

const ordersOf = (known: Known) => {
  const { books, post, now } = known;
  const { stockSet } = happeningsOf(known);
  const save = (order: SimulatedOrder, ...topics: readonly string[]): SimulatedOrder => {
    books.orders.set(order.id, order);
    for (const topic of topics) post.tell(topic, orderBody(order, books));
    return order;
  };
  const changed = (orderId: string, facts: Partial<SimulatedOrder>, ...topics: readonly string[]): SimulatedOrder =>
    save({ ...orderIn(books, orderId), ...facts, updatedAt: wholeSecond(now()) }, ...topics, 'orders/updated');
  const move = ({ variantId, locationId }: SimulatedLine, units: number): void => {
    const itemId = variantId === null ? undefined : books.variants.get(variantId)?.inventoryItemId;
    const before = itemId === undefined ? undefined : books.stock.get(placeKey(itemId, locationId));
    if (itemId === undefined || before === undefined || units === 0) return;
    books.stock.set(placeKey(itemId, locationId), before + units);
    stockSet(itemId, locationId);
  };
  return {
    putOrder: (order: SimulatedOrder): void => void save(order, 'orders/updated'),
    buy: (bought: readonly Bought[], facts: OrderFacts = {}): SimulatedOrder => {
      const at = wholeSecond(now());
      const lines = bought.map((one) => lineOf(one, books));
      const order = save(
        { ...usualOrder(books), ...facts, id: books.nextId(), createdAt: at, updatedAt: at, lines },
        'orders/create',
      );
      for (const line of lines) move(line, -line.quantity);
      return order;
    },
    change: (orderId: string, facts: OrderFacts) => changed(orderId, facts),
    edit: (orderId: string, lineId: string, current: number): SimulatedOrder => {
      const { lines } = orderIn(books, orderId);
      for (const line of lines) if (line.id === lineId) move(line, line.current - current);
      return changed(orderId, { lines: lines.map((line) => (line.id === lineId ? { ...line, current } : line)) });
    },
    cancel: (orderId: string, cancelReason: SimulatedOrder['cancelReason'] = 'customer'): SimulatedOrder => {
      const order = orderIn(books, orderId);
      for (const line of order.lines) move(line, line.current);
      // Only what was never taken is voided: of what was given back in part the rest stays where it is.
      const financialStatus = order.refundedMinor > 0 ? order.financialStatus : 'voided';
      return changed(orderId, { cancelledAt: wholeSecond(now()), cancelReason, financialStatus }, 'orders/cancelled');
    },
    refund: (orderId: string, amountMinor: number, units: Readonly<Record<string, number>> = {}): SimulatedOrder => {
      const order = orderIn(books, orderId);
      for (const line of order.lines) move(line, units[line.id] ?? 0);
      const lines = order.lines.map((line) => ({ ...line, current: line.current - (units[line.id] ?? 0) }));
      const refundedMinor = order.refundedMinor + amountMinor;
      const refunded = changed(orderId, { lines, refundedMinor, financialStatus: 'partially_refunded' });
      post.tell('refunds/create', refundBody(books.nextId(), orderId));
      return refunded;
    },
    fulfil: (orderId: string, number: string): SimulatedFulfilment => {
      const { lines } = orderIn(books, orderId);
      const made: SimulatedFulfilment = {
        id: books.nextId(),
        orderId,
        status: 'SUCCESS',
        locationId: lines[0]?.locationId ?? '',
        company: null,
        number,
        url: null,
        notified: false,
        lines: lines.map(({ id, current }) => ({ lineId: id, quantity: current })),
      };
      books.fulfilments.set(made.id, made);
      changed(orderId, {});
      return made;
    },
    cancelFulfilment: (fulfilmentId: string): void => {
      const fulfilment = books.fulfilments.get(fulfilmentId);
      if (!fulfilment) return;
      books.fulfilments.set(fulfilmentId, { ...fulfilment, status: 'CANCELLED' });
      changed(fulfilment.orderId, {});
    },
    deleteOrder: (orderId: string): void => {
      books.orders.delete(orderId);
      post.tell('orders/delete', deletedBody(orderId));
    },
    spoilOrder: (orderId: string): void => void books.spoilt.add(orderId),
    orders: () => [...books.orders.values()],
    fulfilments: (orderId: string) => [...books.fulfilments.values()].filter((one) => one.orderId === orderId),
  };
};

const PRICE_MINOR = 1_000;

const lineOf = ({ variantId, sku, title, quantity, priceMinor = PRICE_MINOR }: Bought, books: ShopBooks): SimulatedLine => {
  const variant = variantId === undefined ? undefined : books.variants.get(variantId);
  const [location] = books.locations.keys();
  return {
    id: books.nextId(),
    variantId: variantId ?? null,
    sku: sku ?? variant?.sku ?? null,
    title: title ?? variant?.productTitle ?? 'Goods',
    variantTitle: null,
    unitPriceMinor: priceMinor,
    discountMinor: 0,
    taxMinor: 0,
    quantity,
    current: quantity,
    locationId: location ?? '',
  };
};

const usualOrder = (books: ShopBooks): Omit<SimulatedOrder, 'id' | 'lines' | 'createdAt' | 'updatedAt'> => ({
  name: `#${1_001 + books.orders.size}`,
  cancelledAt: null,
  cancelReason: null,
  currency: books.currency,
  financialStatus: 'paid',
  email: null,
  phone: null,
  customer: null,
  shippingAddress: null,
  billingAddress: null,
  gateways: ['shopify_payments'],
  tags: [],
  shippingMinor: 0,
  refundedMinor: 0,
});
