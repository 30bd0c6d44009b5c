import { openPickupStatuses, type PickupStore } from '@rappit/domain';
import { pageOf } from '../page-of.js';
import { having } from './organization-state.js';
import { Conflict, type Workbench } from './workbench.js';

export const memoryPickups = ({ state, change }: Workbench): PickupStore => ({
  find: async (id) => state().pickups.get(id),
  lock: async (id) => state().pickups.get(id),
  save: async (pickup) => {
    const before = state().pickups.get(pickup.id);
    if ((before?.version ?? 0) !== pickup.version - 1) throw new Conflict(`pickup ${pickup.id} was changed by somebody else`);
    change({ pickups: having(state().pickups, pickup.id, pickup) });
  },
  openFor: async (ids) => {
    const open = new Set<string>(openPickupStatuses);
    return [...state().pickups.values()]
      .filter(({ status, shipmentIds }) => open.has(status) && shipmentIds.some((id) => ids.includes(id)))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
  },
  list: async (page) => pageOf([...state().pickups.values()], page, { placeOf: ({ id }) => id, newestFirst: true }),
});
