import { type AdjustedStock, adjustmentReasons, MAX_QUANTITY, type TransferredStock } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { closed, component, listOf, oneOf, quantity, skuText, text, uuid } from '../vocabulary.schemas.js';
import { Level, levelView, Reservation } from './inventory.schemas.js';

const place = { sku: skuText, locationId: uuid };

export const NewReceipt = component(
  'NewReceipt',
  Type.Object(
    {
      ...place,
      quantity,
      document: Type.Optional(text(100, { description: 'The delivery note, or whatever the receipt can be followed back to.' })),
      returnReference: Type.Optional(
        text(100, {
          description: 'The return that the goods came back with: they are booked as restocked. Not beside `document`.',
        }),
      ),
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

export const NewTransfer = component(
  'NewTransfer',
  Type.Object({ sku: skuText, fromLocationId: uuid, toLocationId: uuid, quantity }, closed),
);

export const Transfer = component('Transfer', Type.Object({ from: Level.ref, to: Level.ref }, closed));

export const LevelPlan = component(
  'LevelPlan',
  Type.Object(
    {
      ...place,
      safetyStock: Type.Integer({
        minimum: 0,
        maximum: MAX_QUANTITY,
        description: 'Units that are never promised by themselves.',
      }),
    },
    closed,
  ),
);

export const stockChangeComponents = [NewReceipt, NewAdjustment, Adjustment, NewTransfer, Transfer, LevelPlan];

export const transferView = ({ from, to }: TransferredStock): Static<typeof Transfer.ref> => ({
  from: levelView(from),
  to: levelView(to),
});

export const adjustmentView = ({ level, broken }: AdjustedStock): Static<typeof Adjustment.ref> => ({
  level: levelView(level),
  broken,
});
