import { type Fulfilment as DomainFulfilment, fulfilmentStatuses } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { pageOf } from '../pages.js';
import { anyInteger, anyText, anyTextOrNull, closed, component, momentOrNull, oneOf, uuid } from '../vocabulary.schemas.js';

export const Fulfilment = component(
  'ChannelFulfilment',
  Type.Object(
    {
      shipmentId: uuid,
      channelId: uuid,
      orderId: uuid,
      carrier: anyText,
      trackingNumber: anyText,
      status: oneOf(fulfilmentStatuses),
      attempts: anyInteger,
      dueAt: Type.Unsafe<Date | null>({ ...momentOrNull, description: 'When the shop is told next; null once that has ended.' }),
      toldAt: momentOrNull,
      problem: Type.Unsafe<string | null>({ ...anyTextOrNull, description: 'The code of why the last attempt failed.' }),
    },
    {
      ...closed,
      description:
        'A parcel that a shop is told of. `givenUp`: the shop refused it, or did not take it for a day. `dropped`: there was nothing to tell.',
    },
  ),
);
export const FulfilmentPage = component('ChannelFulfilmentPage', pageOf(Fulfilment.ref));

export const fulfilmentComponents = [Fulfilment, FulfilmentPage];

export const fulfilmentView = ({ dueAt, ...shown }: DomainFulfilment): Static<typeof Fulfilment.ref> => ({
  ...shown,
  dueAt: shown.status === 'due' ? dueAt : null,
});
