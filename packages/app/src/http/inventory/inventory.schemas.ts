import {
  type Reservation as DomainReservation,
  exits,
  type LedgerEntry,
  type LevelStanding,
  movementKinds,
  promisable,
  referenceKinds,
} from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { actorKinds } from '../actor.schemas.js';
import { pageOf, pageQuery } from '../pages.js';
import {
  anyInteger,
  anyText,
  anyTextOrNull,
  closed,
  component,
  moment,
  momentOrNull,
  oneOf,
  orNull,
  skuText,
  uuid,
  uuidOrNull,
} from '../vocabulary.schemas.js';

export const Level = component(
  'Level',
  Type.Object(
    {
      sku: anyText,
      locationId: uuid,
      onHand: anyInteger,
      reserved: anyInteger,
      safetyStock: anyInteger,
      lapsed: Type.Integer({
        description: 'Reserved for orders whose payment was waited for long enough: free for whoever asks first.',
      }),
      available: Type.Integer({ description: 'What may still be promised, with what lapsed.' }),
    },
    closed,
  ),
);

export const LevelPage = component('LevelPage', pageOf(Level.ref));

const statuses = ['open', ...exits] as const;

export const Reservation = component(
  'Reservation',
  Type.Object(
    {
      id: uuid,
      orderId: uuid,
      orderLineId: uuid,
      sku: anyText,
      locationId: uuid,
      quantity: anyInteger,
      unitQuantity: Type.Unsafe<number | null>({
        type: ['integer', 'null'],
        description: 'Of a kit: how many of them one kit takes.',
      }),
      status: oneOf(statuses),
      shipmentId: uuidOrNull,
      expiresAt: momentOrNull,
      createdAt: moment,
      endedAt: momentOrNull,
    },
    closed,
  ),
);

export const ReservationPage = component('ReservationPage', pageOf(Reservation.ref));

export const Movement = component(
  'Movement',
  Type.Object(
    {
      id: uuid,
      kind: oneOf(movementKinds),
      sku: anyText,
      locationId: uuid,
      onHandDelta: anyInteger,
      reservedDelta: anyInteger,
      onHandAfter: anyInteger,
      reservedAfter: anyInteger,
      reason: anyTextOrNull,
      reference: orNull(Type.Object({ kind: oneOf(referenceKinds), id: anyText }, closed)),
      actor: Type.Object(
        { kind: oneOf(actorKinds), id: anyText },
        { ...closed, description: 'Who did it. The ledger keeps no names.' },
      ),
      at: moment,
      number: Type.Integer({ description: "The movement's place in the chain of its level." }),
      previousHash: anyText,
      hash: anyText,
    },
    closed,
  ),
);

export const MovementPage = component('MovementPage', pageOf(Movement.ref));

export const inventoryComponents = [Level, LevelPage, Reservation, ReservationPage, Movement, MovementPage];

const wherever = { sku: Type.Optional(skuText), locationId: Type.Optional(uuid) };

export const levelQuery = Type.Object(
  {
    ...pageQuery,
    ...wherever,
    low: Type.Optional(
      Type.Boolean({
        description: 'Levels of SKUs of which no more is available than their threshold; or, if false, all others.',
      }),
    ),
  },
  closed,
);

export const movementQuery = Type.Object({ ...pageQuery, ...wherever }, closed);

export const reservationQuery = Type.Object(
  { ...pageQuery, ...wherever, status: Type.Optional(oneOf(statuses)), orderId: Type.Optional(uuid) },
  closed,
);

export const levelView = (level: LevelStanding): Static<typeof Level.ref> => ({ ...level, available: promisable(level) });

export const reservationView = (reservation: DomainReservation): Static<typeof Reservation.ref> => reservation;

export const movementView = (entry: LedgerEntry): Static<typeof Movement.ref> => entry;
