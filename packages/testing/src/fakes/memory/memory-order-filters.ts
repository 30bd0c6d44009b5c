import type { SavedFilterStore, SavedOrderFilter } from '@rappit/domain';
import { pageOf } from '../page-of.js';
import { having } from './organization-state.js';
import type { Workbench } from './workbench.js';

export const memoryOrderFilters = ({ state, change }: Workbench): SavedFilterStore => {
  const of = (memberId: string): readonly SavedOrderFilter[] =>
    [...state().orderFilters.values()].filter((saved) => saved.memberId === memberId);
  const find: SavedFilterStore['find'] = async (memberId, id) => of(memberId).find((saved) => saved.id === id);
  return {
    find,
    named: async (memberId, name) => of(memberId).find((saved) => saved.name === name),
    count: async (memberId) => of(memberId).length,
    list: async (memberId, page) => pageOf(of(memberId), page, { placeOf: ({ id }) => id, newestFirst: true }),
    save: async (saved) => change({ orderFilters: having(state().orderFilters, saved.id, saved) }),
    remove: async (memberId, id) => {
      if (!(await find(memberId, id))) return false;
      change({ orderFilters: new Map([...state().orderFilters].filter(([other]) => other !== id)) });
      return true;
    },
  };
};
