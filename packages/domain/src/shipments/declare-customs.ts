import type { Item } from '../inventory/index.js';
import { type Address, bug, err, ok, type Result } from '../kernel/index.js';
import type { Order, OrderLine, OrderLineId } from '../orders/index.js';
import type { Customs, CustomsLine, Goods, GoodsLine } from './consignment.js';
import { customsTerritoryOf } from './customs-territory.js';
import type { OrderLineNotFound } from './ship-request.js';
import type { ShipmentLine } from './shipment.js';
import type { CustomsLineOptions, CustomsOptions } from './shipping-options.js';

/** Customs has to be told what nobody has said. Paths count the shipment's lines; each message names the item. */
export type CustomsIncomplete = {
  readonly code: 'shipment.customs_incomplete';
  readonly faults: readonly { readonly path: string; readonly message: string }[];
};

export type ToDeclare = {
  readonly order: Pick<Order, 'number' | 'currency' | 'lines'>;
  readonly lines: readonly ShipmentLine[];
  readonly from: Address;
  readonly to: Address;
  readonly options: CustomsOptions;
  readonly items: readonly Item[];
  readonly now: Date;
};

/** What is in a shipment: its items' facts, the order's prices without tax, and whatever the request says otherwise. */
export const goodsOf = (told: Omit<ToDeclare, 'from' | 'to' | 'now'>): Goods => ({
  currency: told.order.currency,
  lines: told.lines.map((line) => goodsLineOf(told, line)),
  taxNumbers: told.options.taxNumbers,
});

/** Whether customs is in between. */
export const crossesCustoms = (from: Address, to: Address): boolean => customsTerritoryOf(from) !== customsTerritoryOf(to);

/** What customs is told of a shipment: its goods, of which it insists on some facts. Null where no customs is in between. */
export const declareCustoms = (told: ToDeclare): Result<Customs | null, CustomsIncomplete | OrderLineNotFound> => {
  const { order, lines, from, to, options, now } = told;
  if (options.lines.some(({ orderLineId }) => !order.lines.some(({ id }) => id === orderLineId)))
    return err({ code: 'order.line_not_found' });
  if (!crossesCustoms(from, to)) return ok(null);
  const { purpose, incoterm, dutiesPaidBy, invoiceNumber, invoicedOn } = options;
  const { currency, taxNumbers, lines: goods } = goodsOf(told);
  const declared = goods.map((line, index) => declareLine(line, { path: `customs.lines[${index}]`, sku: lines[index]?.sku }));
  const faults = declared.flatMap((one) => (one.ok ? [] : one.error));
  if (incoterm === 'DDP' && dutiesPaidBy === 'recipient')
    faults.push({ path: 'customs.dutiesPaidBy', message: 'Under DDP the sender pays the duties.' });
  if (faults.length > 0) return err({ code: 'shipment.customs_incomplete', faults });
  return ok({
    purpose,
    incoterm: incoterm ?? (dutiesPaidBy === 'sender' ? 'DDP' : 'DAP'),
    dutiesPaidBy: dutiesPaidBy ?? (incoterm === 'DDP' ? 'sender' : 'recipient'),
    currency,
    lines: declared.flatMap((one) => (one.ok ? [one.value] : [])),
    invoiceNumber: invoiceNumber ?? order.number,
    invoicedOn: invoicedOn ?? now.toISOString().slice(0, 10),
    taxNumbers,
  });
};

type Faults = CustomsIncomplete['faults'];

const goodsLineOf = (
  { order, items, options }: Pick<ToDeclare, 'order' | 'items' | 'options'>,
  { orderLineId, sku, quantity }: ShipmentLine,
): GoodsLine => {
  const line = order.lines.find(({ id }) => id === orderLineId) ?? bug('a shipment has lines of its order');
  const item = items.find((one) => one.sku === sku);
  const said = saidOf(options, orderLineId);
  return {
    description: said?.description ?? item?.customs?.description ?? line.name,
    quantity,
    pieceWeightGrams: said?.pieceWeightGrams ?? item?.weightGrams ?? null,
    pieceValueMinor: said?.pieceValueMinor ?? priceOf(line),
    originCountryCode: said?.originCountryCode ?? item?.customs?.originCountryCode ?? null,
    hsCode: said?.hsCode ?? item?.customs?.hsCode ?? null,
  };
};

const declareLine = (
  line: GoodsLine,
  { path, sku }: { readonly path: string; readonly sku: string | undefined },
): Result<CustomsLine, Faults[number][]> => {
  const { hsCode, originCountryCode, pieceWeightGrams } = line;
  const missing = (field: string, value: unknown): Faults =>
    value === null
      ? [{ path: `${path}.${field}`, message: `is needed across a border: ${sku} doesn't say it, and neither does the request` }]
      : [];
  if (hsCode === null || originCountryCode === null || pieceWeightGrams === null)
    return err([
      ...missing('hsCode', hsCode),
      ...missing('originCountryCode', originCountryCode),
      ...missing('pieceWeightGrams', pieceWeightGrams),
    ]);
  return ok({ ...line, pieceWeightGrams, originCountryCode, hsCode });
};

const saidOf = (options: CustomsOptions, orderLineId: OrderLineId): CustomsLineOptions | undefined =>
  options.lines.find((line) => line.orderLineId === orderLineId);

/** What one piece was sold for, its part of the line's discount taken off; the last minor unit is dropped. */
const priceOf = ({ unitPriceMinor, discountMinor, ordered }: OrderLine): number =>
  Math.max(0, Math.floor((unitPriceMinor * ordered - discountMinor) / ordered));
