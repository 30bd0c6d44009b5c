import { type AllocationPolicy, type Item, type Occasion, openBooks, parseSku, type Sku, stockedAs } from '../inventory/index.js';
import {
  type Caller,
  err,
  type IdSource,
  type Moment,
  type OrganizationId,
  ok,
  type Result,
  type RunRefusal,
  type UnitOfWork,
} from '../kernel/index.js';
import { type Addresses, addressesChanged } from './change-order.js';
import type { InsufficientStock } from './decide-placements.js';
import { expireUnpaid } from './expire-unpaid.js';
import { type LinesEdit, type LinesRefused, type PlannedLines, planLines } from './line-edit.js';
import { checkAction, type LockedOrder, lockOrder, type OrderNotFound } from './locked-order.js';
import type { Order, OrderId } from './order.js';
import { statusAsItStands } from './order-status-after-loss.js';
import { totalsAfter } from './order-totals.js';
import { reshape } from './reshape.js';
import { serveWaiting, shelvesAfter } from './serve-waiting.js';
import { settleStock } from './settle-stock.js';
import type { InvalidTransition } from './status.js';
import type { OrderStores } from './stores.port.js';
import { retagged } from './tags.js';
import { advance, type Told } from './timeline.js';

/** What is named is changed. With `version`, nothing is unless the order still has it. */
export type OrderEdit = Addresses & {
  readonly version?: number | undefined;
  /** All tags that the order is to have. */
  readonly tags?: readonly string[] | undefined;
  readonly lines?: LinesEdit | undefined;
};

/** Somebody has changed the order since it was read; `version` is the one that it has now. */
export type OrderChanged = { readonly code: 'order.changed'; readonly version: number };
export type EditRefused = OrderNotFound | OrderChanged | InvalidTransition | LinesRefused | InsufficientStock | RunRefusal;

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };
type Stores = OrderStores & Moment;

/**
 * Changes an order that hasn't all left: its lines, its addresses, its tags; all of it or nothing.
 * - Only what lines differ is reserved or released, in the same transaction; what is promised already stays where it is.
 * - More is given like to a new order: it gets only what waiting orders leave, and what the same edit frees.
 * - An order that was ready goes back to what its lines say, and has to be made ready again when its lines changed.
 */
export const editOrder =
  (deps: Deps) =>
  async (caller: Caller, id: OrderId, edit: OrderEdit): Promise<Result<Order, EditRefused>> => {
    if (edit.lines) await expireWanted(deps, caller.organizationId, { id, lines: edit.lines });
    return deps.unitOfWork.run<Order, EditRefused>(
      caller.organizationId,
      async (stores) => {
        const occasion = { actor: caller.actor, at: stores.now, ids: deps.ids };
        const items = await itemsOf(stores, edit.lines);
        const locked = await lockOrder(stores, id, stockSkus(items));
        if (!locked.ok) return locked;
        const { order } = locked.value;
        if (edit.version !== undefined && edit.version !== order.version)
          return err({ code: 'order.changed', version: order.version });
        const changed = await changeFacts(stores, occasion, { order, edit });
        if (!changed.ok || !edit.lines) return changed;
        const allowed = checkAction(order, 'edit');
        if (!allowed.ok) return allowed;
        if (!isSame(items, await itemsOf(stores, edit.lines))) return err({ code: 'store.conflict' });
        return changeLines(stores, occasion, {
          deps,
          locked: { ...locked.value, order: changed.value },
          items,
          edit: edit.lines,
        });
      },
      caller.once,
    );
  };

/** What lapsed of the goods is free for whoever asks, and is expired first. */
const expireWanted = async (
  deps: Deps,
  organizationId: OrganizationId,
  { id, lines }: { readonly id: OrderId; readonly lines: LinesEdit },
): Promise<void> => {
  const wanted = await deps.unitOfWork.read(organizationId, async (stores) => {
    const order = await stores.orders.find(id);
    const named = new Set<string>(lines.change.map(({ lineId }) => lineId));
    const growing = order?.lines.filter((line) => named.has(line.id)) ?? [];
    return [
      ...stockSkus(await itemsOf(stores, lines)),
      ...growing.flatMap(({ sku, components }) => (sku ? stockedAs({ sku, components }) : [])),
    ];
  });
  if (wanted.length > 0) await expireUnpaid(deps)(organizationId, wanted);
};

const itemsOf = async ({ items }: Pick<OrderStores, 'items'>, lines: LinesEdit | undefined): Promise<readonly Item[]> => {
  const skus = (lines?.add ?? []).flatMap(({ sku }) => {
    const parsed = parseSku(sku);
    return parsed.ok ? [parsed.value] : [];
  });
  return skus.length === 0 ? [] : items.findMany([...new Set(skus)]);
};

/** The items themselves too: while they are locked they are neither removed nor made of something else. */
const stockSkus = (items: readonly Item[]): readonly Sku[] => items.flatMap((item) => [item.sku, ...stockedAs(item)]);

const isSame = (before: readonly Item[], now: readonly Item[]): boolean => JSON.stringify(before) === JSON.stringify(now);

/** Addresses and tags, each told by itself. */
const changeFacts = async (
  { orders }: Stores,
  occasion: Occasion,
  { order, edit }: { readonly order: Order; readonly edit: OrderEdit },
): Promise<Result<Order, InvalidTransition>> => {
  let latest = order;
  for (const decided of [addressesChanged(edit), edit.tags && retagged(order, edit.tags)]) {
    if (!decided) continue;
    const allowed = checkAction(order, decided.action);
    if (!allowed.ok) return allowed;
    const change = advance(occasion, latest, decided.change, decided.told);
    await orders.save(change);
    latest = change.order;
  }
  return ok(latest);
};

type Editing = {
  readonly deps: Deps;
  readonly locked: LockedOrder;
  readonly items: readonly Item[];
  readonly edit: LinesEdit;
};

const changeLines = async (
  stores: Stores,
  occasion: Occasion,
  { deps: { ids, policy }, locked, items, edit }: Editing,
): Promise<Result<Order, EditRefused>> => {
  const { id } = locked.order;
  // Whoever waits comes first; this order may be one of them.
  const { shelves } = await serveWaiting(stores, occasion, locked.shelves, policy);
  const order = (await stores.orders.find(id)) ?? locked.order;
  const open = await stores.stock.openOf(id);
  const planned = planLines({ order, open, items, ids }, edit);
  if (!planned.ok) return planned;
  const totals = totalsAfter(order.totals, order.lines, planned.value.lines);
  if (!Object.values(totals).every(Number.isSafeInteger))
    return err({ code: 'order.invalid', faults: [{ path: 'lines', message: 'add up to more than can be counted exactly' }] });
  const told = inWords(order, planned.value);
  if (told === '') return ok(order);
  const books = openBooks(shelves.map(({ level }) => level));
  const reshaping = { order, planned: planned.value, open, shelves, books };
  const reshaped = reshape(occasion, reshaping, { onShortage: edit.onShortage, reason: 'edited', policy });
  if (!reshaped.ok) return reshaped;
  const { lines, stock } = reshaped.value;
  await stores.stock.apply(stock);
  const explanation = reshaped.value.explanation.skus.length > 0 ? { explanation: reshaped.value.explanation } : {};
  const what: Told = { what: 'edited', text: told, ...explanation };
  const unitsChanged = [...planned.value.growth.values()].some((units) => units !== 0);
  const status = unitsChanged ? statusAsItStands(order, lines) : order.status;
  await stores.orders.save(advance(occasion, order, { lines, totals, status }, what));
  await settleStock(stores, occasion, { before: locked.shelves, now: shelvesAfter(shelves, books) }, policy);
  return ok((await stores.orders.find(id)) ?? order);
};

const inWords = (order: Order, { lines }: PlannedLines): string =>
  lines
    .flatMap((line) => {
      const before = order.lines.find(({ id }) => id === line.id);
      const name = line.sku ?? line.name;
      if (before?.ordered !== line.ordered) return [`${name}: ${before?.ordered ?? 0} → ${line.ordered}`];
      const priced = (['unitPriceMinor', 'taxMinor', 'discountMinor'] as const).some((field) => before[field] !== line[field]);
      return priced ? [`${name}: other prices`] : [];
    })
    .join(', ');
