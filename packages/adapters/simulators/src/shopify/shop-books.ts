/** Ids are digits, larger than a JavaScript number holds, as Shopify's may be. */
export type SimulatedLine = {
  readonly id: string;
  readonly variantId: string | null;
  readonly sku: string | null;
  readonly title: string;
  readonly variantTitle: string | null;
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly quantity: number;
  /** What is left of it after edits and refunds. */
  readonly current: number;
  readonly locationId: string;
};

export type SimulatedAddress = {
  readonly name: string | null;
  readonly company: string | null;
  readonly address1: string | null;
  readonly address2: string | null;
  readonly city: string | null;
  readonly province: string | null;
  readonly provinceCode: string | null;
  readonly zip: string | null;
  readonly countryCode: string | null;
  readonly phone: string | null;
};

export type SimulatedCustomer = {
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
};

export type FinancialStatus = 'pending' | 'authorized' | 'paid' | 'partially_refunded' | 'refunded' | 'voided';

export type SimulatedOrder = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly cancelledAt: Date | null;
  readonly cancelReason: 'customer' | 'inventory' | 'fraud' | 'declined' | 'other' | null;
  readonly currency: string;
  readonly financialStatus: FinancialStatus;
  readonly email: string | null;
  readonly phone: string | null;
  readonly customer: SimulatedCustomer | null;
  readonly shippingAddress: SimulatedAddress | null;
  readonly billingAddress: SimulatedAddress | null;
  readonly gateways: readonly string[];
  readonly tags: readonly string[];
  readonly shippingMinor: number;
  readonly refundedMinor: number;
  readonly lines: readonly SimulatedLine[];
};

export type SimulatedFulfilment = {
  readonly id: string;
  readonly orderId: string;
  readonly status: 'SUCCESS' | 'CANCELLED';
  readonly locationId: string;
  readonly company: string | null;
  readonly number: string | null;
  readonly url: string | null;
  readonly notified: boolean;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
};

export type SimulatedVariant = {
  readonly id: string;
  readonly inventoryItemId: string;
  readonly tracked: boolean;
  readonly productTitle: string;
  readonly title: string;
  readonly sku: string | null;
  readonly barcode: string | null;
};

export type SimulatedLocation = { readonly id: string; readonly name: string; readonly isFulfillmentService: boolean };

export type SimulatedWebhook = { readonly id: string; readonly topic: string; readonly uri: string };

/** Everything that one shop remembers. */
export type ShopBooks = {
  readonly domain: string;
  readonly currency: string;
  readonly orders: Map<string, SimulatedOrder>;
  readonly fulfilments: Map<string, SimulatedFulfilment>;
  readonly variants: Map<string, SimulatedVariant>;
  readonly locations: Map<string, SimulatedLocation>;
  /** What each place shows, by item and location. */
  readonly stock: Map<string, number>;
  readonly webhooks: Map<string, SimulatedWebhook>;
  readonly keys: Map<string, { readonly asked: string; readonly failed: boolean }>;
  /** Orders that are told in a way that nobody can read. */
  readonly spoilt: Set<string>;
  readonly nextId: () => string;
  /** Leaves so many ids out: a shop that forgot what it had sold gives no id a second time. */
  readonly skipIds: (count: number) => void;
};

const FIRST_ID = 9_007_199_254_740_993n;

export const shopBooks = (domain: string, currency: string): ShopBooks => {
  let count = 0n;
  return {
    domain,
    currency,
    orders: new Map(),
    fulfilments: new Map(),
    variants: new Map(),
    locations: new Map(),
    stock: new Map(),
    webhooks: new Map(),
    keys: new Map(),
    spoilt: new Set(),
    nextId: () => {
      count += 1n;
      return String(FIRST_ID + count);
    },
    skipIds: (skipped) => {
      count += BigInt(skipped);
    },
  };
};

export const placeKey = (itemId: string, locationId: string): string => `${itemId} ${locationId}`;

/** What has left of a line. */
export const fulfilledOf = ({ fulfilments }: ShopBooks, line: SimulatedLine): number =>
  [...fulfilments.values()]
    .filter(({ status }) => status === 'SUCCESS')
    .flatMap(({ lines }) => lines)
    .reduce((sum, one) => sum + (one.lineId === line.id ? one.quantity : 0), 0);

/** What of a line is still to be fulfilled; nothing, once its order is cancelled. */
export const openOf = (books: ShopBooks, order: SimulatedOrder, line: SimulatedLine): number =>
  order.cancelledAt === null ? Math.max(0, line.current - fulfilledOf(books, line)) : 0;

export type Fulfilled = 'FULFILLED' | 'PARTIALLY_FULFILLED' | 'UNFULFILLED';

export const fulfilledStatus = (books: ShopBooks, order: SimulatedOrder): Fulfilled => {
  const left = order.lines.reduce((sum, line) => sum + fulfilledOf(books, line), 0);
  if (left === 0) return 'UNFULFILLED';
  return order.lines.every((line) => openOf(books, order, line) === 0) ? 'FULFILLED' : 'PARTIALLY_FULFILLED';
};

export type OrderAmounts = {
  readonly lineItems: number;
  readonly discounts: number;
  readonly tax: number;
  readonly total: number;
};

export const amountsOf = ({ lines, shippingMinor }: SimulatedOrder): OrderAmounts => {
  const sum = (amount: (line: SimulatedLine) => number): number => lines.reduce((total, line) => total + amount(line), 0);
  const [lineItems, discounts, tax] = [
    sum(({ unitPriceMinor, quantity }) => unitPriceMinor * quantity),
    sum(({ discountMinor }) => discountMinor),
    sum(({ taxMinor }) => taxMinor),
  ];
  return { lineItems, discounts, tax, total: lineItems - discounts + tax + shippingMinor };
};
