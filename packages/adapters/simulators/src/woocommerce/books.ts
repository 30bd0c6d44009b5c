/** Somebody's name and address, by WooCommerce's own words: `first_name`, `address_1`, `postcode`. */
export type WooParty = Readonly<Record<string, string>>;

export type SimulatedLine = {
  readonly id: string;
  /** `product` or `product/variation`; null for goods that were made up for one order. */
  readonly itemId: string | null;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** All units together, without tax; minor units. */
  readonly subtotalMinor: number;
  readonly totalMinor: number;
  readonly taxMinor: number;
};

export type SimulatedRefund = {
  readonly id: string;
  readonly totalMinor: number;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
};

export type SimulatedOrder = {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly currency: string;
  readonly customerId: string;
  readonly billing: WooParty;
  readonly shipping: WooParty;
  readonly lines: readonly SimulatedLine[];
  readonly shippingMinor: number;
  readonly paymentMethod: string;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly paidAt: Date | null;
  readonly completedAt: Date | null;
  readonly refunds: readonly SimulatedRefund[];
};

export type SimulatedItem = {
  /** `product` or `product/variation`. */
  readonly id: string;
  readonly sku: string;
  readonly barcode: string;
  readonly name: string;
  /** What sets a variation apart. */
  readonly option: string;
  readonly isVirtual: boolean;
  /** Null where the store doesn't count it. */
  readonly stock: number | null;
};

/** What somebody wants to buy. */
export type Wanted = { readonly itemId: string; readonly quantity: number; readonly priceMinor?: number };

type Happened = (topic: string, id: string) => void;

/** Everything that a simulated store knows, changed in place. Each change is told. */
export const wooBooks = (now: () => Date, happened: Happened) => {
  const orders = new Map<string, SimulatedOrder>();
  const items = new Map<string, SimulatedItem>();
  const spoilt = new Set<string>();
  let count = 1_000;
  const nextId = (): string => {
    count += 1;
    return String(count);
  };
  const keep = (order: SimulatedOrder): SimulatedOrder => {
    const topic = orders.has(order.id) ? 'order.updated' : 'order.created';
    orders.set(order.id, order);
    happened(topic, order.id);
    return order;
  };
  const change = (id: string, facts: Partial<SimulatedOrder>): SimulatedOrder => {
    const order = orders.get(id);
    if (!order) throw new Error(`there is no order ${id}`);
    return keep({ ...order, modifiedAt: now(), ...facts });
  };
  const setStock = (itemId: string, stock: number | null): void => {
    const item = items.get(itemId);
    if (!item) throw new Error(`there is no item ${itemId}`);
    items.set(itemId, { ...item, stock });
    happened('product.updated', itemId);
  };
  /** A store takes what is bought from its stock, and goes below none where it sold beyond it. */
  const move = (lines: readonly SimulatedLine[], direction: 1 | -1): void => {
    for (const { itemId, quantity } of lines) {
      const item = itemId === null ? undefined : items.get(itemId);
      if (item && item.stock !== null) items.set(item.id, { ...item, stock: item.stock + direction * quantity });
    }
  };
  return {
    orders,
    items,
    spoilt,
    nextId,
    /** Leaves so many ids out: a store that forgot what it had sold gives no id a second time. */
    skipIds: (skipped: number): void => {
      count += skipped;
    },
    now,
    putItem: (item: SimulatedItem): void => {
      items.set(item.id, item);
      happened('product.updated', item.id);
    },
    setStock,
    putOrder: keep,
    changeOrder: change,
    /** Somebody buys and has paid; answers the order's id, or undefined where the store shows too little. */
    buy: (wanted: readonly Wanted[], facts: Partial<SimulatedOrder> = {}): string | undefined => {
      const known = wanted.map((one) => ({ ...one, item: items.get(one.itemId) }));
      if (known.some(({ item, quantity }) => !item || (item.stock !== null && item.stock < quantity))) return undefined;
      const lines = known.map(({ item, itemId, quantity, priceMinor = 1_000 }) => ({
        id: nextId(),
        itemId,
        sku: item?.sku ?? '',
        name: item?.name ?? '',
        quantity,
        subtotalMinor: priceMinor * quantity,
        totalMinor: priceMinor * quantity,
        taxMinor: 0,
      }));
      move(lines, -1);
      const id = nextId();
      const at = now();
      const people = { customerId: '0', billing: {}, shipping: {} };
      const course = { createdAt: at, modifiedAt: at, paidAt: at, completedAt: null, refunds: [] };
      const sold = { status: 'processing', currency: 'EUR', paymentMethod: 'bacs', shippingMinor: 0 };
      return keep({ id, number: id, ...people, ...course, ...sold, lines, ...facts }).id;
    },
    cancelOrder: (id: string): void => {
      const order = change(id, { status: 'cancelled' });
      move(order.lines, 1);
    },
    completeOrder: (id: string): void => void change(id, { status: 'completed', completedAt: now() }),
    /** Gives money back for some units, and puts them back into the stock where it is said so. */
    refund: (id: string, lines: SimulatedRefund['lines'], restock = false): void => {
      const order = orders.get(id);
      const given = lines.map(({ lineId, quantity }) => ({ line: order?.lines.find((one) => one.id === lineId), quantity }));
      const totalMinor = given.reduce(
        (sum, { line, quantity }) => sum + Math.round(((line?.totalMinor ?? 0) * quantity) / (line?.quantity ?? 1)),
        0,
      );
      change(id, { refunds: [...(order?.refunds ?? []), { id: nextId(), totalMinor, lines }] });
      if (restock)
        move(
          given.flatMap(({ line, quantity }) => (line ? { ...line, quantity } : [])),
          1,
        );
    },
    deleteOrder: (id: string): void => {
      if (orders.delete(id)) happened('order.deleted', id);
    },
    /** From now on it is told in a way that nobody can read. */
    spoilOrder: (id: string): void => void spoilt.add(id),
  };
};

export type WooBooks = ReturnType<typeof wooBooks>;
