import type { Address, Location, LocationId, LocationStore } from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';

type LocationRow = { id: LocationId; code: string; name: string; address: Address | null; priority: number; active: boolean };

const toLocation = ({ id, code, name, address, priority, active }: LocationRow): Location => ({
  id,
  code,
  name,
  address,
  priority,
  active,
});

/** One statement decides whether the code is free: a second location under it is left alone, and nothing is returned. */
const SAVE = `
  INSERT INTO locations (organization_id, id, code, name, address, priority, active)
  SELECT ?, ?, ?, ?, ?, ?, ?
  WHERE NOT EXISTS (SELECT FROM locations WHERE organization_id = ? AND code = ? AND id <> ?)
  ON CONFLICT (organization_id, id) DO UPDATE
    SET code = excluded.code, name = excluded.name, address = excluded.address, priority = excluded.priority, active = excluded.active
  RETURNING id`;

export const locationStore = (scope: Scope): LocationStore => {
  const { trx, organizationId } = scope;
  const ours = () => trx('locations').where({ organization_id: organizationId });
  return {
    find: async (id) => {
      const row = await ours().where({ id }).first<LocationRow | undefined>();
      return row && toLocation(row);
    },
    lock: async (id) => {
      const row = await ours().where({ id }).forNoKeyUpdate().first<LocationRow | undefined>();
      return row && toLocation(row);
    },
    list: async ({ limit, cursor }) => {
      const query = ours()
        .orderBy('code')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('code', '>', cursor);
      return pageOf((await query.select<LocationRow[]>('*')).map(toLocation), limit, ({ code }) => code);
    },
    save: async ({ id, code, name, address, priority, active }) => {
      const values = [organizationId, id, code, name, address && JSON.stringify(address), priority, active];
      return (await rowsOf(scope, SAVE, [...values, organizationId, code, id])).length > 0;
    },
  };
};
