import type { Order, Sku } from '@rappit/domain';
import { expectEqual, expectThat } from '../../contracts/expecting.js';
import { exampleLine } from '../../fakes/examples.js';
import { buys, cancelsLine, edits, holds, makesReady, pays, receives, resumes, SHORT, ships } from './commands.js';
import { type End, useCases } from './use-cases.js';

const waiting = { onShortage: 'backorder' } as const;
const lineOf = ({ seen }: End, { id }: Order) => seen.orders.find((order) => order.id === id)?.lines[0];
const asMany = ({ codes }: End, ok: number): void =>
  expectEqual(codes.filter((code) => code === 'ok').length, ok, 'how many of the two got what they want');

export const editBesideBuyer = useCases('an edit that wants the last unit beside a buyer of it', async ({ shelve, place }) => {
  const { sku } = await shelve('MUG', 2);
  const order = await place([exampleLine(sku, 1)]);
  const edit = { ...edits(order, 2), mayBeRefused: [SHORT] };
  return { commands: [edit, buys([sku, 1])], holds: (end) => asMany(end, 1) };
});

export const editBesideEdit = useCases('two edits of two orders that each want what the other has', async (given) => {
  const [mug, plate] = [(await given.shelve('MUG', 1)).sku, (await given.shelve('PLATE', 1)).sku];
  const swap = async (has: Sku, wants: Sku) => edits(await given.place([exampleLine(has, 1)]), 0, [wants, 1]);
  return { commands: [await swap(mug, plate), await swap(plate, mug)].map((one) => ({ ...one, mayBeRefused: [SHORT] })) };
});

export const editTwice = useCases('two edits of one order', async ({ shelve, place }) => {
  const { sku } = await shelve('MUG', 5);
  const order = await place([exampleLine(sku, 3)]);
  return {
    commands: [edits(order, 5), edits(order, 1)],
    holds: (end) => expectThat([1, 5].includes(lineOf(end, order)?.reserved ?? 0), 'the order has what one of the two wanted'),
  };
});

export const editBesideShip = useCases('an edit beside the purchase of a label', async (given) => {
  const { sku } = await given.shelve('MUG', 3);
  const order = await given.place([exampleLine(sku, 2)]);
  await makesReady(order).run(given.hub);
  const edit = { ...edits(order, 1), mayBeRefused: ['order.purchase_in_progress', 'order.invalid_transition'] };
  const ship = { ...ships(order), mayBeRefused: ['order.invalid_transition'] };
  return {
    commands: [edit, ship],
    // An order that was edited has to be made ready again.
    holds: (end) => asMany(end, 1),
  };
});

export const holdBesideShip = useCases('a hold beside the purchase of a label', async (given) => {
  const { sku } = await given.shelve('MUG', 1);
  const order = await given.place([exampleLine(sku, 1)]);
  await makesReady(order).run(given.hub);
  const hold = { ...holds(order), mayBeRefused: ['order.purchase_in_progress', 'order.invalid_transition'] };
  return { commands: [hold, { ...ships(order), mayBeRefused: ['order.invalid_transition'] }], holds: (end) => asMany(end, 1) };
});

export const resumeBesideReceipt = useCases('a held order that goes on beside a receipt of what it waits for', async (given) => {
  const { sku, locationId } = await given.shelve('MUG', 0);
  const order = await given.place([exampleLine(sku, 1)], waiting);
  await holds(order).run(given.hub);
  return {
    commands: [resumes(order), receives(sku, locationId, 1)],
    holds: (end) => expectEqual(lineOf(end, order)?.reserved, 1, 'what the order has that goes on'),
  };
});

export const cancelLinesBesideShip = useCases('a cancellation of a unit beside the purchase of a label', async (given) => {
  const { sku } = await given.shelve('MUG', 2);
  const order = await given.place([exampleLine(sku, 2)]);
  await makesReady(order).run(given.hub);
  const cancel = {
    ...cancelsLine(order, 1),
    mayBeRefused: ['order.purchase_in_progress', 'order.invalid_transition', 'order.quantity_exceeded'],
  };
  return {
    commands: [cancel, ships(order)],
    holds: (end) => {
      const { shipped, cancelled } = lineOf(end, order) ?? { shipped: 0, cancelled: 0 };
      expectEqual([shipped, cancelled], end.codes[0] === 'ok' ? [1, 1] : [2, 0], 'units that were shipped and cancelled');
    },
  };
});

export const editBesidePayment = useCases('an edit beside the payment of what lapsed', async (given) => {
  const { sku } = await given.shelve('MUG', 2);
  const unpaid = { paymentStatus: 'pending', paymentMethod: 'prepaid', ...waiting } as const;
  const order = await given.place([exampleLine(sku, 1)], unpaid);
  given.advance(31 * 60_000);
  return {
    commands: [{ ...edits(order, 2), mayBeRefused: [SHORT] }, pays(order)],
    holds: (end) => expectEqual(lineOf(end, order)?.reserved, end.codes[0] === 'ok' ? 2 : 1, 'what the order has that was paid'),
  };
});
