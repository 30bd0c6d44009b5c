import {
  type AdjustedStock,
  adjustmentReasons,
  available,
  type Reservation as DomainReservation,
  exits,
  type LedgerEntry,
  MAX_QUANTITY,
  movementKinds,
  type StockLevel,
} from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { actorKinds } from './actor.schemas.js';
import { pageOf, pageQuery } from './pages.js';
import {
  anyInteger,
  anyText,
  anyTextOrNull,
  closed,
  component,
  listOf,
  moment,
  momentOrNull,
  oneOf,
  orNull,
  quantity,
  skuText,
  text,
  uuid,
  uuidOrNull,
} from './vocabulary.schemas.js';

const place = { sku: skuText, locationId: uuid };

export const NewReceipt = component(
  'NewReceipt',
  Type.Object(
    {
      ...place,
      quantity,
      document: Type.Optional(text(100, { description: 'The delivery note, or whatever the receipt can be followed back to.' })),
    },
    closed,
  ),
);

const delta = Type.Unsafe<number>({
  type: 'integer',
  minimum: -MAX_QUANTITY,
  maximum: MAX_QUANTITY,
  not: { const: 0 },
  description: 'Units more, or fewer; not 0.',
});
export const NewAdjustment = component(
  'NewAdjustment',
  Type.Object({ ...place, delta, reason: oneOf(adjustmentReasons) }, closed),
);

export const Level = component(
  'Level',
  Type.Object(
    {
      sku: anyText,
      locationId: uuid,
      onHand: anyInteger,
      reserved: anyInteger,
      safetyStock: anyInteger,
      available: Type.Integer({ description: 'What may still be promised.' }),
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

export const Adjustment = component(
  'Adjustment',
  Type.Object(
    {
      level: Level.ref,
      broken: listOf(Reservation.ref, { description: 'Promises, or parts of them, that can not be kept any more.' }),
    },
    closed,
  ),
);

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
      reference: orNull(Type.Object({ kind: oneOf(['order', 'shipment', 'document']), id: anyText }, closed)),
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

export const inventoryComponents = [
  NewReceipt,
  NewAdjustment,
  Level,
  LevelPage,
  Reservation,
  ReservationPage,
  Adjustment,
  Movement,
  MovementPage,
];

const wherever = { sku: Type.Optional(skuText), locationId: Type.Optional(uuid) };
export const levelQuery = Type.Object({ ...pageQuery, ...wherever }, closed);
export const reservationQuery = Type.Object(
  { ...pageQuery, ...wherever, status: Type.Optional(oneOf(statuses)), orderId: Type.Optional(uuid) },
  closed,
);

export const levelView = (level: StockLevel): Static<typeof Level.ref> => ({ ...level, available: available(level) });
export const reservationView = (reservation: DomainReservation): Static<typeof Reservation.ref> => reservation;
export const movementView = (entry: LedgerEntry): Static<typeof Movement.ref> => entry;
export const adjustmentView = ({ level, broken }: AdjustedStock): Static<typeof Adjustment.ref> => ({
  level: levelView(level),
  broken,
});
