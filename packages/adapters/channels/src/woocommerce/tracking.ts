import { type FulfilmentToTell, ok, type Result, type ShopAskRefused, type ShopDoRefused } from '@rappit/domain';
import { LosslessNumber } from 'lossless-json';
import { refused } from '../wire/answers.js';
import { hasNoRoute, isMissing, noOf, type WooSession } from './client.js';

/** One way of telling a store of a tracking number. What it lists holds the numbers that it was told of before. */
type Way = { readonly path: string; readonly body: unknown };

/**
 * Three ways, of which a store has some: WooCommerce's own fulfilments (in beta, where they are switched on), a plugin for tracking numbers,
 * and the notes of an order, which every store has. The first that it has is taken.
 */
const waysOf = (fulfilment: FulfilmentToTell, today: string): readonly Way[] => {
  const order = `orders/${fulfilment.externalOrderId}`;
  const { company, number, url } = fulfilment.tracking;
  const plugin = {
    custom_tracking_provider: company,
    custom_tracking_link: url ?? '',
    tracking_number: number,
    date_shipped: today,
  };
  return [
    {
      path: `wc/v3/${order}/fulfillments${fulfilment.notifyCustomer ? '?notify_customer=true' : ''}`,
      body: ownFulfilment(fulfilment),
    },
    { path: `wc-shipment-tracking/v3/${order}/shipment-trackings`, body: plugin },
    { path: `wc-ast/v3/${order}/shipment-trackings`, body: plugin },
    { path: `wc/v3/${order}/notes`, body: { note: noteOf(fulfilment), customer_note: fulfilment.notifyCustomer } },
  ];
};

const ownFulfilment = ({ lines, tracking }: FulfilmentToTell): unknown => {
  const meta = (key: string, value: unknown) => ({ key, value });
  const items = lines.map(({ externalLineId, quantity }) => ({ item_id: new LosslessNumber(externalLineId), qty: quantity }));
  return {
    status: 'fulfilled',
    is_fulfilled: true,
    meta_data: [
      meta('_items', items),
      meta('_tracking_number', tracking.number),
      meta('_shipment_provider', tracking.company),
      ...(tracking.url === null ? [] : [meta('_tracking_url', tracking.url)]),
    ],
  };
};

const noteOf = ({ tracking: { company, number, url } }: FulfilmentToTell): string =>
  `Shipped with ${company}, tracking number ${number}.${url === null ? '' : ` ${url}`}`;

const ID = /^[1-9]\d{0,19}$/;

/** Tells once: none of the ways repeats safely, so the store is looked at first. The order's status stays as it is, which would write to the customer. */
export const tellFulfilment = async (
  session: WooSession,
  fulfilment: FulfilmentToTell,
  today: string,
): Promise<Result<null, ShopDoRefused>> => {
  if (![fulfilment.externalOrderId, ...fulfilment.lines.map(({ externalLineId }) => externalLineId)].every((id) => ID.test(id)))
    return refused('There is no such order in the shop.');
  for (const way of waysOf(fulfilment, today)) {
    const known = await isTold(session, way, fulfilment.tracking.number);
    if (!known.ok) return known;
    if (known.value === 'noSuchWay') continue;
    if (known.value) return ok(null);
    const answer = await session.tell('POST', way.path, way.body);
    if (!answer.ok) return answer;
    return answer.value.isOk ? ok(null) : noOf(answer.value);
  }
  return refused('The shop has no way to be told of a tracking number.');
};

const isTold = async (
  session: WooSession,
  { path }: Way,
  number: string,
): Promise<Result<boolean | 'noSuchWay', ShopAskRefused>> => {
  const answer = await session.ask(path.replace(/\?.*$/, ''));
  if (!answer.ok) return answer;
  if (hasNoRoute(answer.value)) return ok('noSuchWay');
  if (isMissing(answer.value) || !answer.value.isOk) return noOf(answer.value);
  return ok(holds(answer.value.json, number));
};

/** Whether a text is there somewhere, as a word of its own: each way writes it elsewhere. */
const holds = (value: unknown, number: string): boolean => {
  if (typeof value === 'string') return value.split(/[^0-9A-Za-z-]+/).includes(number) || value === number;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => holds(part, number));
};
