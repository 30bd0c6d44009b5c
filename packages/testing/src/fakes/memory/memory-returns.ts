import { ReturnId, type ReturnStatus, type ReturnStore, returnActions } from '@rappit/domain';
import { pageOf } from '../page-of.js';
import { having } from './organization-state.js';
import { Conflict, type Workbench } from './workbench.js';

const awaiting: readonly ReturnStatus[] = returnActions.label;

export const memoryReturns = ({ state, change }: Workbench): ReturnStore => {
  const all = () => [...state().returns.values()];
  return {
    find: async (id) => state().returns.get(id),
    lock: async (id) => state().returns.get(id),
    save: async (one) => {
      const before = state().returns.get(one.id);
      if ((before?.version ?? 0) !== one.version - 1) throw new Conflict(`return ${one.id} was changed by somebody else`);
      change({ returns: having(state().returns, one.id, one) });
    },
    isAwaited: async (id) => {
      const one = state().returns.get(ReturnId(id));
      return one !== undefined && awaiting.includes(one.status);
    },
    countOfOrder: async (id) => all().filter(({ orderId }) => orderId === id).length,
    list: async (page, { orderId, status }) =>
      pageOf(
        all().filter(
          (one) => (orderId === undefined || one.orderId === orderId) && (status === undefined || one.status === status),
        ),
        page,
        { placeOf: ({ id }) => id, newestFirst: true },
      ),
  };
};
