import type { LocationId, LocationNotFound } from '../inventory/index.js';
import { type Address, err, type Money, type OrganizationId, ok, type Result, type UnitOfWork } from '../kernel/index.js';
import type { OrderId, OrderNotFound } from '../orders/index.js';
import { askCarriers, type Consign, type NoRates, type Offers } from './ask-carriers.js';
import type { CarrierAccountNotFound } from './carrier-account.js';
import type { AccountOfCarrier, Carriers, CarrierUnknown } from './carriers.port.js';
import type { Consignment, Customs } from './consignment.js';
import { type CustomsIncomplete, crossesCustoms, declareCustoms, goodsOf, type ToDeclare } from './declare-customs.js';
import type { Parcel } from './parcel.js';
import type { NothingToShip } from './purchase.js';
import { pathOfOrderRates, pathOfRates } from './request-paths.js';
import type { AddressMissing } from './ship-order.js';
import { type LinesRefused, type LinesWanted, type LocationNeeded, linesAt, locationOf } from './ship-request.js';
import type { ShippingOptions } from './shipping-options.js';
import type { ShipmentStores } from './stores.port.js';

type Deps = { readonly unitOfWork: Pick<UnitOfWork<ShipmentStores>, 'read'>; readonly carriers: Carriers };

/** What everybody is asked about; null asks all carriers. */
export type RateQuestion = {
  readonly carriers: readonly AccountOfCarrier[] | null;
  readonly parcels: readonly Parcel[];
  readonly options: ShippingOptions;
};
export type OrderRateQuestion = RateQuestion &
  LinesWanted & {
    readonly orderId: OrderId;
    readonly locationId: LocationId | null;
  };
/** `goodsValue` is what customs would be told that the goods are worth, where it is in between. */
export type AddressRateQuestion = RateQuestion & {
  readonly from: Address;
  readonly to: Address;
  readonly goodsValue: Money | null;
};

export type RatesRefused =
  | OrderNotFound
  | LinesRefused
  | LocationNotFound
  | LocationNeeded
  | NothingToShip
  | AddressMissing
  | CustomsIncomplete
  | CarrierUnknown
  | CarrierAccountNotFound;
export type QuoteRates = (
  organizationId: OrganizationId,
  question: OrderRateQuestion | AddressRateQuestion,
) => Promise<Result<Offers, RatesRefused>>;

/**
 * What carrying something would cost: what is reserved of an order, or parcels between two addresses. Nothing is written down, and what
 * an order has reserved stays free to be shipped otherwise.
 */
export const quoteRates =
  ({ unitOfWork, carriers }: Deps): QuoteRates =>
  async (organizationId, question) => {
    const prepared =
      'orderId' in question
        ? await ofOrder(unitOfWork, organizationId, question)
        : between(question, await unitOfWork.read(organizationId, async ({ now }) => now));
    if (!prepared.ok) return prepared;
    return askCarriers(carriers, organizationId, { wanted: question.carriers, consign: prepared.value });
  };

const consignmentOf = (
  { parcels, options: { extras, shipOn } }: RateQuestion,
  rest: Pick<Consignment, 'from' | 'to' | 'goods' | 'customs'>,
): Consignment => ({ ...rest, parcels, extras, shipOn });

const ofOrder = (
  unitOfWork: Deps['unitOfWork'],
  organizationId: OrganizationId,
  question: OrderRateQuestion,
): Promise<Result<Consign, RatesRefused>> =>
  unitOfWork.read(organizationId, async ({ orders, stock, locations, items, now }) => {
    const order = await orders.find(question.orderId);
    if (!order) return err({ code: 'order.not_found' });
    const reserved = { order, shelves: [], open: await stock.openOf(order.id) };
    const at = locationOf(reserved, question);
    if (!at.ok) return at;
    const location = await locations.find(at.value);
    if (!location) return err({ code: 'location.not_found' });
    const lines = linesAt(reserved, location.id, question);
    if (!lines.ok) return lines;
    if (lines.value.length === 0) return err({ code: 'shipment.nothing_to_ship' });
    const to = order.shippingAddress;
    if (!to) return err({ code: 'shipment.address_missing', path: 'shippingAddress' });
    const told = {
      order,
      lines: lines.value,
      to,
      options: question.options.customs,
      items: await items.findMany(lines.value.map(({ sku }) => sku)),
      now,
    };
    const { address } = location;
    if (!address) return ok(fromAccount(question, told));
    const customs = declareCustoms({ ...told, from: address });
    if (!customs.ok) return customs;
    const goods = customs.value ?? goodsOf(told);
    const consignment = consignmentOf(question, { from: address, to, goods, customs: customs.value });
    return ok(() => ok({ consignment, named: (path) => pathOfOrderRates(path, 'location') }));
  });

/** From wherever each account ships; one that doesn't say where can't be asked. */
const fromAccount =
  (question: RateQuestion, told: Omit<ToDeclare, 'from'>): Consign =>
  ({ carrier, terms: { shipper } }) => {
    const cannot = (message: string, path: string): Result<never, NoRates> =>
      err({ carrier: carrier.code, code: 'carrier.refused', message, path });
    if (!shipper) return cannot('The location has no address, and neither has the account.', 'location.address');
    const customs = declareCustoms({ ...told, from: shipper });
    if (customs.ok) {
      const goods = customs.value ?? goodsOf(told);
      const consignment = consignmentOf(question, { from: shipper, to: told.to, goods, customs: customs.value });
      return ok({ consignment, named: (path) => pathOfOrderRates(path, 'account') });
    }
    const [fault] = customs.error.code === 'shipment.customs_incomplete' ? customs.error.faults : [];
    return cannot(fault?.message ?? 'The order has no such line.', fault?.path ?? 'customs.lines');
  };

const between = (question: AddressRateQuestion, now: Date): Result<Consign, CustomsIncomplete> => {
  const { from, to, goodsValue } = question;
  const crosses = crossesCustoms(from, to);
  if (crosses && !goodsValue) {
    const faults = [{ path: 'goodsValue', message: 'is needed where customs is in between' }];
    return err({ code: 'shipment.customs_incomplete', faults });
  }
  const goods = goodsValue && worth(question, goodsValue);
  const customs = crosses && goods ? customsOf(question, goods, now) : null;
  return ok(() => ok({ consignment: consignmentOf(question, { from, to, goods, customs }), named: pathOfRates }));
};

/** All of it as one piece: a price depends on what goods are worth, and hardly on what they are. */
const worth = ({ from, parcels }: AddressRateQuestion, { amountMinor, currency }: Money): OnePiece => ({
  currency,
  lines: [
    {
      description: 'Goods',
      quantity: 1,
      pieceWeightGrams: parcels.reduce((sum, { weightGrams }) => sum + weightGrams, 0),
      pieceValueMinor: amountMinor,
      originCountryCode: from.countryCode,
      hsCode: null,
    },
  ],
  taxNumbers: [],
});

type OnePiece = Pick<Customs, 'currency' | 'lines' | 'taxNumbers'>;

const customsOf = ({ options }: AddressRateQuestion, goods: OnePiece, now: Date): Customs => ({
  ...goods,
  purpose: options.customs.purpose,
  incoterm: options.customs.incoterm ?? (options.customs.dutiesPaidBy === 'sender' ? 'DDP' : 'DAP'),
  dutiesPaidBy: options.customs.dutiesPaidBy ?? (options.customs.incoterm === 'DDP' ? 'sender' : 'recipient'),
  invoiceNumber: 'none',
  invoicedOn: options.customs.invoicedOn ?? now.toISOString().slice(0, 10),
});
