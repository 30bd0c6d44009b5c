import { changeLocation, type Sku } from '@rappit/domain';
import { expectEqual, expectOk } from '../../contracts/expecting.js';
import { exampleLine } from '../../fakes/examples.js';
import { adjusts, buys, cancels, receives, releases, SHORT, servesBacklog } from './commands.js';
import { type Beginning, useCases } from './use-cases.js';

const waiting = { onShortage: 'backorder' } as const;

export const cancelTwice = useCases('two cancellations of one order', async ({ shelve, place }) => {
  const { sku } = await shelve('MUG', 2);
  const cancel = { ...cancels(await place([exampleLine(sku, 2)])), mayBeRefused: ['order.invalid_transition'] };
  return {
    commands: [cancel, cancel],
    holds: ({ codes }) => expectEqual([...codes].sort(), ['ok', 'order.invalid_transition'], 'what the two were answered'),
  };
});

export const cancelBesideFirstReceipt = useCases(
  'a cancellation beside receipts at a new location and at the old one',
  async (given) => {
    const { sku, locationId } = await given.shelve('MUG', 1);
    const further = await given.addLocation('L2');
    const order = await given.place([exampleLine(sku, 2)], waiting);
    return { commands: [cancels(order), receives(sku, further, 1), receives(sku, locationId, 1)] };
  },
);

export const waitingFirst = useCases(
  'a receipt and a cancellation beside two orders that wait and a new buyer',
  async (given) => {
    const { sku, locationId } = await given.shelve('MUG', 1);
    const sold = await given.place([exampleLine(sku, 1)]);
    const first = await given.place([exampleLine(sku, 2)], waiting);
    const second = await given.place([exampleLine(sku, 1)], waiting);
    return {
      commands: [receives(sku, locationId, 2), cancels(sold), buys([sku, 1])],
      holds: ({ codes, seen }) => {
        const got = [first, second].map((order) => seen.orders.find(({ id }) => id === order.id)?.lines[0]?.reserved);
        expectEqual(got, [2, 1], 'what the two that waited got');
        expectEqual(codes[2], SHORT, 'what the newcomer was answered');
      },
    };
  },
);

/** Whose orders name three SKUs two by two: the circle in which careless locks would wait for each other. */
export const ring = useCases('three cancellations and a count around three SKUs', async ({ shelve, addLocation, place }) => {
  const at = await addLocation('L1');
  const [bowl, mug, plate] = [await shelve('BOWL', 2, at), await shelve('MUG', 2, at), await shelve('PLATE', 2, at)];
  const pairs = [[mug, bowl] as const, [plate, mug] as const, [bowl, plate] as const];
  const commands = [adjusts(bowl.sku, at, -1)];
  for (const [one, two] of pairs) commands.push(cancels(await place([exampleLine(one.sku, 1), exampleLine(two.sku, 1)])));
  return { commands };
});

export const adjustBesideBuyer = useCases('a loss beside a buyer', async ({ shelve }) => {
  const { sku, locationId } = await shelve('MUG', 1);
  return { commands: [adjusts(sku, locationId, -1, 'loss'), buys([sku, 1])] };
});

/** Stock that nobody was given when it became available: its location was opened, and the backlog's job hasn't run. */
const leftToBacklog = async ({ hub, addLocation, receive }: Beginning, skus: readonly Sku[]) => {
  const closed = await addLocation('closed');
  expectOk(await changeLocation(hub)(hub.caller, closed, { active: false }), 'closing a location');
  for (const sku of skus) await receive({ sku, locationId: closed }, 1);
  expectOk(await changeLocation(hub)(hub.caller, closed, { active: true }), 'opening a location');
};

/** The older order waits for a mug and the newer one for a plate; each count breaks a promise of the one and could serve the other. */
export const recountsBesideBacklog = useCases('two recounts of two SKUs beside a backlog', async (given) => {
  const [mug, plate] = [await given.shelve('MUG', 1), await given.shelve('PLATE', 1)];
  const second = { sku: mug.sku, locationId: await given.addLocation('L2') };
  await given.receive(second, 1);
  for (let orders = 0; orders < 2; orders += 1) await given.place([exampleLine(mug.sku, 1), exampleLine(plate.sku, 1)], waiting);
  const loses = ({ sku, locationId }: typeof mug) => adjusts(sku, locationId, -1, 'loss');
  expectOk(await loses(mug).run(given.hub), 'losing the mug of the older order');
  await leftToBacklog(given, [mug.sku, plate.sku]);
  return { commands: [loses(second), loses(plate)] };
});

export const releasesBesideBacklog = useCases('two releases beside an order that waits and the backlog', async (given) => {
  const { sku } = await given.shelve('MUG', 2);
  for (let orders = 0; orders < 2; orders += 1) await given.place([exampleLine(sku, 1)]);
  const third = await given.place([exampleLine(sku, 1)], waiting);
  const promised = (await given.read(({ stock }) => stock.reservations({ limit: 2 }, { status: 'open' }))).data;
  return {
    commands: [...promised.map(releases), servesBacklog],
    holds: ({ seen }) =>
      expectEqual(seen.orders.find(({ id }) => id === third.id)?.lines[0]?.reserved, 1, 'what the order got that waited'),
  };
});
