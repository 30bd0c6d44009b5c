import { authoriseReturn, markReady, type Order, type Return } from '@rappit/domain';
import { expectEqual, expectOk, expectThat } from '../../contracts/expecting.js';
import { exampleLine } from '../../fakes/examples.js';
import { cancels, cancelsShipment, labelsReturn, receivesReturn, refunds, requestsReturn, ships } from './commands.js';
import { type Beginning, type End, useCases } from './use-cases.js';

/** An order of two mugs that were shipped, or of which one still waits. */
const shippedOrder = async ({ hub, shelve, place, read }: Beginning, ordered = 2) => {
  const shelf = await shelve('MUG', 2);
  const order = await place([exampleLine(shelf.sku, ordered)], { onShortage: 'backorder', paymentStatus: 'paid' });
  expectOk(await markReady(hub)(hub.caller, order.id), 'making ready');
  expectOk(await ships(order).run(hub), 'shipping');
  const [shipment] = (await read(({ shipments }) => shipments.list({ limit: 1 }, { orderId: order.id }))).data;
  expectThat(shipment !== undefined, 'the order was shipped');
  return { ...shelf, order, shipment };
};

/** The same with a return of both that may come. */
const awaitedReturn = async (given: Beginning, ordered?: number) => {
  const shipped = await shippedOrder(given, ordered);
  const { hub } = given;
  expectOk(await requestsReturn(shipped.order, 2).run(hub), 'asking for a return');
  const [requested] = (await given.read(({ returns }) => returns.list({ limit: 1 }, { orderId: shipped.order.id }))).data;
  expectThat(requested !== undefined, 'a return was asked for');
  return { ...shipped, one: expectOk(await authoriseReturn(hub)(hub.caller, requested.id, null), 'authorising') };
};

const lineOf = ({ seen }: Pick<End, 'seen'>, order: Order) => {
  const [line] = seen.orders.find(({ id }) => id === order.id)?.lines ?? [];
  return line && [line.shipped, line.returning, line.returned];
};

const EXCEEDED = 'return.quantity_exceeded';

export const returnTwice = useCases('two returns of the same units', async (given) => {
  const { order } = await shippedOrder(given);
  const request = { ...requestsReturn(order, 2), mayBeRefused: [EXCEEDED] };
  return {
    commands: [request, request],
    holds: ({ codes, seen }) => {
      expectEqual([...codes].sort(), ['ok', EXCEEDED], 'what the two were answered');
      expectEqual(lineOf({ seen }, order), [2, 2, 0], 'units that were shipped, are to come back and came back');
    },
  };
});

export const returnBesideCancelledShipment = useCases('a return beside the cancellation of its shipment', async (given) => {
  const { order, shipment } = await shippedOrder(given);
  return {
    commands: [
      { ...requestsReturn(order, 1), mayBeRefused: [EXCEEDED, 'order.invalid_transition'] },
      { ...cancelsShipment(shipment.id), mayBeRefused: ['shipment.goods_on_return'] },
    ],
    holds: ({ codes, seen }) => {
      expectThat(codes.filter((code) => code === 'ok').length === 1, 'goods come back from the customer or never left');
      expectEqual(lineOf({ seen }, order), codes[0] === 'ok' ? [2, 1, 0] : [0, 0, 0], 'the line');
    },
  };
});

export const receiveReturnTwice = useCases('two receipts of the same return', async (given) => {
  const { order, one, locationId } = await awaitedReturn(given);
  const receive = { ...receivesReturn(one, locationId, 2), mayBeRefused: ['return.invalid_transition'] };
  return {
    commands: [receive, receive],
    holds: ({ codes, seen }) => {
      expectEqual([...codes].sort(), ['ok', 'return.invalid_transition'], 'what the two were answered');
      expectEqual([lineOf({ seen }, order), seen.levels.map(({ onHand }) => onHand)], [[2, 0, 2], [2]], 'the line and the level');
    },
  };
});

export const receiveReturnBesideWaiting = useCases(
  'a receipt of a return beside the cancellation of an order that waits',
  async (given) => {
    const { one, sku, locationId } = await awaitedReturn(given);
    const waits = { onShortage: 'backorder' } as const;
    const [first, second] = [await given.place([exampleLine(sku, 2)], waits), await given.place([exampleLine(sku, 1)], waits)];
    return {
      commands: [receivesReturn(one, locationId, 2), cancels(first)],
      holds: ({ seen }) =>
        expectEqual(seen.orders.find(({ id }) => id === second.id)?.lines[0]?.reserved, 1, 'what the order got that came later'),
    };
  },
);

export const receiveReturnBesideCancel = useCases(
  'a receipt of a return beside the cancellation of the rest of its order',
  async (given) => {
    const { order, one, locationId } = await awaitedReturn(given, 3);
    return {
      commands: [receivesReturn(one, locationId, 1), cancels(order)],
      holds: ({ seen }) => expectEqual(lineOf({ seen }, order), [2, 1, 1], 'the line'),
    };
  },
);

export const refundTwice = useCases('two refunds of a return', async (given) => {
  const { one, order } = await awaitedReturn(given);
  const refund = { ...refunds(one, order.paidMinor), mayBeRefused: ['payment.invalid_transition'] };
  return {
    commands: [refund, refund],
    holds: ({ codes, seen }) => {
      expectThat(codes.includes('ok'), 'one is written down');
      const given = seen.returns.reduce((sum: number, { refundedMinor }: Return) => sum + refundedMinor, 0);
      expectEqual(given, order.paidMinor, 'what was given back');
    },
  };
});

export const labelReturnTwice = useCases('two labels of one return', async (given) => {
  const { one, locationId } = await awaitedReturn(given);
  const before = given.carrier.sold().length;
  const label = { ...labelsReturn(one, locationId), mayBeRefused: ['shipment.nothing_to_ship', 'shipment.purchase_under_way'] };
  return {
    commands: [label, label],
    holds: ({ codes, sold }) => {
      expectThat(codes.includes('ok'), 'one of the two gets it');
      expectEqual(sold.length - before, 1, 'labels that were sold for the return');
    },
  };
});
