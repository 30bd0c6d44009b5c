import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { HOT } from './loads.mjs';

const PREFIX = '/api/v1';
const address = {
  name: 'Amal Harbi',
  lines: ['Lindenstrasse 12'],
  city: 'Berlin',
  postalCode: '10969',
  countryCode: 'DE',
  phone: '+49 30 5550100',
};
const parcel = { weightGrams: 1_200, lengthMm: 300, widthMm: 200, heightMm: 150 };

/** The account that labels are bought on; its shipper is where the parcels come from. */
export const openAccount = async ({ api, headers }, { accountNumber, apiKey, apiSecret }) => {
  const body = { carrier: 'dhl', name: 'Bench', credentials: { accountNumber, apiKey, apiSecret }, shipper: address };
  await api.one({ method: 'POST', path: '/carrier-accounts', headers: await headers(), body });
};

/** So many orders that are ready to be shipped. */
const readyOrders = async ({ api, headers }, count) => {
  const signedIn = await headers();
  const body = { currency: 'EUR', shippingAddress: address, lines: [{ sku: HOT, quantity: 1, unitPriceMinor: 1_900 }] };
  const post = (path, json) => ({ method: 'POST', path, headers: signedIn, body: json });
  const placed = await api.all(Array.from({ length: count }, () => post('/orders', body)));
  await api.all(placed.map(({ id }) => post(`/orders/${id}/ready`)));
  return placed.map(({ id }) => id);
};

/**
 * Buys labels all the while `work` is under way: one every `everyMs`, whether those before were answered or not, as many as last for
 * `forMs`. Answers what `work` answers, and how the purchases were answered so far.
 */
export const buyingMeanwhile = async (subject, { everyMs, forMs }, work) => {
  const { host, port, headers } = subject;
  const orders = await readyOrders(subject, Math.ceil(forMs / everyMs));
  const signedIn = { ...(await headers()), 'content-type': 'application/json' };
  const answers = {};
  let asked = 0;
  const buy = async (id) => {
    asked += 1;
    const answer = await fetch(`http://${host}:${port}${PREFIX}/orders/${id}/shipments`, {
      method: 'POST',
      headers: { ...signedIn, 'idempotency-key': randomUUID() },
      body: JSON.stringify({ carrier: 'dhl', parcels: [parcel] }),
    });
    await answer.arrayBuffer();
    answers[answer.status] = (answers[answer.status] ?? 0) + 1;
  };
  let over = false;
  const buying = (async () => {
    for (const id of orders) {
      if (over) break;
      // Whoever is left without an answer when the bench ends has nothing to say.
      void buy(id).catch(() => {});
      await delay(everyMs);
    }
  })();
  const value = await work();
  over = true;
  await buying;
  return { value, asked, answers };
};
