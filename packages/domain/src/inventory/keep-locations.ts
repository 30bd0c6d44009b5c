import { type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { type Location, LocationId } from './location.js';
import type { InventoryStores } from './stores.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<InventoryStores> };

export type LocationFacts = Omit<Location, 'id'>;
export type LocationNotFound = { readonly code: 'location.not_found' };
export type LocationCodeTaken = { readonly code: 'location.code_taken' };

export const addLocation =
  ({ unitOfWork, ids }: Deps & { readonly ids: IdSource }) =>
  (caller: Caller, facts: LocationFacts): Promise<Result<Location, LocationCodeTaken | RunRefusal>> =>
    unitOfWork.run(
      caller.organizationId,
      async ({ locations }) => {
        const location = { ...facts, id: LocationId(ids.next()) };
        return (await locations.save(location)) ? ok(location) : err({ code: 'location.code_taken' });
      },
      caller.once,
    );

/** Changes the facts that are named. An inactive location keeps its stock and its promises, and gets no new ones. */
export const changeLocation =
  ({ unitOfWork }: Deps) =>
  (
    caller: Caller,
    id: LocationId,
    facts: Partial<LocationFacts>,
  ): Promise<Result<Location, LocationNotFound | LocationCodeTaken | RunRefusal>> =>
    unitOfWork.run<Location, LocationNotFound | LocationCodeTaken>(
      caller.organizationId,
      async ({ locations }) => {
        const found = await locations.lock(id);
        if (!found) return err({ code: 'location.not_found' });
        const location = { ...found, ...facts };
        return (await locations.save(location)) ? ok(location) : err({ code: 'location.code_taken' });
      },
      caller.once,
    );
