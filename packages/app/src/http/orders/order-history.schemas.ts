import {
  type AllocationExplanation,
  type TimelineEntry as DomainEntry,
  entrySentence,
  orderStatuses,
  timelineKinds,
} from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { Actor } from '../actor.schemas.js';
import { pageOf } from '../pages.js';
import { anyInteger, anyText, anyTextOrNull, closed, component, listOf, moment, oneOf, uuid } from '../vocabulary.schemas.js';

const statusOrNull = Type.Unsafe<(typeof orderStatuses)[number] | null>({
  type: ['string', 'null'],
  enum: [...orderStatuses, null],
});

export const TimelineEntry = component(
  'TimelineEntry',
  Type.Object(
    {
      id: uuid,
      at: moment,
      actor: Actor.ref,
      what: oneOf(timelineKinds),
      from: statusOrNull,
      to: statusOrNull,
      text: anyTextOrNull,
      summary: Type.String({ description: 'All of it as a sentence, in English.' }),
    },
    closed,
  ),
);
export const TimelinePage = component('TimelinePage', pageOf(TimelineEntry.ref));

const Candidate = Type.Object(
  {
    locationId: uuid,
    available: anyInteger,
    took: anyInteger,
    because: oneOf(['chosen', 'notNeeded', 'passedOver', 'usedUp', 'nothingAvailable', 'inactive']),
  },
  closed,
);
const Explanation = component(
  'AllocationExplanation',
  Type.Object(
    {
      at: moment,
      policy: anyText,
      skus: listOf(
        Type.Object({ sku: anyText, wanted: anyInteger, allocated: anyInteger, candidates: listOf(Candidate) }, closed),
      ),
    },
    { ...closed, description: 'What was looked at when stock was given to the order, and why it came out so.' },
  ),
);
export const Allocations = component('Allocations', Type.Object({ data: listOf(Explanation.ref) }, closed));
export const orderHistoryComponents = [TimelineEntry, TimelinePage, Explanation, Allocations];

export const entryView = (entry: DomainEntry): Static<typeof TimelineEntry.ref> => ({
  ...entry,
  summary: entrySentence(entry),
});
export const allocationsView = (
  data: readonly (AllocationExplanation & { readonly at: Date })[],
): Static<typeof Allocations.ref> => ({ data });
