import type { OrderFilter, SavedFilterStore, SavedOrderFilter } from '@rappit/domain';
import type { Scope } from '../scope.js';
import { pageOf } from './page.js';

type FilterRow = {
  id: SavedOrderFilter['id'];
  member_id: SavedOrderFilter['memberId'];
  name: string;
  filter: Omit<OrderFilter, 'from' | 'to'> & { readonly from?: string; readonly to?: string };
  created_at: Date;
};

const toFilter = ({ from, to, ...rest }: FilterRow['filter']): OrderFilter => ({
  ...rest,
  ...(from !== undefined && { from: new Date(from) }),
  ...(to !== undefined && { to: new Date(to) }),
});

const toSaved = ({ id, member_id, name, filter, created_at }: FilterRow): SavedOrderFilter => ({
  id,
  memberId: member_id,
  name,
  filter: toFilter(filter),
  createdAt: created_at,
});

export const savedFilterStore = ({ trx, organizationId }: Scope): SavedFilterStore => {
  const of = (memberId: SavedOrderFilter['memberId']) =>
    trx('order_filters').where({ organization_id: organizationId, member_id: memberId });
  const one = async (query: ReturnType<typeof of>): Promise<SavedOrderFilter | undefined> => {
    const row = await query.first<FilterRow | undefined>();
    return row && toSaved(row);
  };
  return {
    find: (memberId, id) => one(of(memberId).where({ id })),
    named: (memberId, name) => one(of(memberId).where({ name })),
    count: async (memberId) => (await of(memberId).select('id')).length,
    list: async (memberId, { limit, cursor }) => {
      const query = of(memberId)
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '<', cursor);
      return pageOf((await query.select<FilterRow[]>('*')).map(toSaved), limit, ({ id }) => id);
    },
    save: async ({ id, memberId, name, filter, createdAt }) => {
      const changeable = { name, filter: JSON.stringify(filter) };
      const row = { organization_id: organizationId, id, member_id: memberId, created_at: createdAt, ...changeable };
      await trx('order_filters').insert(row).onConflict(['organization_id', 'id']).merge(changeable);
    },
    remove: async (memberId, id) => (await of(memberId).where({ id }).delete()) > 0,
  };
};
