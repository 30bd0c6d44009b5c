import { type Shipment as DomainShipment, documentFormats, shipmentStatuses, specialGoods } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { pageOf, pageQuery } from '../pages.js';
import type { RefusalCode } from '../problems/refusals.js';
import {
  anyInteger,
  anyText,
  anyTextOrNull,
  closed,
  component,
  integer,
  listOf,
  moment,
  momentOrNull,
  oneOf,
  orNull,
  text,
  textOrNull,
  uuid,
  uuidOrNull,
} from '../vocabulary.schemas.js';
import { optionFields } from './shipping-options.schemas.js';
import { wantedLines } from './wanted-lines.schemas.js';

const millimetres = integer(1, 10_000);
export const ParcelInput = component(
  'NewParcel',
  Type.Object(
    { weightGrams: integer(1, 10_000_000), lengthMm: millimetres, widthMm: millimetres, heightMm: millimetres },
    closed,
  ),
);

export const NewShipment = component(
  'NewShipment',
  Type.Object(
    {
      carrier: text(50, { description: "The carrier's code." }),
      service: Type.Optional(
        textOrNull(100, { description: "Left out it is the account's usual one, or the carrier's own choice." }),
      ),
      accountId: Type.Optional(uuid),
      parcels: listOf(ParcelInput.ref, { minItems: 1, maxItems: 50 }),
      locationId: Type.Optional(uuid),
      ...wantedLines,
      ...optionFields,
      specialGoods: Type.Optional(
        listOf(oneOf(specialGoods), {
          maxItems: specialGoods.length,
          description: 'Goods that have to be declared to the carrier. None are taken: a shipment with any is refused.',
        }),
      ),
    },
    {
      ...closed,
      examples: [{ carrier: 'simulated', parcels: [{ weightGrams: 1200, lengthMm: 300, widthMm: 200, heightMm: 150 }] }],
    },
  ),
);

export const CarrierAnswer = Type.Object({ code: anyText, message: anyText, path: anyTextOrNull }, closed);
export const Money = component(
  'Money',
  Type.Object({ amountMinor: anyInteger, currency: anyText }, { ...closed, description: 'Minor units of the currency.' }),
);

export const Shipment = component(
  'Shipment',
  Type.Object(
    {
      id: uuid,
      orderId: uuid,
      returnId: Type.Unsafe<string | null>({
        ...uuidOrNull,
        description: 'The return whose goods it brings back to the location; null where it leaves from there.',
      }),
      locationId: uuid,
      lines: listOf(Type.Object({ orderLineId: uuid, sku: anyText, quantity: anyInteger }, closed)),
      parcels: listOf(
        Type.Object({ weightGrams: anyInteger, lengthMm: anyInteger, widthMm: anyInteger, heightMm: anyInteger }, closed),
      ),
      carrier: anyText,
      accountId: orNull(uuid),
      service: anyTextOrNull,
      options: Type.Object(
        {
          labelFormat: orNull(oneOf(documentFormats)),
          shipOn: anyTextOrNull,
          extras: Type.Object(
            {
              insuredFor: orNull(Money.ref),
              signature: Type.Boolean(),
              saturdayDelivery: Type.Boolean(),
              paperlessInvoice: Type.Boolean(),
            },
            closed,
          ),
        },
        { ...closed, description: 'How it is to be carried, as it was asked for.' },
      ),
      status: oneOf(shipmentStatuses),
      reference: Type.String({ description: 'What the carrier knows the purchase by.' }),
      trackingNumber: anyTextOrNull,
      parcelNumbers: listOf(anyText, { description: 'A number for each parcel, where the carrier numbers them.' }),
      warnings: listOf(anyText, {
        description:
          'What the carrier remarked when it sold, and what there is to know of a label that was cancelled or bought twice.',
      }),
      cost: orNull(Money.ref),
      refusal: orNull(CarrierAnswer),
      short: Type.Boolean({ description: 'Less was there than the label was bought for.' }),
      purchaseStartedAt: momentOrNull,
      voidAskedAt: orNull(
        Type.Unsafe<Date>({
          type: 'string',
          format: 'date-time',
          description: 'When the carrier was asked to take the label back, while nobody knows whether it has.',
        }),
      ),
      createdAt: moment,
      version: anyInteger,
    },
    closed,
  ),
);
export const ShipmentPage = component('ShipmentPage', pageOf(Shipment.ref));
export const shipmentComponents = [ParcelInput, NewShipment, Money, Shipment, ShipmentPage];

export const shipmentQuery = Type.Object(
  { ...pageQuery, orderId: Type.Optional(uuid), status: Type.Optional(oneOf(shipmentStatuses)) },
  closed,
);
export const labelQuery = Type.Object(
  { number: Type.Optional(integer(1, 100, { default: 1, description: 'Which one, where the carrier made several.' })) },
  closed,
);

export const shipmentView = (shipment: DomainShipment): Static<typeof Shipment.ref> => shipment;

/** What buying a label may come to, besides a label. */
export const notBought: readonly RefusalCode[] = [
  'order.not_found',
  'order.invalid_transition',
  'location.not_found',
  'shipment.not_found',
  'shipment.nothing_to_ship',
  'shipment.address_missing',
  'shipment.customs_incomplete',
  'order.line_not_found',
  'shipment.purchase_under_way',
  'shipment.return_over',
  'shipment.invalid_transition',
  'carrier.unknown',
  'carrier_account.not_found',
  'carrier.refused',
  'carrier.unavailable',
  'carrier.unauthorized',
  'carrier.unknown_outcome',
  'carrier.reference_unknown',
  'carrier.reference_unsettled',
];

/** What cancelling a shipment may come to, besides a cancelled one. */
export const notCancelled: readonly RefusalCode[] = [
  'shipment.not_found',
  'shipment.invalid_transition',
  'shipment.goods_on_return',
  'order.not_found',
  'carrier.unknown',
  'carrier.refused',
  'carrier.unavailable',
  'carrier.unauthorized',
  'carrier.unsupported',
  'carrier.unknown_outcome',
];
