import { type Return, type ReturnStore, returnActions } from '@rappit/domain';
import { Conflict, rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';

type ReturnRow = Omit<Return, 'orderId' | 'refundedMinor' | 'requestedAt'> & {
  order_id: Return['orderId'];
  refunded_minor: number;
  requested_at: Date;
};

const toReturn = (row: ReturnRow): Return => ({
  id: row.id,
  orderId: row.order_id,
  number: row.number,
  status: row.status,
  lines: row.lines,
  note: row.note,
  refundedMinor: row.refunded_minor,
  requestedAt: row.requested_at,
  version: row.version,
});

const fromReturn = (one: Return) => ({
  id: one.id,
  order_id: one.orderId,
  number: one.number,
  status: one.status,
  lines: JSON.stringify(one.lines),
  note: one.note,
  refunded_minor: one.refundedMinor,
  requested_at: one.requestedAt,
  version: one.version,
});

const LOCK = 'SELECT * FROM returns WHERE organization_id = ? AND id = ? FOR NO KEY UPDATE';

export const returnStore = (scope: Scope): ReturnStore => {
  const { trx, organizationId } = scope;
  const ours = () => trx('returns').where({ organization_id: organizationId });
  return {
    find: async (id) => {
      const row = await ours().where({ id }).first<ReturnRow | undefined>();
      return row && toReturn(row);
    },
    lock: async (id) => {
      const [row] = await rowsOf<ReturnRow>(scope, LOCK, [organizationId, id]);
      return row && toReturn(row);
    },
    save: async (one) => {
      const row = fromReturn(one);
      if (one.version === 1) await trx('returns').insert({ organization_id: organizationId, ...row });
      else if (
        (await ours()
          .where({ id: one.id, version: one.version - 1 })
          .update(row)) !== 1
      )
        throw new Conflict('the return was changed meanwhile');
    },
    isAwaited: async (id) =>
      (await ours()
        .where({ id })
        .whereIn('status', [...returnActions.label])
        .first('id')) !== undefined,
    countOfOrder: async (id) => {
      const [row] = await ours().where({ order_id: id }).count<{ count: number }[]>();
      return row?.count ?? 0;
    },
    list: async ({ limit, cursor }, { orderId, status }) => {
      const query = ours()
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (orderId !== undefined) void query.where({ order_id: orderId });
      if (status !== undefined) void query.where({ status });
      if (cursor !== undefined) void query.where('id', '<', cursor);
      return pageOf((await query.select<ReturnRow[]>('*')).map(toReturn), limit, ({ id }) => id);
    },
  };
};
