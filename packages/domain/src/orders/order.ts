import type { Address, Brand } from '../kernel/index.js';
import type { OrderLine } from './order-line.js';
import type { OrderStatus } from './status.js';

export type OrderId = Brand<string, 'OrderId'>;
export const OrderId = (text: string): OrderId => text as OrderId;

/** Where an order was placed. `externalId` is the shop's own id, exact to the last digit. */
export type OrderSource =
  | { readonly kind: 'api' }
  | {
      readonly kind: 'channel';
      readonly channelId: string;
      readonly externalId: string;
      readonly externalNumber: string | null;
      /** When the shop last changed it, by the shop's clock. */
      readonly updatedAt: Date;
      /** Left out of an order that came before it was kept, and of one whose source is never heard again. */
      readonly lastWord?: LastWord | undefined;
    };

export const holdReasons = ['unmappedSku', 'fraud', 'address', 'manual'] as const;
export type HoldReason = (typeof holdReasons)[number];

export const paymentStatuses = ['pending', 'authorized', 'paid', 'partiallyRefunded', 'refunded', 'failed'] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

export const paymentMethods = ['prepaid', 'cashOnDelivery'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

export type Customer = {
  readonly externalId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
};

/** Minor units of the order's currency. */
export type Totals = {
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly shippingMinor: number;
  readonly totalMinor: number;
};

/** How many of a line's units are its shop's doing, and what the shop asks for them; the rest of its counts is ours. */
export type WordOnLine = Pick<
  OrderLine,
  'ordered' | 'shipped' | 'cancelled' | 'unitPriceMinor' | 'taxMinor' | 'discountMinor'
> & {
  /** The shop's own id of the line. A shop may tell several under one: they are told apart by their order. */
  readonly lineId: string;
};

/**
 * What a shop told last of an order. Whatever it tells next is compared with this and not with the order, so that what it changed is
 * taken over, and what was changed here stays.
 */
export type LastWord = {
  /** A digest of all that it told. */
  readonly mark: string;
  /** Units that it said were shipped or given up. */
  readonly gone: number;
  /** Its statuses in its own words, by what they are of; those that we don't know are kept like the others. */
  readonly statuses: Readonly<Record<string, string>>;
  readonly lines: readonly WordOnLine[];
  readonly totals: Totals;
  readonly paymentStatus: PaymentStatus;
  readonly refundedMinor: number | null;
  readonly tags: readonly string[];
  /** Digests, since the order itself has the persons' data already. */
  readonly customer: string;
  readonly shippingAddress: string;
  readonly billingAddress: string;
};

/** What was paid of an order so far, and given back of that. Minor units of the order's currency. */
export type Amounts = { readonly paidMinor: number; readonly refundedMinor: number };

export type Order = Amounts & {
  readonly id: OrderId;
  /** Unique in the organization; not gapless. */
  readonly number: string;
  readonly source: OrderSource;
  readonly status: OrderStatus;
  readonly hold: HoldReason | null;
  readonly currency: string;
  readonly customer: Customer | null;
  readonly shippingAddress: Address | null;
  readonly billingAddress: Address | null;
  readonly lines: readonly OrderLine[];
  readonly totals: Totals;
  readonly paymentStatus: PaymentStatus;
  readonly paymentMethod: PaymentMethod;
  /** How long each promise to it lasts while its payment is pending; null for an order whose promises last. */
  readonly paymentWindowMinutes: number | null;
  /** Payment was waited for in vain: the order gets no stock until it is paid. */
  readonly paymentExpired: boolean;
  readonly tags: readonly string[];
  readonly placedAt: Date;
  /** Shipments that leave with goods of it whose label is being bought, or may have been: until they are settled the order can't be cancelled. */
  readonly purchases: number;
  /** Rises with every change. */
  readonly version: number;
};

/** What a list shows of an order. */
export type OrderSummary = Pick<
  Order,
  'id' | 'number' | 'source' | 'status' | 'hold' | 'currency' | 'paymentStatus' | 'placedAt'
> & {
  readonly customerName: string | null;
  readonly totalMinor: number;
  readonly units: number;
};
