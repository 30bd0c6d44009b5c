import { expectEqual, expectOk } from '../../contracts/expecting.js';
import { exampleLine } from '../../fakes/examples.js';
import { adjusts, buys, expires, pays, receives, SHORT } from './commands.js';
import { type End, useCases } from './use-cases.js';

const unpaid = { paymentStatus: 'pending', paymentMethod: 'prepaid', onShortage: 'backorder' } as const;
const LAPSED_MS = 31 * 60_000;

const reservedOf = ({ seen }: End, id: string): number | undefined =>
  seen.orders.find((order) => order.id === id)?.lines[0]?.reserved;

export const expiryBesidePayment = useCases('an expiry beside the payment', async ({ shelve, place, advance }) => {
  const { sku } = await shelve('MUG', 1);
  const order = await place([exampleLine(sku, 1)], unpaid);
  advance(LAPSED_MS);
  return {
    commands: [expires, pays(order)],
    holds: (end) => expectEqual(reservedOf(end, order.id), 1, 'what the order has that was paid'),
  };
});

export const expiryBesideBuyer = useCases('an expiry beside the payment and a buyer of the same unit', async (given) => {
  const { sku } = await given.shelve('MUG', 1);
  const order = await given.place([exampleLine(sku, 1)], unpaid);
  given.advance(LAPSED_MS);
  return {
    commands: [expires, pays(order), buys([sku, 1])],
    holds: (end) => expectEqual(reservedOf(end, order.id), end.codes[2] === SHORT ? 1 : 0, 'what the order has that was paid'),
  };
});

/** The newer order loses a mug, which the older one gets, and both wait for the plate that is received. */
export const expiryBesideReceipt = useCases('an expiry beside a receipt of what the same orders wait for', async (given) => {
  const [mug, plate] = [await given.shelve('MUG', 1), await given.shelve('PLATE', 0)];
  const lines = [exampleLine(mug.sku, 1), exampleLine(plate.sku, 1)];
  await given.place(lines, { onShortage: 'backorder' });
  await given.receive({ sku: mug.sku, locationId: plate.locationId }, 1);
  await given.place(lines, unpaid);
  expectOk(await adjusts(mug.sku, mug.locationId, -1, 'loss').run(given.hub), 'losing the mug of the older order');
  given.advance(LAPSED_MS);
  return { commands: [expires, receives(plate.sku, plate.locationId, 1)] };
});
