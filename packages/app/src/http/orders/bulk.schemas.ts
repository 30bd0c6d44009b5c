import { cancelReasons, holdReasons, MAX_BATCH } from '@rappit/domain';
import Type from 'typebox';
import { Problem } from '../problems/problem.schemas.js';
import { anyInteger, closed, component, listOf, oneOf, text, uuid } from '../vocabulary.schemas.js';
import { tagList } from './new-order.schemas.js';
import { Order } from './orders.schemas.js';

export const bulkActions = ['ready', 'cancel', 'hold', 'tag'] as const;

export const BulkChange = component(
  'BulkOrderChange',
  Type.Object(
    {
      action: oneOf(bulkActions),
      orderIds: listOf(uuid, { minItems: 1, maxItems: MAX_BATCH, uniqueItems: true }),
      cancelReason: Type.Optional(oneOf(cancelReasons, { default: 'other', description: 'With `cancel`.' })),
      holdReason: Type.Optional(oneOf(holdReasons, { default: 'manual', description: 'With `hold`.' })),
      note: Type.Optional(text(500, { description: 'With `hold`: what whoever resumes the orders should know.' })),
      addTags: Type.Optional(tagList),
      removeTags: Type.Optional(tagList),
    },
    { ...closed, examples: [{ action: 'tag', orderIds: ['019b8d62-7a80-7000-8000-000000000001'], addTags: ['gift'] }] },
  ),
);

const Outcome = component(
  'BulkOrderOutcome',
  Type.Object(
    {
      status: Type.Integer({ description: 'What the change of this order by itself would have been answered with.' }),
      order: Type.Optional(Order.ref),
      problem: Type.Optional(Problem.ref),
    },
    closed,
  ),
);

export const BulkOutcomes = component(
  'BulkOrderOutcomes',
  Type.Object({ data: listOf(Outcome.ref, { description: 'One for each order, in their order.' }), done: anyInteger }, closed),
);
export const bulkComponents = [BulkChange, Outcome, BulkOutcomes];
