import { cancelReasons, holdReasons, MAX_ORDER_LINES, MAX_PRICE_MINOR, MAX_QUANTITY, type OrderEdit } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { AddressInput, addressOf } from '../address.schemas.js';
import { orderLineIdOf } from '../ids.js';
import { closed, component, integer, listOf, MAX_VERSION, oneOf, quantity, text, uuid } from '../vocabulary.schemas.js';
import { draftLineOf, NewLine, tagList } from './new-order.schemas.js';

const amount = (description: string) => Type.Optional(integer(0, MAX_PRICE_MINOR, { description }));
const LineChange = component(
  'OrderLineChange',
  Type.Object(
    {
      lineId: uuid,
      quantity: integer(0, MAX_QUANTITY, {
        description: 'What is ordered of it, shipped and cancelled units included; 0 takes the line off the order.',
      }),
      unitPriceMinor: amount("Minor units of the order's currency. Left out it stays."),
      taxMinor: amount('Of the whole line. Left out it changes in proportion to the quantity.'),
      discountMinor: amount('Of the whole line. Left out it changes in proportion to the quantity.'),
    },
    closed,
  ),
);

export const OrderChange = component(
  'OrderChange',
  Type.Object(
    {
      shippingAddress: Type.Optional(AddressInput.ref),
      billingAddress: Type.Optional(AddressInput.ref),
      tags: Type.Optional(tagList),
      changeLines: Type.Optional(listOf(LineChange.ref, { maxItems: MAX_ORDER_LINES })),
      addLines: Type.Optional(listOf(NewLine.ref, { maxItems: MAX_ORDER_LINES })),
      onShortage: Type.Optional(
        oneOf(['reject', 'backorder'], {
          default: 'reject',
          description:
            'When the lines ask for more than there is: `reject` changes nothing, `backorder` lets what is missing wait.',
        }),
      ),
      version: Type.Optional(
        integer(1, MAX_VERSION, {
          description: 'The one that was read: nothing is changed when the order has another one by now.',
        }),
      ),
    },
    { ...closed, minProperties: 1, examples: [{ tags: ['gift'], version: 1 }] },
  ),
);

/** The edit that is asked for. What was left out is what the schema says it is then. */
export const editOf = (asked: Static<typeof OrderChange.ref>): OrderEdit => {
  const { shippingAddress, billingAddress, tags, version, changeLines = [], addLines = [], onShortage = 'reject' } = asked;
  const change = changeLines.map((line) => ({ ...line, lineId: orderLineIdOf(line.lineId) }));
  const lines = { change, add: addLines.map(draftLineOf), onShortage };
  return {
    shippingAddress: shippingAddress && addressOf(shippingAddress),
    billingAddress: billingAddress && addressOf(billingAddress),
    tags,
    version,
    ...(change.length + lines.add.length > 0 && { lines }),
  };
};

export const NewNote = component('NewNote', Type.Object({ text: text(2_000) }, closed));
export const Cancellation = component(
  'Cancellation',
  Type.Object(
    {
      reason: oneOf(cancelReasons),
      lines: Type.Optional(
        listOf(
          Type.Object(
            {
              lineId: uuid,
              quantity: Type.Optional(
                Type.Unsafe<number>({ ...quantity, description: "Left out it is all of the line that hasn't left." }),
              ),
            },
            closed,
          ),
          { minItems: 1, maxItems: MAX_ORDER_LINES, description: "Left out it is all of the order that hasn't left." },
        ),
      ),
    },
    { ...closed, examples: [{ reason: 'customerRequest' }] },
  ),
);
export const NewPayment = component(
  'NewPayment',
  Type.Object(
    {
      status: oneOf(['authorized', 'paid', 'failed', 'partiallyRefunded', 'refunded']),
      amountMinor: amount(
        'With `paid` all that was paid so far, left out the total of the order; with `partiallyRefunded` what is given back now; with `refunded` the rest.',
      ),
      reference: Type.Optional(text(200, { description: 'What the payment is known by where it was made.' })),
    },
    closed,
  ),
);
export const NewHold = component(
  'NewHold',
  Type.Object(
    {
      reason: oneOf(holdReasons, {
        description: 'An order that is held for `unmappedSku` is still given what it waits for; any other held order is not.',
      }),
      note: Type.Optional(text(500, { description: 'What whoever resumes the order should know.' })),
    },
    closed,
  ),
);
export const orderChangeComponents = [LineChange, OrderChange, NewNote, Cancellation, NewPayment, NewHold];
