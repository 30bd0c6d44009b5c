import {
  documentFormats,
  exportPurposes,
  incoterms,
  MAX_PRICE_MINOR,
  noExtras,
  type ShippingOptions,
  taxNumberKinds,
  usualOptions,
} from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { orderLineIdOf } from '../ids.js';
import { closed, countryCode, integer, listOf, oneOf, text, uuid } from '../vocabulary.schemas.js';

const parties = ['sender', 'recipient'] as const;
export const currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.', examples: ['EUR'] });
const day = (description: string) => Type.String({ format: 'date', description });
const flag = (description: string) => Type.Optional(Type.Boolean({ default: false, description }));

const CustomsInput = Type.Object(
  {
    purpose: Type.Optional(oneOf(exportPurposes, { default: 'sale' })),
    incoterm: Type.Optional(oneOf(incoterms, { description: 'Left out it is DAP, or DDP where the sender pays the duties.' })),
    dutiesPaidBy: Type.Optional(oneOf(parties)),
    invoiceNumber: Type.Optional(text(35, { description: "Left out it is the order's number." })),
    invoicedOn: Type.Optional(day('Left out it is today.')),
    taxNumbers: Type.Optional(
      listOf(Type.Object({ party: oneOf(parties), kind: oneOf(taxNumberKinds), number: text(50), countryCode }, closed), {
        maxItems: 10,
      }),
    ),
    lines: Type.Optional(
      listOf(
        Type.Object(
          {
            lineId: uuid,
            description: Type.Optional(text(200)),
            hsCode: Type.Optional(Type.String({ pattern: '^[0-9]{6,10}$' })),
            originCountryCode: Type.Optional(countryCode),
            pieceWeightGrams: Type.Optional(integer(1, 10_000_000)),
            pieceValueMinor: Type.Optional(integer(0, MAX_PRICE_MINOR)),
          },
          closed,
        ),
        { maxItems: 1_000, description: 'What customs is told of a line otherwise than its item and its price say.' },
      ),
    ),
  },
  {
    ...closed,
    description: 'Needed only where customs is in between, and there only for what the order and its items leave open.',
  },
);

/** How a shipment is to be carried; all of it may be left out. */
export const optionFields = {
  labelFormat: Type.Optional(oneOf(documentFormats, { description: "Left out it is the account's usual one." })),
  shipOn: Type.Optional(day("The day it is handed over, at the sender's. Left out it is as soon as the carrier can.")),
  insuredFor: Type.Optional(Type.Object({ amountMinor: integer(1, MAX_PRICE_MINOR), currency }, closed)),
  signature: flag('It is handed over against a signature.'),
  saturdayDelivery: flag('It may be delivered on a Saturday, for a surcharge.'),
  paperlessInvoice: flag('The invoice goes to customs electronically.'),
  customs: Type.Optional(CustomsInput),
};

const Options = Type.Object(optionFields, closed);

export const optionsOf = (asked: Static<typeof Options>): ShippingOptions => {
  const { labelFormat, shipOn, insuredFor, signature, saturdayDelivery, paperlessInvoice, customs = {} } = asked;
  const { purpose, incoterm, dutiesPaidBy, invoiceNumber, invoicedOn, taxNumbers = [], lines = [] } = customs;
  return {
    labelFormat: labelFormat ?? null,
    shipOn: shipOn ?? null,
    extras: {
      insuredFor: insuredFor ?? noExtras.insuredFor,
      signature: signature ?? noExtras.signature,
      saturdayDelivery: saturdayDelivery ?? noExtras.saturdayDelivery,
      paperlessInvoice: paperlessInvoice ?? noExtras.paperlessInvoice,
    },
    customs: {
      purpose: purpose ?? usualOptions.customs.purpose,
      incoterm: incoterm ?? null,
      dutiesPaidBy: dutiesPaidBy ?? null,
      invoiceNumber: invoiceNumber ?? null,
      invoicedOn: invoicedOn ?? null,
      taxNumbers,
      lines: lines.map(({ lineId, description, hsCode, originCountryCode, pieceWeightGrams, pieceValueMinor }) => ({
        orderLineId: orderLineIdOf(lineId),
        description: description ?? null,
        hsCode: hsCode ?? null,
        originCountryCode: originCountryCode ?? null,
        pieceWeightGrams: pieceWeightGrams ?? null,
        pieceValueMinor: pieceValueMinor ?? null,
      })),
    },
  };
};
