import {
  type Return as DomainReturn,
  MAX_ORDER_LINES,
  MAX_PRICE_MINOR,
  returnConditions,
  returnReasons,
  returnStatuses,
} from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { pageOf, pageQuery } from '../pages.js';
import { ParcelInput } from '../shipments/shipments.schemas.js';
import {
  anyInteger,
  anyText,
  anyTextOrNull,
  closed,
  component,
  integer,
  listOf,
  moment,
  oneOf,
  quantity,
  skuText,
  text,
  textOrNull,
  uuid,
} from '../vocabulary.schemas.js';

export const NewReturn = component(
  'NewReturn',
  Type.Object(
    {
      lines: listOf(
        Type.Object(
          {
            lineId: uuid,
            quantity: Type.Unsafe<number>({ ...quantity, description: 'As the order line counts: of a kit, kits.' }),
            reason: oneOf(returnReasons),
          },
          closed,
        ),
        { minItems: 1, maxItems: MAX_ORDER_LINES },
      ),
      note: Type.Optional(text(500, { description: 'What the customer says of it.' })),
    },
    { ...closed, examples: [{ lines: [{ lineId: '019b2f7e-5c1a-7b53-9d42-0f6e8a1c3b57', quantity: 1, reason: 'doesNotFit' }] }] },
  ),
);

export const ReturnReceipt = component(
  'ReturnReceipt',
  Type.Object(
    {
      locationId: uuid,
      lines: listOf(
        Type.Object(
          {
            lineId: uuid,
            sku: Type.Optional(
              Type.Unsafe<string>({
                ...skuText,
                description: 'A component of a kit that came by itself. Left out whole units of the line came.',
              }),
            ),
            quantity,
            condition: oneOf(returnConditions, {
              description:
                '`sellable` goods are on hand again, and go to orders that wait for them first. `damaged` ones are written off.',
            }),
          },
          closed,
        ),
        { minItems: 1, maxItems: MAX_ORDER_LINES },
      ),
    },
    closed,
  ),
);

export const NewReturnLabel = component(
  'NewReturnLabel',
  Type.Object(
    {
      carrier: text(50),
      accountId: Type.Optional(uuid),
      service: Type.Optional(textOrNull(100)),
      parcels: listOf(ParcelInput.ref, { minItems: 1, maxItems: 50 }),
      locationId: Type.String({ format: 'uuid', description: 'Where the goods are to come.' }),
    },
    closed,
  ),
);

export const ReturnRejection = component(
  'ReturnRejection',
  Type.Object({ note: text(500, { description: 'Why, in words; it stands in the timeline of the order.' }) }, closed),
);

export const ReturnRefund = component(
  'ReturnRefund',
  Type.Object(
    {
      amountMinor: integer(1, MAX_PRICE_MINOR, {
        description: "What was given back now, in minor units of the order's currency: at most what is left of its payment.",
      }),
      reference: Type.Optional(
        text(200, { description: "What the refund is known by where it was made. Left out it is the return's number." }),
      ),
    },
    closed,
  ),
);

const Part = Type.Object({ sku: anyText, quantity: anyInteger, sellable: anyInteger, damaged: anyInteger }, closed);

export const Return = component(
  'Return',
  Type.Object(
    {
      id: uuid,
      orderId: uuid,
      number: anyText,
      status: oneOf(returnStatuses),
      lines: listOf(
        Type.Object(
          {
            lineId: uuid,
            sku: anyText,
            quantity: anyInteger,
            cancelled: Type.Unsafe<number>({ ...anyInteger, description: 'Units that are not awaited any more.' }),
            reason: oneOf(returnReasons),
            parts: listOf(Part, {
              description:
                'What a unit is made of, `quantity` of each, and how much of it came back in what condition: the components of a kit, or the goods themselves.',
            }),
          },
          closed,
        ),
      ),
      note: anyTextOrNull,
      refundedMinor: Type.Unsafe<number>({
        ...anyInteger,
        description: "Given back for it, in minor units of the order's currency.",
      }),
      requestedAt: moment,
      version: anyInteger,
    },
    closed,
  ),
);
export const ReturnPage = component('ReturnPage', pageOf(Return.ref));
export const returnComponents = [NewReturn, NewReturnLabel, ReturnReceipt, ReturnRejection, ReturnRefund, Return, ReturnPage];

export const returnQuery = Type.Object(
  { ...pageQuery, orderId: Type.Optional(uuid), status: Type.Optional(oneOf(returnStatuses)) },
  closed,
);

export const returnView = ({ lines, ...one }: DomainReturn): Static<typeof Return.ref> => ({
  ...one,
  lines: lines.map(({ orderLineId, ...line }) => ({ lineId: orderLineId, ...line })),
});
