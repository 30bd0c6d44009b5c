import { markReady } from '@rappit/domain';
import { expectEqual, expectOk, expectThat } from '../../contracts/expecting.js';
import { exampleLine } from '../../fakes/examples.js';
import { adjusts, buysLabel, cancels, cancelsLine, cancelsShipment, receives, releases, ships, shipsPart } from './commands.js';
import { type Beginning, type End, useCases } from './use-cases.js';

const oneLabel = ({ sold }: Pick<End, 'sold'>): void => expectEqual(sold.length, 1, 'labels that were sold');

/** An order of two mugs that is ready to be shipped. */
const readyOrder = async ({ hub, shelve, place }: Beginning) => {
  const shelf = await shelve('MUG', 2);
  const order = await place([exampleLine(shelf.sku, 2)]);
  expectOk(await markReady(hub)(hub.caller, order.id), 'making ready');
  return { ...shelf, order };
};

/** The same, whose shipment was made while something was wrong with the carrier. */
const brokenShipment = async (given: Beginning, fault: 'unavailable' | 'lostAfterSale') => {
  const ready = await readyOrder(given);
  given.carrier.breakDown(fault);
  await ships(ready.order).run(given.hub);
  given.carrier.mend();
  const { data } = await given.read(({ shipments }) => shipments.list({ limit: 1 }, { orderId: ready.order.id }));
  const [shipment] = data;
  expectThat(shipment !== undefined, 'a shipment was made');
  return { ...ready, shipment };
};

export const cancelBesideShip = useCases('a cancellation beside the purchase of a label', async (given) => {
  const { order } = await readyOrder(given);
  return {
    commands: [
      { ...cancels(order), mayBeRefused: ['order.purchase_in_progress', 'order.invalid_transition'] },
      { ...ships(order), mayBeRefused: ['order.invalid_transition'] },
    ],
    holds: ({ codes }) => expectThat(codes.filter((code) => code === 'ok').length === 1, 'an order is cancelled or shipped'),
  };
});

export const releaseBesideShip = useCases('a release beside the purchase of a label', async (given) => {
  const { order } = await readyOrder(given);
  const [promised] = (await given.read(({ stock }) => stock.reservations({ limit: 1 }, { orderId: order.id }))).data;
  expectThat(promised !== undefined, 'the order has a reservation');
  return {
    commands: [
      { ...releases(promised), mayBeRefused: ['order.purchase_in_progress', 'reservation.not_open'] },
      { ...ships(order), mayBeRefused: ['shipment.nothing_to_ship'] },
    ],
    holds: ({ codes }) => expectThat(codes.filter((code) => code === 'ok').length === 1, 'a promise is released or shipped'),
  };
});

export const adjustBesideShip = useCases('a loss and a receipt beside the purchase of a label', async (given) => {
  const { order, sku, locationId } = await readyOrder(given);
  return {
    commands: [
      { ...adjusts(sku, locationId, -1, 'loss'), mayBeRefused: ['adjustment.below_zero'] },
      { ...ships(order), mayBeRefused: ['order.invalid_transition'] },
      receives(sku, locationId, 1),
    ],
  };
});

export const shipTwice = useCases('two shipments of one order', async (given) => {
  const { order } = await readyOrder(given);
  const ship = { ...ships(order), mayBeRefused: ['shipment.nothing_to_ship', 'order.invalid_transition'] };
  return { commands: [ship, ship], holds: oneLabel };
});

export const shipMoreThanThereIs = useCases('two shipments that want more of one line than it has', async (given) => {
  const { order } = await readyOrder(given);
  const mayBeRefused = ['shipment.quantity_exceeded', 'shipment.nothing_to_ship', 'order.invalid_transition'];
  return {
    commands: [
      { ...shipsPart(order, 1), mayBeRefused },
      { ...shipsPart(order, 2), mayBeRefused },
    ],
    holds: oneLabel,
  };
});

export const shipBothParts = useCases('two shipments of one unit each of one line', async (given) => {
  const { order } = await readyOrder(given);
  return {
    commands: [shipsPart(order, 1), shipsPart(order, 1)],
    holds: ({ codes, sold, seen }) => {
      expectEqual([codes, sold.length], [['ok', 'ok'], 2], 'what was answered and sold');
      expectEqual(
        seen.orders.map(({ status, lines }) => [status, ...lines.map(({ shipped }) => shipped)]),
        [['shipped', 2]],
        'the order',
      );
    },
  };
});

export const shipPartBesideCancelLine = useCases(
  'a shipment of a part of a line beside the cancellation of a part',
  async (given) => {
    const { order } = await readyOrder(given);
    return {
      commands: [
        { ...shipsPart(order, 1), mayBeRefused: [] },
        { ...cancelsLine(order, 1), mayBeRefused: ['order.purchase_in_progress'] },
      ],
      holds: oneLabel,
    };
  },
);

export const twoClicks = useCases('two clicks on buying a label', async (given) => {
  const { shipment } = await brokenShipment(given, 'unavailable');
  const buy = { ...buysLabel(shipment.id), mayBeRefused: ['shipment.purchase_under_way'] };
  return { commands: [buy, buy], holds: oneLabel };
});

export const twoLookUps = useCases('two look-ups of a purchase whose answer was lost', async (given) => {
  const { shipment } = await brokenShipment(given, 'lostAfterSale');
  return {
    commands: [buysLabel(shipment.id), buysLabel(shipment.id)],
    holds: ({ codes, sold }) => {
      oneLabel({ sold });
      expectEqual(codes, ['ok', 'ok'], 'what the look-ups were answered');
    },
  };
});

/** The same order, with its label. */
const labelled = async (given: Beginning) => {
  const ready = await readyOrder(given);
  await ships(ready.order).run(given.hub);
  const { data } = await given.read(({ shipments }) => shipments.list({ limit: 1 }, { orderId: ready.order.id }));
  const [shipment] = data;
  expectThat(shipment?.status === 'labelled', 'a label was bought');
  return { ...ready, shipment };
};

export const cancelShipmentTwice = useCases('two cancellations of one shipment', async (given) => {
  const { shipment } = await labelled(given);
  return {
    commands: [cancelsShipment(shipment.id), cancelsShipment(shipment.id)],
    holds: ({ codes, seen }) => {
      expectEqual(codes, ['ok', 'ok'], 'what the cancellations were answered');
      expectEqual(
        seen.orders.map(({ status, lines }) => [status, ...lines.map(({ reserved }) => reserved)]),
        [['readyToShip', 2]],
        'the order',
      );
    },
  };
});

export const cancelShipmentBesideOrder = useCases("a shipment's cancellation beside its order's", async (given) => {
  const { shipment, order } = await labelled(given);
  return {
    commands: [cancelsShipment(shipment.id), { ...cancels(order), mayBeRefused: ['order.invalid_transition'] }],
    holds: ({ codes, seen }) =>
      expectEqual(
        seen.orders.map(({ status }) => status),
        [codes[1] === 'ok' ? 'cancelled' : 'readyToShip'],
        'the order',
      ),
  };
});

export const cancelDraftBesideBuying = useCases("a draft's cancellation beside the purchase of its label", async (given) => {
  const { shipment } = await brokenShipment(given, 'unavailable');
  return {
    commands: [
      { ...cancelsShipment(shipment.id), mayBeRefused: ['shipment.invalid_transition'] },
      { ...buysLabel(shipment.id), mayBeRefused: ['shipment.invalid_transition'] },
    ],
  };
});
