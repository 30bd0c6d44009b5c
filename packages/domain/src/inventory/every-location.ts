import { MAX_PAGE } from '../kernel/index.js';
import type { Location } from './location.js';
import type { LocationStore } from './stores.port.js';

/** All locations of an organization, by code: there are few enough to be held. */
export const everyLocation = async (locations: Pick<LocationStore, 'list'>): Promise<readonly Location[]> => {
  const all: Location[] = [];
  for (let cursor: string | undefined; ; ) {
    const { data, nextCursor } = await locations.list({ limit: MAX_PAGE, cursor });
    all.push(...data);
    if (nextCursor === null) return all;
    cursor = nextCursor;
  }
};
