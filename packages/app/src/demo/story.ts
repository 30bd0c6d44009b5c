import type { LedgerEntry, Page, Reconciliation } from '@rappit/domain';
import { apiOf } from '../calling/api-caller.js';
import { buyersAtOnce } from './buyers.js';
import type { Chapter, Setting } from './chapter.js';
import { parcel } from './parcel.js';
import { setUpShop } from './shop.js';
import { shopOrder } from './shop-order.js';

/** Tells the story, chapter by chapter. True when each came out as it must. */
export const tellStory = async (setting: Setting): Promise<boolean> => {
  const { show, baseUrl } = setting;
  show.heading('1. A merchant signs up');
  const registered = await apiOf(baseUrl, '').post<{ token: string }>('/auth/register', {
    organizationName: 'Demo Trading',
    name: 'Dana Demo',
    email: 'dana@example.com',
    password: 'correct horse battery staple',
  });
  const api = apiOf(baseUrl, registered.token);
  show.line('Demo Trading, with Dana as its admin');
  const shop = await setUpShop(setting, api);
  const chapter = { ...setting, api, shop };
  const orderId = await shopOrder(chapter);
  const servedRight = await buyersAtOnce(chapter);
  const label = await parcel(chapter, orderId);
  const balanced = await books(chapter);
  const well = orderId !== undefined && servedRight && label && balanced;
  show.heading(well ? 'Everything came out as it must.' : 'Something did not come out as it must: see above.');
  return well;
};

const books = async ({ show, api, shop }: Chapter): Promise<boolean> => {
  show.heading('6. The books');
  const { data: movements } = await api.get<Page<LedgerEntry>>(
    `/inventory/movements?sku=${encodeURIComponent(shop.hotSku)}&limit=5`,
  );
  show.line(`the ledger of ${shop.hotSku}, newest first:`);
  show.table([
    ['  no.', 'what', 'on hand', 'reserved', 'afterwards', 'hash'],
    ...movements.map((one) => [
      `  ${one.number}`,
      String(one.kind),
      String(one.onHandDelta),
      String(one.reservedDelta),
      `${one.onHandAfter} on hand, ${one.reservedAfter} reserved`,
      String(one.hash).slice(0, 12),
    ]),
  ]);
  const found = await api.get<Reconciliation>('/inventory/reconciliation');
  const differences = found.levels.length + found.lines.length;
  show.line(
    differences === 0
      ? 'reconciliation: levels, ledger, promises and order lines agree'
      : `reconciliation: ${differences} differences: ${JSON.stringify(found)}`,
  );
  return differences === 0;
};
