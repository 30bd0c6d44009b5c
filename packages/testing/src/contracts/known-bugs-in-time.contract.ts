import {
  byPriority,
  cancelOrder,
  expireUnpaid,
  leave,
  noChange,
  type Order,
  recordPayment,
  releaseReservation,
  type StoredAnswer,
  system,
} from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import { expectReserved } from './known-bugs.contract.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';
import { lapsedStage } from './stock-stage.js';

const deps = (stage: Stage) => ({ ...stage, policy: byPriority });
const callerOf = (stage: Stage) => ({ organizationId: stage.organizationId, actor: system('contract') });
const orderNow = async (stage: Stage, { id }: Order): Promise<Order> => {
  const order = await stage.read(({ orders }) => orders.find(id));
  expectThat(order !== undefined, 'the order is there');
  return order;
};

/** Ways in which other shops' stock went wrong because two things happened at the same time, or nobody knew whether one had. */
export const knownBugsInTimeContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'expiry racing payment: the order is paid and has its units, or is paid and waits; never both and never neither',
    keeps: async (world) => {
      for (let round = 0; round < 5; round += 1) {
        const { stage, order } = await lapsedStage(world);
        const pay = () => recordPayment(deps(stage))(callerOf(stage), order.id, { status: 'paid', reference: null });
        const expire = () => expireUnpaid(deps(stage))(stage.organizationId);
        const [paid] = await Promise.all(round % 2 === 0 ? [pay(), expire()] : [pay(), expire(), expire()]);
        expectThat(paid?.ok === true, 'the payment is recorded');
        const after = await orderNow(stage, order);
        const { reserved, backordered } = after.lines[0] ?? {};
        // There are four mugs beside those that lapsed: whoever came first, a paid order has its six in the end.
        expectEqual([after.paymentStatus, after.paymentExpired, reserved, backordered], ['paid', false, 6, 0], 'the order');
        await expectReserved(stage, 6);
        expectEqual(
          (await stage.openOf(order)).map(({ expiresAt }) => expiresAt),
          [null],
          'until when it has them',
        );
      }
    },
  },
  {
    promise:
      'a purchase under way whose reservation someone releases: whoever tries is refused, and the label ships what it was bought for',
    keeps: async (world) => {
      const { stage, place, order, lapsed } = await lapsedStage(world);
      const shipmentId = world.ids.next();
      await stage.change(place.sku, () => ({ ...noChange, pins: [{ id: lapsed.id, shipmentId }] }));
      const purchase = await orderNow(stage, order);
      await stage.run(({ orders }) =>
        orders.save({
          order: { ...purchase, purchases: 1, version: 2 },
          isNew: false,
          addedLines: 0,
          entries: [],
          events: [],
          explanation: null,
        }),
      );
      const cancelled = await cancelOrder(deps(stage))(callerOf(stage), order.id, 'other');
      expectEqual(cancelled.ok ? 'ok' : cancelled.error.code, 'order.purchase_in_progress', 'cancelling the order');
      const released = await releaseReservation(deps(stage))(callerOf(stage), lapsed.id);
      expectEqual(released.ok ? 'ok' : released.error.code, 'order.purchase_in_progress', 'releasing the reservation');
      expectEqual(await expireUnpaid(deps(stage))(stage.organizationId), 0, 'orders whose promises expired');
      const [next] = await stage.placeAll([stage.asking([exampleLine('MUG', 5)])]);
      expectEqual(next?.ok ? 'ok' : next?.error.code, 'order.insufficient_stock', 'another order of its units');
      await stage.change(place.sku, (books, occasion) => leave(books, occasion, [{ ...lapsed, shipmentId }], 'consumed', null));
      expectEqual(await stage.levelOf(place), { ...place, onHand: 4, reserved: 0, safetyStock: 0, lapsed: 0 }, 'the level');
    },
  },
  {
    promise: 'a lost answer: the same request again has the effect of the first, and its answer',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 10);
      const answer = (): StoredAnswer => ({ status: 201, body: '"placed"', resource: null });
      const once = { scope: 'POST /orders', key: 'k', fingerprint: 'f', answer };
      const ask = () => stage.placeAll([{ ...stage.asking([exampleLine('MUG', 2)]), once }]);
      const [first] = await ask();
      expectThat(first?.ok === true, 'the first request is answered, and let its answer be lost');
      const [second] = await ask();
      const replayed = second && !second.ok && second.error.code === 'idempotency.replayed' ? second.error.answer : undefined;
      expectEqual(replayed?.body, '"placed"', 'the answer to the same request');
      await expectReserved(stage, 2);
    },
  },
];
