import { cancelReasons } from '@rappit/domain';
import Type from 'typebox';
import { AddressInput } from './address.schemas.js';
import { closed, component, oneOf, text } from './vocabulary.schemas.js';

export const OrderChange = component(
  'OrderChange',
  Type.Object(
    { shippingAddress: Type.Optional(AddressInput.ref), billingAddress: Type.Optional(AddressInput.ref) },
    { ...closed, minProperties: 1 },
  ),
);
export const NewNote = component('NewNote', Type.Object({ text: text(2_000) }, closed));
export const Cancellation = component('Cancellation', Type.Object({ reason: oneOf(cancelReasons) }, closed));
export const orderChangeComponents = [OrderChange, NewNote, Cancellation];
