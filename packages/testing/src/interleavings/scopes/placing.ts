import type { Once } from '@rappit/domain';
import { expectEqual, expectThat } from '../../contracts/expecting.js';
import { exampleLine } from '../../fakes/examples.js';
import { buys, cancels, draftOf, places, receives, SHORT, transfers } from './commands.js';
import { type End, useCases } from './use-cases.js';

const answered =
  (...expected: readonly string[]) =>
  ({ codes }: End): void =>
    expectEqual([...codes].sort(), [...expected].sort(), 'what the commands were answered');

export const lastUnit = useCases('two buyers of the last unit', async ({ shelve }) => {
  const { sku } = await shelve('MUG', 1);
  return { commands: [buys([sku, 1]), buys([sku, 1])], holds: answered('ok', SHORT) };
});

export const threeBuyers = useCases('three buyers of two units', async ({ shelve }) => {
  const { sku } = await shelve('MUG', 2);
  return { commands: [buys([sku, 1]), buys([sku, 1]), buys([sku, 1])], holds: answered('ok', 'ok', SHORT) };
});

export const oppositeOrder = useCases('two buyers of two SKUs in opposite order', async ({ shelve }) => {
  const [mug, plate] = [(await shelve('MUG', 2)).sku, (await shelve('PLATE', 2)).sku];
  return { commands: [buys([mug, 2], [plate, 2]), buys([plate, 2], [mug, 2])], holds: answered('ok', SHORT) };
});

export const cancelInOppositeOrder = useCases(
  'a buyer beside a cancellation of the same SKUs in opposite order',
  async (given) => {
    const [mug, plate] = [(await given.shelve('MUG', 2)).sku, (await given.shelve('PLATE', 2)).sku];
    const order = await given.place([exampleLine(mug, 1), exampleLine(plate, 1)]);
    return { commands: [buys([plate, 2], [mug, 2]), cancels(order)] };
  },
);

export const buyBesideReceipt = useCases('a buyer who may wait beside the first receipt', async ({ shelve }) => {
  const { sku, locationId } = await shelve('MUG', 0);
  return { commands: [places(draftOf([[sku, 1]], { onShortage: 'backorder' })), receives(sku, locationId, 1)] };
});

export const buyBesideTransfer = useCases('a buyer beside a transfer to another location', async ({ shelve, addLocation }) => {
  const { sku, locationId } = await shelve('MUG', 2);
  const further = await addLocation('L2');
  const moves = { ...transfers(sku, locationId, further, 2), mayBeRefused: ['transfer.insufficient_stock'] };
  return {
    commands: [buys([sku, 1]), moves],
    holds: ({ codes }) => expectThat(codes.includes('ok'), 'one of the two gets what they want'),
  };
});

const once = (key: string): Once => ({
  scope: 'POST /orders',
  key,
  fingerprint: key,
  answer: (outcome) => ({ status: outcome.ok ? 201 : 409, body: JSON.stringify(outcome), resource: null }),
});

export const retry = useCases('a retry under the same key beside its first', async ({ shelve }) => {
  const { sku } = await shelve('MUG', 5);
  const buy = {
    ...places(draftOf([[sku, 2]]), once('K')),
    mayBeRefused: ['idempotency.replayed', 'idempotency.in_progress'],
  };
  return {
    commands: [buy, buy],
    holds: ({ seen }) => expectEqual(seen.orders.length, 1, 'orders under one key'),
  };
});
