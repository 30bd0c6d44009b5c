import type { WebhookEndpoint, WebhookEndpointId } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';
import { addDeliveries, addEndpoint, deliveryTo, exampleEndpoint } from './webhook-stage.js';

const at = (time: string): Date => new Date(`2026-01-05T${time}Z`);
const hours = (count: number, from: Date): Date => new Date(from.getTime() + count * 3_600_000);

const find = (stage: Stage, { id }: Pick<WebhookEndpoint, 'id'>) =>
  stage.read(({ webhookEndpoints }) => webhookEndpoints.find(id));
const secretsOf = (stage: Stage, { id }: Pick<WebhookEndpoint, 'id'>) =>
  stage.read(({ webhookEndpoints }) => webhookEndpoints.secretsOf(id));

/** Old secrets count for so many hours more. */
const rotate = (stage: Stage, id: WebhookEndpointId, sealed: string, oldHours: number) =>
  stage.run(({ webhookEndpoints, now }) =>
    webhookEndpoints.rotateSecret(id, { sealed, oldUntil: hours(oldHours, now), keep: 3 }),
  );

export const webhookEndpointsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds an endpoint with every fact as it was added and as it was saved, and no other organization’s',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const added = await addEndpoint(stage);
      expectEqual(await find(stage, added), added, 'the endpoint');
      expectEqual(await find(other, added), undefined, 'another organization’s endpoint');
      const disabled = { at: at('10:00:00.250'), why: 'failing' } as const;
      const more = { url: 'https://other.example.com', types: ['order.ready'], description: null } as const;
      const saved = { ...added, ...more, disabled, failingSince: at('09:30:00.000'), version: 3 };
      await stage.run(async ({ webhookEndpoints }) => {
        expectEqual(await webhookEndpoints.lock(added.id), added, 'the locked endpoint');
        await webhookEndpoints.save(saved);
      });
      await other.run(async ({ webhookEndpoints }) => {
        expectEqual(await webhookEndpoints.lock(added.id), undefined, 'the endpoint that another organization locked');
        await webhookEndpoints.save(added);
      });
      expectEqual(await find(stage, added), saved, 'the saved endpoint');
    },
  },
  {
    promise: 'lists and counts endpoints, newest first, page by page, each once, and names the enabled ones',
    keeps: async (world) => {
      await addEndpoint(await openStage(world));
      const stage = await openStage(world);
      const disabled = { at: at('10:00:00.000'), why: 'gone' } as const;
      const all = [await addEndpoint(stage), await addEndpoint(stage, { disabled }), await addEndpoint(stage)];
      const [first, , last] = all;
      const listed = await allPages(2, (page) => stage.read(({ webhookEndpoints }) => webhookEndpoints.list(page)));
      expectEqual(listed, all.toReversed(), 'the endpoints');
      const counted = await stage.run(async ({ webhookEndpoints }) => [
        await webhookEndpoints.count(),
        await webhookEndpoints.enabled(),
      ]);
      expectEqual(counted, [3, [first, last]], 'how many there are, and the enabled ones');
    },
  },
  {
    promise: 'keeps old secrets until they expire, newest first, no more than asked for, each organization its own',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const endpoint = await addEndpoint(stage);
      expectEqual(await secretsOf(stage, endpoint), ['sealed'], 'the first secret');
      expectEqual(await secretsOf(other, endpoint), [], 'another organization’s secrets');
      await rotate(stage, endpoint.id, 'second', 24);
      await rotate(stage, endpoint.id, 'third', 48);
      expectEqual(await secretsOf(stage, endpoint), ['third', 'second', 'sealed'], 'the secrets');
      await rotate(stage, endpoint.id, 'fourth', 24);
      expectEqual(await secretsOf(stage, endpoint), ['fourth', 'third', 'second'], 'the secrets of which three are kept');
      await rotate(stage, endpoint.id, 'fifth', -1);
      expectEqual(await secretsOf(stage, endpoint), ['fifth'], 'the secret after all others expired');
      const seals = await stage.read(({ seals }) => seals.list({ limit: 100 }));
      expectEqual(
        seals.data.map(({ sealed }) => sealed),
        ['fifth'],
        'the seals that are kept',
      );
    },
  },
  {
    promise: 'never makes an old secret count longer than it did',
    keeps: async (world) => {
      const stage = await openStage(world);
      const endpoint = await addEndpoint(stage);
      await rotate(stage, endpoint.id, 'second', 0);
      await rotate(stage, endpoint.id, 'third', 24);
      expectEqual(await secretsOf(stage, endpoint), ['third', 'second'], 'the secrets');
    },
  },
  {
    promise: 'removes an endpoint with its secrets and deliveries, and no other’s',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const [gone, stays] = [await addEndpoint(stage), await addEndpoint(stage)];
      const [lost, kept] = [deliveryTo(stage, gone, ['a', 1]), deliveryTo(stage, stays, ['a', 1])];
      await addDeliveries(stage, [lost, kept]);
      const removing = (who: Stage, id: WebhookEndpointId) => who.run(({ webhookEndpoints }) => webhookEndpoints.remove(id));
      expectEqual(await removing(other, gone.id), false, 'whether another organization removed it');
      expectEqual(await removing(stage, gone.id), true, 'whether it was removed');
      expectEqual(await removing(stage, gone.id), false, 'whether it was removed again');
      expectEqual([await find(stage, gone), await secretsOf(stage, gone)], [undefined, []], 'the removed endpoint');
      expectEqual([await find(stage, stays), await secretsOf(stage, stays)], [stays, ['sealed']], 'the other endpoint');
      const found = await stage.read(async ({ webhookDeliveries }) => [
        await webhookDeliveries.find(lost.id),
        (await webhookDeliveries.find(kept.id))?.id,
      ]);
      expectEqual(found, [undefined, kept.id], 'the deliveries');
    },
  },
  {
    promise: 'lists and replaces the sealed secrets of endpoints like any others',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.addChannel('one.myshopify.com');
      const endpoint = exampleEndpoint(stage);
      await stage.run(({ webhookEndpoints }) => webhookEndpoints.add(endpoint, 'sealed one'));
      await rotate(stage, endpoint.id, 'sealed two', 24);
      const listed = await allPages(1, (page) => stage.read(({ seals }) => seals.list(page)));
      const mine = listed.filter(({ ownerId }) => ownerId === endpoint.id);
      expectEqual([listed.length, mine.map(({ sealed }) => sealed)], [3, ['sealed one', 'sealed two']], 'the seals');
      const [one] = mine;
      if (!one) throw new Error('there is a seal');
      const replacing = (sealed: string) => stage.run(({ seals }) => seals.replace({ ...one, sealed }, 'sealed anew'));
      expectEqual([await replacing('sealed two'), await replacing('sealed one')], [false, true], 'whether it was replaced');
      expectEqual(await secretsOf(stage, endpoint), ['sealed two', 'sealed anew'], 'the secrets');
    },
  },
];
