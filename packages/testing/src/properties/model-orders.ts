import {
  allows,
  decidePlacements,
  leave,
  type Order,
  type OrderDraft,
  openBooks,
  type PlacementRequest,
  parseSku,
  type Reservation,
  stockSkusOf,
  system,
} from '@rappit/domain';
import { exampleDraft, exampleLine } from '../fakes/examples.js';
import { type Model, moved, named, occasionOf, purchasesOf, shelvesOf, withNewOrder, withOrder } from './model.js';
import { expiring } from './model-payments.js';
import { type Outcome, serving, waitingUnits, withPartners } from './model-stock.js';
import { type Said, say, statusWords } from './said.js';
import { type Command, type ToldOrder, UNKNOWN } from './story.js';

type Of<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;

const payments: Readonly<Record<ToldOrder['payment'], Pick<OrderDraft, 'paymentStatus' | 'paymentMethod'>>> = {
  paid: { paymentStatus: 'paid', paymentMethod: 'prepaid' },
  owed: { paymentStatus: 'pending', paymentMethod: 'prepaid' },
  unknown: { paymentStatus: 'pending', paymentMethod: null },
};

/** The request that a told order stands for; the same for the model and for a store. */
export const requestOf = (model: Pick<Model, 'skus'>, told: ToldOrder, channelId: string): PlacementRequest => {
  const textOf = (sku: number): string => (sku === UNKNOWN ? 'NOBODY KNOWS' : (named(model.skus, sku) ?? ''));
  const source = {
    kind: 'channel' as const,
    channelId,
    externalId: String(told.external),
    externalNumber: null,
    updatedAt: new Date('2026-01-04T00:00:00.000Z'),
  };
  return {
    actor: system('story'),
    draft: exampleDraft(
      told.lines.map(({ sku, quantity, shipped }) => exampleLine(textOf(sku), quantity, { shipped })),
      {
        onShortage: told.onShortage,
        ...payments[told.payment],
        ...(told.external !== null && { source }),
      },
    ),
  };
};

/** First come first served; a shop's order that is there, or stands in the batch before, isn't placed again. */
export const placing = (before: Model, command: Of<'place'>): Outcome => {
  const seen = new Set(before.placedExternals);
  const fresh = command.orders.map(
    ({ external }) => external === null || (!seen.has(String(external)) && Boolean(seen.add(String(external)))),
  );
  const requests = command.orders.filter((_, index) => fresh[index]).map((told) => requestOf(before, told, 'channel'));
  const asked = requests.flatMap(({ draft }) =>
    draft.lines.flatMap(({ sku }) => {
      const parsed = parseSku(sku ?? '');
      return parsed.ok ? [parsed.value] : [];
    }),
  );
  const skus = [...new Set(asked.flatMap((sku) => [sku, ...(before.kits.get(sku) ?? []).map((part) => part.sku)]))];
  const model = expiring(before, skus);
  const situation = {
    now: model.now,
    shelves: shelvesOf(model, skus),
    // Waiting lines are served with whatever arrives, so an arriving order never meets both stock and somebody who waits for it.
    items: model.skus.map((sku) => ({
      sku,
      name: sku,
      components: model.kits.get(sku) ?? null,
      lowStockThreshold: null,
      waiting: waitingUnits(model, sku),
    })),
    numbers: requests.map((_, index) => String(model.orders.length + index)),
  };
  const decided = decidePlacements(model)(situation, requests);
  const after = decided.reduce((built, placement) => {
    if (!placement.ok) return built;
    return moved(withNewOrder(built, placement.value.order), placement.value.stock);
  }, model);
  const answers = [...decided];
  const said = fresh.map((isFresh): Said => {
    const placement = isFresh ? answers.shift() : undefined;
    return placement ? say(placement, ({ order }) => statusWords(order)) : 'order.already_placed';
  });
  return { model: { ...after, placedExternals: seen }, said: said.join('; ') };
};

export const openOf = (model: Model, order: Order): readonly Reservation[] =>
  [...model.stock.reservations.values()].filter(({ orderId, status }) => orderId === order.id && status === 'open');

/** All that hasn't left, unless a label of the order is being bought. */
export const cancelling = (model: Model, command: Of<'cancel'>): Outcome => {
  const order = named(model.orders, command.order);
  if (!order) return { model, said: 'skipped' };
  if (!allows(order.status, 'cancel')) return { model, said: 'order.invalid_transition' };
  if (purchasesOf(model, order) > 0) return { model, said: 'order.purchase_in_progress' };
  const skus = withPartners(model, stockSkusOf(order.lines));
  const books = openBooks(shelvesOf(model, skus).map(({ level }) => level));
  const freed = moved(model, leave(books, occasionOf(model), openOf(model, order), 'released', 'other'));
  const lines = order.lines.map((line) => ({
    ...line,
    cancelled: line.ordered - line.shipped,
    pending: 0,
    reserved: 0,
    backordered: 0,
  }));
  const status = lines.some(({ shipped }) => shipped > 0) ? 'shipped' : 'cancelled';
  const cancelled = withOrder(freed, { ...order, lines, status, hold: null });
  return { model: serving(cancelled, skus), said: `ok ${status}` };
};

export const makingReady = (model: Model, command: Of<'ready'>): Outcome => {
  const order = named(model.orders, command.order);
  if (!order) return { model, said: 'skipped' };
  if (!allows(order.status, 'ready')) return { model, said: 'order.invalid_transition' };
  if (order.lines.every(({ reserved }) => reserved === 0)) return { model, said: 'order.nothing_reserved' };
  return { model: withOrder(model, { ...order, status: 'readyToShip' }), said: 'ok readyToShip' };
};
