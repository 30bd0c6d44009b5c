import type { NewDelivery, WebhookEndpoint } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';
import { addDeliveries, addEndpoint, attemptNumbered, deliveryTo } from './webhook-stage.js';

const HOUR = 3_600;
const claim = (stage: Stage, { id }: Pick<WebhookEndpoint, 'id'>, limit = 10, leaseSeconds = HOUR) =>
  stage.run(({ webhookDeliveries }) => webhookDeliveries.claim(id, limit, leaseSeconds));
const claimedIds = async (stage: Stage, endpoint: Pick<WebhookEndpoint, 'id'>, limit?: number, leaseSeconds?: number) =>
  (await claim(stage, endpoint, limit, leaseSeconds)).map(({ id }) => id);
const after = (seconds: number, now: Date): Date => new Date(now.getTime() + seconds * 1_000);
/** What becomes of it: an end, or to be tried again in so many seconds. */
const settle = (stage: Stage, { id }: Pick<NewDelivery, 'id'>, number: number, end: 'delivered' | 'dead' | number) =>
  stage.run(({ webhookDeliveries, now }) => {
    const becomes = typeof end === 'number' ? ({ status: 'due', dueAt: after(end, now) } as const) : { status: end };
    return webhookDeliveries.settle(id, attemptNumbered(number), becomes);
  });
const find = (stage: Stage, { id }: Pick<NewDelivery, 'id'>) => stage.read(({ webhookDeliveries }) => webhookDeliveries.find(id));
const waiting = (stage: Stage) =>
  stage.read(async ({ webhookDeliveries, now }) => {
    const next = await webhookDeliveries.nextDue();
    return { claimable: await webhookDeliveries.claimable(), isDue: next && next <= now };
  });

/** An endpoint and three events: two of one aggregate, and one of another. */
const three = async (world: PersistenceWorld) => {
  const stage = await openStage(world);
  const endpoint = await addEndpoint(stage);
  const first = deliveryTo(stage, endpoint, ['a', 3]);
  const second = deliveryTo(stage, endpoint, ['a', 7], 'order.cancelled');
  const apart = deliveryTo(stage, endpoint, ['b', 1]);
  await addDeliveries(stage, [first, second, apart]);
  return { stage, endpoint, first, second, apart };
};

export const webhookDeliveriesContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'keeps a delivery to the byte, due at once, and the first of an event to an endpoint only',
    keeps: async (world) => {
      const { stage, endpoint, first } = await three(world);
      const [other, elsewhere] = [await addEndpoint(stage), await openStage(world)];
      const [again, beside] = [deliveryTo(stage, endpoint, ['a', 3]), deliveryTo(stage, other, ['a', 3])];
      await addDeliveries(stage, [again, beside]);
      const { createdAt: _created, dueAt: _due, ...kept } = (await find(stage, first)) ?? {};
      const fresh = { status: 'due', attempts: 0, firstTriedAt: null, endedAt: null };
      expectEqual(kept, { ...first, ...fresh }, 'the delivery');
      expectEqual(await find(stage, again), undefined, 'a second delivery of the event');
      expectEqual((await find(stage, beside))?.status, 'due', 'a delivery of the event to another endpoint');
      expectEqual(await find(elsewhere, first), undefined, 'another organization’s delivery');
    },
  },
  {
    promise: 'claims only the oldest of an aggregate, to the endpoint and the organization, each once while the lease lasts',
    keeps: async (world) => {
      const { stage, endpoint, first, second, apart } = await three(world);
      const [other, elsewhere] = [await addEndpoint(stage), await openStage(world)];
      expectEqual(await claimedIds(elsewhere, endpoint), [], 'what another organization claimed');
      expectEqual(await claimedIds(stage, other), [], 'what was claimed for another endpoint');
      const [one, ...none] = await claim(stage, endpoint, 1);
      expectEqual([none, one?.body, one?.attempts], [[], first.body, 1], 'what was claimed first');
      const beside = { endpointId: endpoint.id, failing: false };
      expectEqual(await waiting(stage), { claimable: [beside], isDue: true }, 'what waits besides');
      expectEqual(await claimedIds(stage, endpoint), [apart.id], 'what was claimed next');
      expectEqual(await claimedIds(stage, endpoint), [], 'what was claimed while all was leased');
      expectEqual(await waiting(stage), { claimable: [], isDue: false }, 'what waits while all is leased');
      await settle(stage, first, 1, 'delivered');
      expectEqual(await claimedIds(stage, endpoint), [second.id], 'what was claimed after the first was delivered');
    },
  },
  {
    promise: 'hands out again what nobody settled when its lease ends, and lets only the last who claimed it settle it',
    keeps: async (world) => {
      const stage = await openStage(world);
      const endpoint = await addEndpoint(stage);
      const first = deliveryTo(stage, endpoint, ['a', 1]);
      await addDeliveries(stage, [first]);
      const [one] = await claim(stage, endpoint, 1, 0);
      const [two] = await claim(stage, endpoint, 1, 0);
      expectEqual([one?.id, one?.attempts, two?.id, two?.attempts], [first.id, 1, first.id, 2], 'what was claimed');
      expectEqual(two?.firstTriedAt, one?.firstTriedAt, 'when it was tried first');
      expectEqual(await settle(stage, first, 1, 'delivered'), false, 'whether the first settled it');
      expectEqual(await settle(stage, first, 2, 'delivered'), true, 'whether the second settled it');
      expectEqual(await settle(stage, first, 2, 'dead'), false, 'whether it was settled again');
      expectEqual((await find(stage, first))?.status, 'delivered', 'what became of it');
    },
  },
  {
    promise: 'lets the later ones wait while an earlier one is to be tried again',
    keeps: async (world) => {
      const { stage, endpoint, first, apart } = await three(world);
      expectEqual(await claimedIds(stage, endpoint), [first.id, apart.id], 'what was claimed');
      await settle(stage, apart, 1, 'delivered');
      await settle(stage, first, 1, -1);
      expectEqual(await settle(stage, first, 1, 'delivered'), false, 'whether an attempt was settled twice');
      expectEqual(await claimedIds(stage, endpoint), [first.id], 'what was claimed when it was due again');
      await settle(stage, first, 2, HOUR);
      expectEqual(await claimedIds(stage, endpoint), [], 'what was claimed while the first waits');
      expectEqual(await waiting(stage), { claimable: [], isDue: false }, 'what waits');
    },
  },
  {
    promise: 'lets the later ones go when an earlier one is dead',
    keeps: async (world) => {
      const { stage, endpoint, first, second, apart } = await three(world);
      expectEqual(await claimedIds(stage, endpoint), [first.id, apart.id], 'what was claimed');
      await settle(stage, first, 1, 'dead');
      expectEqual(await claimedIds(stage, endpoint), [second.id], 'what was claimed after the first was given up');
    },
  },
  {
    promise: 'logs each attempt that was settled, the last one first, and nothing of one that was not',
    keeps: async (world) => {
      const { stage, endpoint, first, second, apart } = await three(world);
      for (let number = 1; number <= 12; number += 1) {
        await claim(stage, endpoint, 1, 0);
        await settle(stage, first, number, number === 12 ? 'dead' : -HOUR);
      }
      await settle(stage, first, 12, 0);
      const list = (who: Stage, limit: number) =>
        allPages(limit, (page) => who.read(({ webhookDeliveries }) => webhookDeliveries.list(endpoint.id, page)));
      for (const limit of [1, 2, 10]) {
        const listed = await list(stage, limit);
        expectEqual(
          listed.map(({ id }) => id),
          [apart.id, second.id, first.id],
          'the deliveries, newest first',
        );
        const numbers = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3];
        expectEqual(
          listed.map(({ log }) => log),
          [[], [], numbers.map((number) => attemptNumbered(number))],
          'their attempts',
        );
      }
      expectEqual(await list(await openStage(world), 10), [], 'what another organization lists');
    },
  },
  {
    promise: 'claims nothing for a disabled endpoint, gives up what is due to it, and still keeps that it was delivered',
    keeps: async (world) => {
      const { stage, endpoint, first, second, apart } = await three(world);
      await claim(stage, endpoint, 1);
      const disabled = { at: new Date(), why: 'byMember' } as const;
      await stage.run(({ webhookEndpoints }) => webhookEndpoints.save({ ...endpoint, disabled }));
      expectEqual(await claimedIds(stage, endpoint), [], 'what was claimed for a disabled endpoint');
      expectEqual(await waiting(stage), { claimable: [], isDue: null }, 'what waits for a disabled endpoint');
      await stage.run(({ webhookDeliveries }) => webhookDeliveries.giveUp(endpoint.id));
      await stage.run(({ webhookEndpoints }) => webhookEndpoints.save(endpoint));
      expectEqual(await claimedIds(stage, endpoint), [], 'what was claimed of what was given up');
      expectEqual(await settle(stage, first, 1, 0), false, 'whether one that was given up was to be tried again');
      expectEqual(await settle(stage, first, 1, 'delivered'), true, 'whether it was delivered all the same');
      const statuses = [await find(stage, first), await find(stage, second), await find(stage, apart)];
      expectEqual(
        statuses.map((one) => one?.status),
        ['delivered', 'dead', 'dead'],
        'what became of them',
      );
    },
  },
  {
    promise: 'sends again what has ended, as if never tried, and not what is on its way or another organization’s',
    keeps: async (world) => {
      const { stage, endpoint, first } = await three(world);
      const other = await openStage(world);
      const again = (who: Stage) => who.run(({ webhookDeliveries }) => webhookDeliveries.sendAgain(first.id));
      expectEqual(await again(stage), false, 'whether one on its way was sent again');
      await claim(stage, endpoint, 1);
      await settle(stage, first, 1, 'dead');
      expectThat((await find(stage, first))?.endedAt instanceof Date, 'what has ended says when');
      expectEqual(await again(other), false, 'whether another organization sent it again');
      expectEqual(await again(stage), true, 'whether it was sent again');
      const { status, firstTriedAt, endedAt, attempts } = (await find(stage, first)) ?? {};
      expectEqual([status, firstTriedAt, endedAt, attempts], ['due', null, null, 1], 'the delivery');
      expectThat((await claimedIds(stage, endpoint)).includes(first.id), 'it can be claimed');
    },
  },
  {
    promise: 'postpones what is due to an endpoint, and nothing that is due later or to others',
    keeps: async (world) => {
      const { stage, endpoint, first } = await three(world);
      const other = await addEndpoint(stage);
      const beside = deliveryTo(stage, other, ['a', 1]);
      await addDeliveries(stage, [beside]);
      const postpone = (hours: number) =>
        stage.run(({ webhookDeliveries, now }) => webhookDeliveries.postpone(endpoint.id, after(hours * HOUR, now)));
      await postpone(2);
      expectEqual(await claimedIds(stage, endpoint), [], 'what was claimed of what was postponed');
      const due = (await find(stage, first))?.dueAt;
      await postpone(1);
      expectEqual((await find(stage, first))?.dueAt, due, 'when it is due after it was postponed to an earlier time');
      expectEqual(await claimedIds(stage, other), [beside.id], 'what was claimed for the other endpoint');
    },
  },
  {
    promise: 'removes what ended before, with its attempts, in batches, and nothing that is on its way or another’s',
    keeps: async (world) => {
      const { stage, endpoint, first, second, apart } = await three(world);
      const other = await openStage(world);
      await claim(stage, endpoint);
      for (const ended of [first, apart]) await settle(stage, ended, 1, 'delivered');
      const drop = (who: Stage, hours: number) =>
        who.run(({ webhookDeliveries, now }) => webhookDeliveries.dropEnded(after(hours * HOUR, now), 1));
      expectEqual([await drop(stage, -1), await drop(other, 1)], [0, 0], 'what was removed too early or elsewhere');
      expectEqual([await drop(stage, 1), await drop(stage, 1), await drop(stage, 1)], [1, 1, 0], 'what was removed');
      const left = [await find(stage, first), await find(stage, second), await find(stage, apart)];
      expectEqual(
        left.map((one) => one?.id),
        [undefined, second.id, undefined],
        'what is left',
      );
    },
  },
];
