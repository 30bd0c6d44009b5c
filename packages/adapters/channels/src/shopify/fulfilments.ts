import { type FulfilmentToTell, ok, type Result, type ShopAskRefused, type ShopDoRefused } from '@rappit/domain';
import { listed, listOf, object, optional, required } from '../wire/reading.js';
import { filled, text, units } from '../wire/scalars.js';
import { FULFIL, FULFILMENT_ORDERS, FULFILMENTS } from './documents.js';
import { sayingOf } from './graphql-answer.js';
import type { ShopifyClient } from './graphql-client.js';
import { globalId, globalIdOf } from './ids.js';
import { madeIn, pageInfo, readIn } from './page.js';
import { refused } from './refusals.js';

/** Units of lines, by the lines' global ids. */
type Units = ReadonlyMap<string, number>;

const lineId = object({ id: required('id', globalId('LineItem')) });
const nodes = <Node extends object>(table: Parameters<typeof object<Node>>[0]) =>
  object<{ readonly nodes: readonly Node[] }>({ nodes: required('nodes', listOf(object<Node>(table))) });

const fulfilledLine = nodes({ quantity: optional('quantity', units), line: required('lineItem', lineId) });
const fulfilment = object({
  status: required('status', text),
  tracking: listed('trackingInfo', object({ number: filled('number') })),
  lines: required('fulfillmentLineItems', fulfilledLine),
});
const orderWithFulfilments = object({ order: optional('order', object({ fulfilments: listed('fulfillments', fulfilment) })) });

const openLine = nodes({
  id: required('id', globalId('FulfillmentOrderLineItem')),
  remaining: required('remainingQuantity', units),
  line: required('lineItem', lineId),
});
const location = object({ id: required('id', globalId('Location')) });
const fulfilmentOrder = object({
  id: required('id', globalId('FulfillmentOrder')),
  status: required('status', text),
  actions: listed('supportedActions', object({ action: required('action', text) })),
  assigned: required('assignedLocation', object({ location: optional('location', location) })),
  lines: required('lineItems', openLine),
});
const fulfilmentOrders = object({ nodes: required('nodes', listOf(fulfilmentOrder)), pageInfo: required('pageInfo', pageInfo) });
const orderToFulfil = object({ order: optional('order', object({ orders: required('fulfillmentOrders', fulfilmentOrders) })) });

type ToFulfil = Extract<ReturnType<typeof orderToFulfil>, { ok: true }>['value'];
type FulfilmentOrder = Extract<ReturnType<typeof fulfilmentOrder>, { ok: true }>['value'];

/** These were given up: a number on one of them tells nobody of anything. */
const givenUp: ReadonlySet<string> = new Set(['CANCELLED', 'ERROR', 'FAILURE']);

/** What the shop was told already under this number; null when there is no such order. */
const toldUnder = async (client: ShopifyClient, id: string, number: string): Promise<Result<Units | null, ShopAskRefused>> => {
  const known = readIn(await client.ask(FULFILMENTS, { id }), orderWithFulfilments);
  if (!known.ok) return known;
  if (!known.value.order) return ok(null);
  const ours = known.value.order.fulfilments.filter(
    ({ status, tracking }) => !givenUp.has(status) && tracking.some((one) => one.number === number),
  );
  const told = new Map<string, number>();
  for (const { quantity, line } of ours.flatMap(({ lines }) => lines.nodes))
    told.set(line.id, (told.get(line.id) ?? 0) + (quantity ?? 0));
  return ok(told);
};

/** Those that may be fulfilled now. A fulfilment that was cancelled leaves a closed one in front of the open one. */
const openOnes = async (client: ShopifyClient, id: string): Promise<Result<readonly FulfilmentOrder[], ShopAskRefused>> => {
  const open: FulfilmentOrder[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page: Result<ToFulfil, ShopAskRefused> = readIn(await client.ask(FULFILMENT_ORDERS, { id, after }), orderToFulfil);
    if (!page.ok) return page;
    if (!page.value.order) return ok(open);
    const orders: NonNullable<ToFulfil['order']>['orders'] = page.value.order.orders;
    for (const one of orders.nodes)
      if (['OPEN', 'IN_PROGRESS'].includes(one.status) && one.actions.some(({ action }) => action === 'CREATE_FULFILLMENT'))
        open.push(one);
    ({ endCursor: after, hasNextPage: more } = orders.pageInfo);
  }
  return ok(open);
};

type Share = { readonly order: FulfilmentOrder; readonly lines: readonly { readonly id: string; readonly quantity: number }[] };

/** Takes from the orders of one location what is wanted of them, and leaves the rest wanted. */
const shareOf = (orders: readonly FulfilmentOrder[], wanted: Map<string, number>): readonly Share[] =>
  orders.flatMap((order) => {
    const lines = order.lines.nodes.flatMap(({ id, remaining, line }) => {
      const quantity = Math.min(remaining, wanted.get(line.id) ?? 0);
      if (quantity <= 0) return [];
      wanted.set(line.id, (wanted.get(line.id) ?? 0) - quantity);
      return [{ id, quantity }];
    });
    return lines.length > 0 ? [{ order, lines }] : [];
  });

const unitsAt = (orders: readonly FulfilmentOrder[], wanted: Units): number =>
  orders.reduce(
    (sum, { lines }) =>
      sum + lines.nodes.reduce((count, { remaining, line }) => count + Math.min(remaining, wanted.get(line.id) ?? 0), 0),
    0,
  );

/** One call is for one location; whoever can fulfil most of what is wanted is asked first. */
const sharesOf = (open: readonly FulfilmentOrder[], wanted: Units): readonly (readonly Share[])[] => {
  const byLocation = new Map<string, FulfilmentOrder[]>();
  for (const order of open) {
    const at = order.assigned.location?.id ?? order.id;
    byLocation.set(at, [...(byLocation.get(at) ?? []), order]);
  }
  const left = new Map(wanted);
  return [...byLocation.values()]
    .toSorted((one, other) => unitsAt(other, wanted) - unitsAt(one, wanted))
    .map((orders) => shareOf(orders, left))
    .filter((shares) => shares.length > 0);
};

const faults = object({ faults: required('userErrors', listOf(object({ message: filled('message') }))) });
const fulfilIn = object({ made: required('fulfillmentCreate', faults) });

/**
 * Tells of a parcel. What was told under its number before is looked up first, and not told again: `fulfillmentCreate` has no key.
 * Units that the shop has no place for any more, since somebody else has fulfilled or refunded them, are passed over.
 */
export const tellFulfilment = async (client: ShopifyClient, parcel: FulfilmentToTell): Promise<Result<null, ShopDoRefused>> => {
  const { tracking, notifyCustomer, lines } = parcel;
  const id = globalIdOf('Order', parcel.externalOrderId);
  const told = await toldUnder(client, id, tracking.number);
  if (!told.ok) return told;
  if (!told.value) return refused('There is no such order.');
  const wanted = new Map<string, number>();
  for (const { externalLineId, quantity } of lines) {
    const line = globalIdOf('LineItem', externalLineId);
    wanted.set(line, (wanted.get(line) ?? 0) + quantity);
  }
  for (const [line, quantity] of told.value)
    if (wanted.has(line)) wanted.set(line, Math.max(0, (wanted.get(line) ?? 0) - quantity));
  if ([...wanted.values()].every((quantity) => quantity === 0)) return ok(null);
  const open = await openOnes(client, id);
  if (!open.ok) return open;
  const calls = sharesOf(open.value, wanted);
  if (calls.length === 0 && told.value.size === 0) return refused('Nothing of this is left to be fulfilled.');
  const trackingInfo = {
    company: tracking.company,
    number: tracking.number,
    ...(tracking.url !== null && { url: tracking.url }),
  };
  for (const shares of calls) {
    const lineItemsByFulfillmentOrder = shares.map((share) => ({
      fulfillmentOrderId: share.order.id,
      fulfillmentOrderLineItems: share.lines,
    }));
    const made = madeIn(
      await client.make(FULFIL, { fulfillment: { lineItemsByFulfillmentOrder, trackingInfo, notifyCustomer } }),
      fulfilIn,
    );
    if (!made.ok) return made;
    const objections = made.value.made.faults;
    if (objections.length > 0) return refused(sayingOf(objections.map(({ message }) => message)));
  }
  return ok(null);
};
