import type { Reconciliation as DomainReconciliation } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { anyInteger, anyText, closed, component, listOf, moment, oneOf, uuid } from '../vocabulary.schemas.js';

const difference = { expected: anyInteger, found: anyInteger };

export const Reconciliation = component(
  'Reconciliation',
  Type.Object(
    {
      at: moment,
      levels: listOf(
        Type.Object(
          {
            invariant: oneOf(['I1', 'I2', 'I3']),
            sku: anyText,
            locationId: uuid,
            what: oneOf(['reserved', 'onHand']),
            ...difference,
          },
          closed,
        ),
      ),
      lines: listOf(
        Type.Object({ invariant: oneOf(['I2', 'I4', 'returns']), orderId: uuid, orderLineId: uuid, ...difference }, closed),
      ),
      complete: Type.Boolean({ description: 'False when there was more to report than fits.' }),
    },
    { ...closed, description: 'Everything that does not add up; both lists are empty when the books hold.' },
  ),
);

export const reconciliationView = (found: DomainReconciliation): Static<typeof Reconciliation.ref> => found;
