import { MAX_BATCH } from '@rappit/domain';
import Type from 'typebox';
import { Problem } from '../problems/problem.schemas.js';
import { anyInteger, closed, component, listOf } from '../vocabulary.schemas.js';
import { NewOrder } from './new-order.schemas.js';
import { Order } from './orders.schemas.js';

const size = { minItems: 1, maxItems: MAX_BATCH };

export const NewBatch = component('NewOrderBatch', Type.Object({ orders: listOf(NewOrder.ref, size) }, closed));

/** A batch whose orders weren't looked at: whether there are orders at all, and not too many. */
export const batchOfAnything = Type.Object({ orders: listOf(Type.Unknown(), size) }, closed);

const Outcome = component(
  'BatchedOrder',
  Type.Object(
    {
      status: Type.Integer({ description: 'What the order by itself would have been answered with.' }),
      order: Type.Optional(Order.ref),
      problem: Type.Optional(Problem.ref),
    },
    closed,
  ),
);

export const Batch = component(
  'OrderBatch',
  Type.Object({ data: listOf(Outcome.ref, { description: 'One for each order, in their order.' }), placed: anyInteger }, closed),
);
export const batchComponents = [NewBatch, Outcome, Batch];
