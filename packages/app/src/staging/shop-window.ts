import type { ChannelKind, GuardedFetch } from '@rappit/domain';

/** What a simulated shop sells. A shop and a store call the same goods by the same SKU. */
export type ShownGoods = { readonly sku: string; readonly name: string; readonly stock: number | null };
export type ShownOrder = {
  readonly id: string;
  readonly number: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** What the shop was told of its parcels. */
  readonly trackingNumbers: readonly string[];
};

/** A simulated shop as its owner would see it. */
export type ShownShop = {
  readonly kind: ChannelKind;
  /** What it is connected by. */
  readonly shop: string;
  readonly goods: readonly ShownGoods[];
  /** The newest first. */
  readonly orders: readonly ShownOrder[];
};

/** Somebody buys: the order that the shop made of it, or undefined where it sells no such thing, or has too few. */
export type Buy = (sku: string, quantity: number) => ShownOrder | undefined;

export type SimulatedShopInHand = {
  readonly kind: ChannelKind;
  /** The domain or address that it is connected by; nobody answers to it anywhere else. */
  readonly shop: string;
  /** Where it is called within this machine. */
  readonly baseUrl: string;
  readonly look: () => ShownShop;
  readonly buy: Buy;
};

/** A shop of each kind. Nothing else on this machine is called by `send`. */
export type SimulatedShops = Readonly<Record<ChannelKind, SimulatedShopInHand>> & GuardedFetch;
