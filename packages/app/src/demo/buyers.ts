import type { InsufficientStock } from '@rappit/domain';
import type { Chapter } from './chapter.js';
import { HOT_STOCK } from './shop.js';

const BUYERS = 30;

/** Thirty buyers at once for the last twenty units: twenty are served, ten are told what is missing. */
export const buyersAtOnce = async ({ show, api, shop }: Chapter): Promise<boolean> => {
  show.heading(`4. ${BUYERS} buyers at once for the last ${HOT_STOCK} of ${shop.hotSku}`);
  const order = {
    currency: 'EUR',
    paymentStatus: 'paid',
    customer: { externalId: null, name: 'Buyer', email: null, phone: null },
    lines: [{ sku: shop.hotSku, quantity: 1, unitPriceMinor: 8_900 }],
  };
  const answers = await show.waiting(
    'all press the button',
    Promise.all(Array.from({ length: BUYERS }, () => api.ask<Partial<InsufficientStock>>('POST', '/orders', order))),
  );
  const served = answers.filter(({ status }) => status === 201).length;
  const refused = answers.filter(({ status, body }) => status === 409 && body.code === 'order.insufficient_stock');
  show.line(`served: ${served}, refused with 409: ${refused.length}`);
  const shortfall = refused[0]?.body.shortfalls?.[0];
  if (shortfall) show.line(`the refusal says: wanted ${shortfall.wanted} of ${shortfall.sku}, available ${shortfall.available}`);
  return served === HOT_STOCK && refused.length === BUYERS - HOT_STOCK;
};
