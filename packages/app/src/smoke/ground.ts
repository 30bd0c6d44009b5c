import type { Location, Page } from '@rappit/domain';
import type { Api } from '../calling/api-caller.js';

/** What a smoke test stands on: an item and a location of its own, so that nothing of anybody's stock is touched. */
export type Ground = { readonly sku: string; readonly locationId: string };

export const SMOKE_SKU = 'RAPPIT-SMOKE-TEST';
const LOCATION_CODE = 'SMOKE-TEST';
/** Enough for tests that run at once; what they take comes back. */
const UNITS = 10;

/** Where test parcels come from and go to. */
export const testAddress = {
  name: 'Rappit smoke test',
  company: 'Rappit smoke test',
  lines: ['Alexanderplatz 1'],
  city: 'Berlin',
  region: null,
  postalCode: '10178',
  countryCode: 'DE',
  phone: '+49 30 5550100',
  email: null,
};

/** Finds the ground, or makes it: it stays, and so does its stock. */
export const groundOf = async (api: Api): Promise<Ground> => {
  const item = await api.ask('GET', `/items/${SMOKE_SKU}`);
  if (item.status === 404) await api.post('/items', { sku: SMOKE_SKU, name: 'Rappit smoke test', weightGrams: 400 });
  const locationId = (await placed(api)) ?? (await place(api));
  const { data: levels } = await api.get<Page<{ locationId: string; available: number }>>(`/inventory/levels?sku=${SMOKE_SKU}`);
  const there = levels.find((level) => level.locationId === locationId)?.available ?? 0;
  if (there < UNITS) await api.post('/inventory/receipts', { sku: SMOKE_SKU, locationId, quantity: UNITS - there });
  return { sku: SMOKE_SKU, locationId };
};

const placed = async (api: Api): Promise<string | undefined> => {
  for (let cursor = ''; ; ) {
    const page = await api.get<{ data: readonly Location[]; nextCursor: string | null }>(`/locations?limit=100${cursor}`);
    const found = page.data.find(({ code }) => code === LOCATION_CODE);
    if (found) return found.id;
    if (page.nextCursor === null) return undefined;
    cursor = `&cursor=${page.nextCursor}`;
  }
};

const place = async (api: Api): Promise<string> =>
  (
    await api.post<Location>('/locations', {
      code: LOCATION_CODE,
      name: 'Smoke test',
      priority: 1_000,
      active: true,
      address: testAddress,
    })
  ).id;
