import type { LocationStore } from '@rappit/domain';
import { pageOf } from '../page-of.js';
import { having } from './organization-state.js';
import type { Workbench } from './workbench.js';

export const memoryLocations = ({ state, change }: Workbench): LocationStore => ({
  find: async (id) => state().locations.get(id),
  // Units of work run one after another: nobody else changes what one of them has found.
  lock: async (id) => state().locations.get(id),
  list: async (page) => pageOf(state().locations.values(), page, { placeOf: ({ code }) => code }),
  save: async (location) => {
    const taken = [...state().locations.values()].some(({ id, code }) => code === location.code && id !== location.id);
    if (!taken) change({ locations: having(state().locations, location.id, location) });
    return !taken;
  },
});
