import { type OrderId, type ShortageProposal, shortageProposalKinds } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import {
  anyInteger,
  anyText,
  anyTextOrNull,
  closed,
  component,
  listOf,
  oneOf,
  orNull,
  uuidOrNull,
} from '../vocabulary.schemas.js';

const Request = Type.Object(
  {
    method: anyText,
    path: Type.Unsafe<string>({ ...anyText, description: 'Behind the prefix of this API.' }),
    body: orNull(Type.Record(Type.String(), Type.Unknown())),
  },
  { ...closed, description: 'What carries it out; null where nothing has to be done.' },
);

const Proposal = component(
  'OrderProposal',
  Type.Object(
    {
      kind: Type.Unsafe<(typeof shortageProposalKinds)[number]>({
        ...oneOf(shortageProposalKinds),
        description:
          '`reallocate`: what another order was promised goes to whoever waits longest. `backorder`: the order waits. `split`: what it was promised leaves now. `cancel`: what it waits for is given up.',
      }),
      units: Type.Unsafe<number>({ ...anyInteger, description: 'So many it is about.' }),
      sku: anyTextOrNull,
      fromOrderId: Type.Unsafe<string | null>({ ...uuidOrNull, description: 'The order that would lose the units.' }),
      request: orNull(Request),
    },
    closed,
  ),
);
export const Proposals = component('OrderProposals', Type.Object({ data: listOf(Proposal.ref) }, closed));

export const proposalComponents = [Proposal, Proposals];

type Shown = Static<typeof Proposal.ref>;

const post = (path: string, body: Readonly<Record<string, unknown>> | null = null): Shown['request'] => ({
  method: 'POST',
  path,
  body,
});

const proposalView = (id: OrderId, proposal: ShortageProposal): Shown => {
  const general = { kind: proposal.kind, sku: null, fromOrderId: null };
  switch (proposal.kind) {
    case 'reallocate': {
      const { sku, fromOrderId, units, reservationId } = proposal;
      return { ...general, units, sku, fromOrderId, request: post(`/inventory/reservations/${reservationId}/release`) };
    }
    case 'backorder':
      return { ...general, units: proposal.units, request: proposal.isHeld ? post(`/orders/${id}/resume`) : null };
    case 'split':
      return { ...general, units: proposal.units, request: post(`/orders/${id}/ready`) };
    case 'cancel': {
      const lines = proposal.lines.map(({ lineId, units }) => ({ lineId, quantity: units }));
      const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      return { ...general, units, request: post(`/orders/${id}/cancel`, { reason: 'outOfStock', lines }) };
    }
  }
};

export const proposalsView = (id: OrderId, proposals: readonly ShortageProposal[]): Static<typeof Proposals.ref> => ({
  data: proposals.map((proposal) => proposalView(id, proposal)),
});
