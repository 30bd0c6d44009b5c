import { type SyncProgress as DomainProgress, syncStatuses } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { anyInteger, anyTextOrNull, closed, component, momentOrNull, oneOf, uuid } from '../vocabulary.schemas.js';

const numberOrNull = (description: string) => Type.Unsafe<number | null>({ type: ['number', 'null'], description });
const integerOrNull = (description: string) => Type.Unsafe<number | null>({ type: ['integer', 'null'], description });

export const Sync = component(
  'ChannelSync',
  Type.Object(
    {
      channelId: uuid,
      status: oneOf(syncStatuses),
      startedAt: momentOrNull,
      finishedAt: momentOrNull,
      nextAt: Type.Unsafe<Date | null>({
        ...momentOrNull,
        description: 'When it is read next, or tried again; null while it waits or is being read.',
      }),
      read: Type.Unsafe<number>({ ...anyInteger, description: 'So many orders were read in this run, or in the last one.' }),
      failed: Type.Unsafe<number>({
        ...anyInteger,
        description: 'So many could not be taken in, and lie with the deliveries to be tried again.',
      }),
      remaining: integerOrNull('So many orders are to come; null where the shop does not say.'),
      ordersPerMinute: numberOrNull('Over all the time of the run; null before there is any to go by.'),
      remainingSeconds: integerOrNull('How long the rest takes at that rate; null where nobody knows.'),
      lookBackDays: integerOrNull('The shop keeps orders from us that are older; null where it keeps none.'),
      problem: Type.Unsafe<string | null>({ ...anyTextOrNull, description: 'The code of why the last attempt failed.' }),
    },
    { ...closed, description: "How the reading of a shop's orders goes. `waiting`: it is read as soon as somebody has time." },
  ),
);

export const syncComponents = [Sync];

export const syncView = (progress: DomainProgress): Static<typeof Sync.ref> => progress;
