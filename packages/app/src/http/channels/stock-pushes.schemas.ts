import { type ShownStock, shownStatuses } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { pageOf, pageQuery } from '../pages.js';
import { anyInteger, anyText, anyTextOrNull, closed, component, moment, momentOrNull, oneOf } from '../vocabulary.schemas.js';

const unitsOrNull = (description: string) => Type.Unsafe<number | null>({ type: ['integer', 'null'], description });

export const StockPush = component(
  'ChannelStockPush',
  Type.Object(
    {
      sku: anyText,
      externalItemId: Type.Unsafe<string>({ ...anyText, description: "The shop's own id of what its stock is counted by." }),
      externalLocationId: Type.Unsafe<string | null>({
        ...anyTextOrNull,
        description: 'Null where the shop has but one location, without an id.',
      }),
      target: Type.Unsafe<number>({
        ...anyInteger,
        description: 'So many are to be shown: what may be promised, less the buffer.',
      }),
      changedAt: Type.Unsafe<Date>({ ...moment, description: 'Since when.' }),
      submitted: unitsOrNull('So many the shop was asked to show last.'),
      accepted: unitsOrNull('So many it took last.'),
      observed: unitsOrNull('So many it was seen to show since, where that is something else.'),
      status: oneOf(shownStatuses),
      attempts: Type.Unsafe<number>({ ...anyInteger, description: 'In a row, without success.' }),
      dueAt: Type.Unsafe<Date | null>({ ...momentOrNull, description: 'When it is shown next; null once that has ended.' }),
      problem: Type.Unsafe<string | null>({ ...anyTextOrNull, description: 'The code of why the last attempt failed.' }),
    },
    {
      ...closed,
      description:
        'What a place of a shop is to show of our stock, and what is known of what it shows. `givenUp`: nobody tries any more, until it is to show something else.',
    },
  ),
);
export const StockPushPage = component('ChannelStockPushPage', pageOf(StockPush.ref));

export const stockPushComponents = [StockPush, StockPushPage];

export const stockPushQuery = Type.Object({ ...pageQuery, status: Type.Optional(oneOf(shownStatuses)) }, closed);

export const stockPushView = ({ channelId: _, settlesAt: __, dueAt, ...shown }: ShownStock): Static<typeof StockPush.ref> => ({
  ...shown,
  dueAt: shown.status === 'due' ? dueAt : null,
});
