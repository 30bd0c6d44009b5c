import {
  type ChannelKind,
  type Err,
  type ExternalOrder,
  err,
  type FulfilmentToTell,
  ok,
  type SalesChannel,
  type ShopLocation,
  type ShopPlace,
  type ShopUnauthorized,
  type ShopUnavailable,
  type ShopVariant,
  type StockShown,
  type StockToShow,
} from '@rappit/domain';

/** `lost`: it does what it is asked to, and its answer is lost on the way. */
export type ShopFault = 'away' | 'unauthorized' | 'lost';

export type FakeShop = {
  readonly channel: SalesChannel;
  /** The order as it is from now on. */
  readonly putOrder: (order: ExternalOrder) => void;
  /** It isn't there any more, or isn't sold any more. */
  readonly dropOrder: (externalId: string) => void;
  /** From now on it can't be read. */
  readonly spoilOrder: (externalId: string) => void;
  /** What a place shows from now on, as if somebody else had counted. */
  readonly setStock: (place: ShopPlace, available: number) => void;
  /** What it sells from now on, besides what it sold before. */
  readonly putVariant: (variant: ShopVariant) => void;
  readonly putLocation: (location: ShopLocation) => void;
  readonly shown: (place: ShopPlace) => number | undefined;
  /** It isn't stocked there any more. */
  readonly forget: (place: ShopPlace) => void;
  /** How often it was asked to show stock. */
  readonly pushes: () => number;
  readonly fulfilments: () => readonly FulfilmentToTell[];
  readonly webhooks: () => readonly { readonly topic: string; readonly address: string }[];
  readonly addWebhook: (webhook: { readonly topic: string; readonly address: string }) => void;
  readonly dropWebhook: (topic: string) => void;
  readonly breakDown: (fault: ShopFault) => void;
  readonly mend: () => void;
};

const TOPICS = ['orders/create', 'orders/updated', 'orders/cancelled'];
const PAGE = 2;

const placeKey = ({ externalItemId, externalLocationId }: ShopPlace): string => `${externalLocationId}\n${externalItemId}`;

/** A shop in memory, which keeps every promise of the port. Only places whose stock was set are there. */
export const fakeShop = (kind: ChannelKind = 'shopify'): FakeShop => {
  /** In the order in which they were changed last. */
  const orders = new Map<string, { readonly order: ExternalOrder; readonly change: number }>();
  const spoilt = new Set<string>();
  const stock = new Map<string, number>();
  const answered = new Map<string, readonly StockShown[]>();
  const variants = new Map<string, ShopVariant>();
  const locations: ShopLocation[] = [];
  const told = new Map<string, FulfilmentToTell>();
  let webhooks: { readonly topic: string; readonly address: string }[] = [];
  let changes = 0;
  let pushes = 0;
  let fault: ShopFault | null = null;
  const gone = (): Err<ShopUnavailable | ShopUnauthorized> | undefined => {
    if (fault === 'away') return err({ code: 'shop.unavailable', message: 'The shop is away.', retryAfterMs: null });
    return fault === 'unauthorized' ? err({ code: 'shop.unauthorized', message: 'The token is not known.' }) : undefined;
  };
  const answer = <Value>(value: Value) =>
    fault === 'lost' ? err({ code: 'shop.unknown_outcome' as const, message: 'The answer was lost.' }) : ok(value);
  const show = ({ available, expected, ...place }: StockToShow): StockShown => {
    const shows = stock.get(placeKey(place));
    if (shows === undefined) return { outcome: 'refused', message: 'It is not stocked there.' };
    if (expected !== null && expected !== shows) return { outcome: 'stale', shows };
    stock.set(placeKey(place), available);
    return { outcome: 'accepted' };
  };
  return {
    channel: {
      kind,
      supports: { compareAndSet: true, lookBackDays: 60 },
      orderById: async (externalId) => gone() ?? ok(orders.get(externalId)?.order ?? null),
      ordersSince: async (cursor) => {
        const changed = [...orders.values()]
          .filter(({ change }) => change > Number(cursor ?? 0))
          .sort((a, b) => a.change - b.change);
        const page = changed.slice(0, PAGE);
        return (
          gone() ??
          ok({
            orders: page.flatMap(({ order }) => (spoilt.has(order.externalId) ? [] : order)),
            unreadable: page.flatMap(({ order: { externalId } }) => (spoilt.has(externalId) ? { externalId, path: 'id' } : [])),
            cursor: String(page.at(-1)?.change ?? cursor ?? 0),
            more: changed.length > page.length,
            remaining: changed.length - page.length,
          })
        );
      },
      catalogue: async (cursor) => {
        const rest = [...variants.values()].slice(Number(cursor ?? 0));
        const page = rest.slice(0, PAGE);
        const next = String(Number(cursor ?? 0) + page.length);
        return gone() ?? ok({ variants: page, cursor: next, more: rest.length > page.length });
      },
      locations: async () => gone() ?? ok([...locations]),
      stockShown: async (places) => gone() ?? ok(places.map((place) => stock.get(placeKey(place)) ?? null)),
      showStock: async (key, places) => {
        pushes += 1;
        const away = gone();
        if (away) return away;
        const shown = answered.get(key) ?? places.map(show);
        answered.set(key, shown);
        return answer(shown);
      },
      tellFulfilment: async (fulfilment) => {
        const away = gone();
        if (away) return away;
        if (!orders.has(fulfilment.externalOrderId)) return err({ code: 'shop.refused', message: 'There is no such order.' });
        const number = `${fulfilment.externalOrderId}\n${fulfilment.tracking.number}`;
        if (!told.has(number)) told.set(number, fulfilment);
        return answer(null);
      },
      ensureWebhooks: async (address) => {
        const away = gone();
        if (away) return away;
        const isThere = (topic: string): boolean => webhooks.some((one) => one.topic === topic && one.address === address);
        const made = TOPICS.filter((topic) => !isThere(topic));
        const kept = TOPICS.filter(isThere);
        webhooks = TOPICS.map((topic) => ({ topic, address }));
        return answer({ made, kept });
      },
      dropWebhooks: async (address) => {
        const away = gone();
        if (away) return away;
        webhooks = webhooks.filter((one) => one.address !== address);
        return answer(null);
      },
      check: async () => gone() ?? ok(null),
    },
    putOrder: (order) => {
      changes += 1;
      orders.set(order.externalId, { order, change: changes });
    },
    dropOrder: (externalId) => void orders.delete(externalId),
    spoilOrder: (externalId) => void spoilt.add(externalId),
    setStock: (place, available) => void stock.set(placeKey(place), available),
    putVariant: (variant) => void variants.set(variant.externalVariantId, variant),
    putLocation: (location) => void locations.push(location),
    shown: (place) => stock.get(placeKey(place)),
    forget: (place) => void stock.delete(placeKey(place)),
    pushes: () => pushes,
    fulfilments: () => [...told.values()],
    webhooks: () => webhooks,
    addWebhook: (webhook) => {
      webhooks = [...webhooks, webhook];
    },
    dropWebhook: (topic) => {
      webhooks = webhooks.filter((one) => one.topic !== topic);
    },
    breakDown: (kindOfFault) => {
      fault = kindOfFault;
    },
    mend: () => {
      fault = null;
    },
  };
};
