import { cancelReasons, holdReasons, MAX_ORDER_LINES } from '@rappit/domain';
import Type from 'typebox';
import { AddressInput } from './address.schemas.js';
import { closed, component, listOf, oneOf, quantity, text, uuid } from './vocabulary.schemas.js';

export const OrderChange = component(
  'OrderChange',
  Type.Object(
    { shippingAddress: Type.Optional(AddressInput.ref), billingAddress: Type.Optional(AddressInput.ref) },
    { ...closed, minProperties: 1 },
  ),
);
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
export const orderChangeComponents = [OrderChange, NewNote, Cancellation, NewPayment, NewHold];
