import { type PickupBooking, pickupStatuses } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { Address } from '../address.schemas.js';
import { pageOf, pageQuery } from '../pages.js';
import {
  anyText,
  anyTextOrNull,
  closed,
  component,
  listOf,
  moment,
  oneOf,
  orNull,
  text,
  textOrNull,
  uuid,
  uuidOrNull,
} from '../vocabulary.schemas.js';
import { CarrierAnswer, ParcelInput } from './shipments.schemas.js';

const hour = (description: string) =>
  Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description, examples: ['09:00'] });

export const NewPickup = component(
  'NewPickup',
  Type.Object(
    {
      on: Type.String({ format: 'date', description: 'The day, at the location.' }),
      readyAt: hour('From when the parcels are ready, by the clock on the wall there.'),
      closesAt: hour('Until when somebody is there.'),
      place: Type.Optional(textOrNull(80, { description: 'Where the parcels lie, such as `reception`.' })),
      shipmentIds: Type.Optional(listOf(uuid, { minItems: 1, maxItems: 100 })),
      carrier: Type.Optional(text(50)),
      accountId: Type.Optional(uuid),
      locationId: Type.Optional(uuid),
      parcels: Type.Optional(listOf(ParcelInput.ref, { minItems: 1, maxItems: 50 })),
      service: Type.Optional(textOrNull(100)),
      abroad: Type.Optional(Type.Boolean({ default: false, description: 'The goods cross a border of customs.' })),
    },
    {
      ...closed,
      description:
        'For shipments of one carrier account and one location that have their labels (`shipmentIds`), or for parcels: then `carrier`, `locationId` and `parcels` are needed.',
      examples: [
        { on: '2026-12-01', readyAt: '10:00', closesAt: '17:00', shipmentIds: ['019b2f7e-5c1a-7b53-9d42-0f6e8a1c3b57'] },
      ],
    },
  ),
);

export const PickupFoundOut = component(
  'PickupFoundOut',
  Type.Object(
    {
      confirmation: Type.Optional(text(100, { description: 'The carrier comes, and knows the pickup by this.' })),
      station: Type.Optional(
        text(50, {
          description:
            "The carrier's place that sends somebody, where it named one. FedEx Express cancels a pickup only by this and the confirmation.",
        }),
      ),
      reason: Type.Optional(text(500, { description: 'Nobody comes, and why.' })),
    },
    {
      ...closed,
      description: '`confirmation`, with or without `station`, or else `reason`.',
      examples: [{ reason: 'DHL has no such pickup, says its hotline.' }],
    },
  ),
);

export const Pickup = component(
  'Pickup',
  Type.Object(
    {
      id: uuid,
      carrier: anyText,
      accountId: uuidOrNull,
      locationId: uuid,
      shipmentIds: listOf(uuid),
      from: Address.ref,
      parcels: listOf(ParcelInput.ref),
      on: anyText,
      readyAt: anyText,
      closesAt: anyText,
      place: anyTextOrNull,
      service: anyTextOrNull,
      abroad: Type.Boolean(),
      status: oneOf(pickupStatuses, {
        description:
          '`unknown`: the carrier may have booked it. `cancelling`: it may have been cancelled, and cancelling may be asked again.',
      }),
      confirmation: anyTextOrNull,
      station: anyTextOrNull,
      refusal: orNull(CarrierAnswer),
      createdAt: moment,
    },
    closed,
  ),
);
export const PickupPage = component('PickupPage', pageOf(Pickup.ref));
export const pickupComponents = [NewPickup, PickupFoundOut, Pickup, PickupPage];
export const pickupQuery = Type.Object(pageQuery, closed);

export const pickupView = ({ wanted, ...booking }: PickupBooking): Static<typeof Pickup.ref> => ({ ...wanted, ...booking });
