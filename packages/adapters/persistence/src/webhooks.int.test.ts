import {
  type DomainEvent,
  deliverWebhooks,
  handOverToWebhooks,
  type OrganizationId,
  ok,
  relayOutbox,
  type WebhookEndpoint,
  WebhookEndpointId,
  type WebhookMessage,
  webhookSecretOf,
  webhooksWaiting,
} from '@rappit/domain';
import { fakeIds, fakeVault, fakeWebhookSender, webhookAnswer } from '@rappit/testing/fakes';
import pg from 'pg';
import { contractWorld, openWorld, type TestWorld } from './test-world.test-kit.js';

let world: TestWorld;
let admin: pg.Client;
beforeAll(async () => {
  world = await openWorld('whole');
  admin = new pg.Client(world.database.superuserUrl);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await world.persistence.close();
});

const ids = fakeIds();

/** An organization with one endpoint, and what its receiver is sent. */
const tenant = async () => {
  const { unitOfWork } = world.persistence;
  const organizationId = await contractWorld(world).newOrganization();
  const id = WebhookEndpointId(ids.next());
  const endpoint: WebhookEndpoint = {
    id,
    url: 'https://hooks.example.com/',
    types: ['order.noted'],
    description: null,
    createdAt: new Date(),
    disabled: null,
    failingSince: null,
    version: 0,
  };
  await unitOfWork.run(organizationId, async ({ webhookEndpoints }) =>
    ok(await webhookEndpoints.add(endpoint, fakeVault.seal('a wombat', webhookSecretOf(organizationId, id)))),
  );
  const receiver = fakeWebhookSender();
  const deliver = deliverWebhooks({ unitOfWork, ids, vault: fakeVault, sender: receiver.sender, chance: () => 0.5 });
  const relay = relayOutbox({ unitOfWork, subscribers: [], keeper: handOverToWebhooks({ ids }) });
  return {
    organizationId,
    endpoint,
    receiver,
    relay: () => relay(organizationId),
    deliver: (limit: number) => deliver(organizationId, id, limit),
    waiting: () => webhooksWaiting({ unitOfWork })(organizationId),
    log: async () =>
      (await unitOfWork.read(organizationId, ({ webhookDeliveries }) => webhookDeliveries.list(id, { limit: 100 }))).data,
    tell: (aggregateId: string, aggregateVersion: number) =>
      unitOfWork.run(organizationId, async ({ outbox, now }) => {
        const event: DomainEvent = { type: 'order.noted', aggregateId, aggregateVersion, at: now, data: {} };
        return ok(await outbox.announce([event]));
      }),
  };
};

/** As if so much time had passed that whatever waits were due. */
const letTimePass = (organizationId: OrganizationId) =>
  admin.query('UPDATE webhook_deliveries SET due_at = now() WHERE organization_id = $1', [organizationId]);

const placeOf = ({ body }: WebhookMessage): string => {
  const { aggregateId, aggregateVersion } = JSON.parse(body) as { aggregateId: string; aggregateVersion: number };
  return `${aggregateId}${aggregateVersion}`;
};

describe('webhooks on PostgreSQL', () => {
  it('reach a receiver that fails seven times, each event, and those of an order in their order', async () => {
    const { organizationId, receiver, relay, deliver, waiting, log, tell } = await tenant();
    receiver.answerWith(() => webhookAnswer(receiver.sent().length <= 7 ? 503 : 204));
    for (const order of ['a', 'b']) for (const version of [1, 2, 3]) await tell(order, version);
    while ((await relay()) > 0);
    for (let left = true; left; left = (await waiting()).nextDue !== null) {
      await letTimePass(organizationId);
      await deliver(5);
    }
    const arrived = receiver.sent().slice(7).map(placeOf);
    expect(arrived.toSorted()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
    for (const order of ['a', 'b'])
      expect(arrived.filter((place) => place.startsWith(order))).toEqual([`${order}1`, `${order}2`, `${order}3`]);
    expect((await log()).every(({ status }) => status === 'delivered')).toBe(true);
  });

  it('lock nothing during a call, which another worker finds leased', async () => {
    const { receiver, relay, deliver, endpoint, organizationId, log, tell } = await tenant();
    await tell('a', 1);
    await relay();
    let locked: readonly unknown[] | undefined;
    let claimed: number | undefined;
    receiver.answerWith(async () => {
      // Whatever were locked would be skipped.
      locked = (await admin.query('SELECT id FROM webhook_endpoints WHERE id = $1 FOR UPDATE SKIP LOCKED', [endpoint.id])).rows;
      const { rows } = await admin.query('SELECT id FROM webhook_deliveries WHERE organization_id = $1 FOR UPDATE SKIP LOCKED', [
        organizationId,
      ]);
      locked = [...locked, ...rows];
      claimed = await deliver(5);
      return webhookAnswer(204);
    });
    expect(await deliver(5)).toBe(1);
    expect([locked?.length, claimed, receiver.sent().length]).toEqual([2, 0, 1]);
    expect((await log()).map(({ status }) => status)).toEqual(['delivered']);
  });

  it('are forgotten by whoever was too slow: the one who claimed last has the last word', async () => {
    const { organizationId, receiver, relay, deliver, log, tell } = await tenant();
    await tell('a', 1);
    await relay();
    let calls = 0;
    receiver.answerWith(async () => {
      calls += 1;
      if (calls > 1) return webhookAnswer(204);
      // The lease ends during the first call, and another worker delivers it.
      await letTimePass(organizationId);
      await deliver(5);
      return webhookAnswer(500);
    });
    await deliver(5);
    expect(calls).toBe(2);
    expect((await log()).map(({ status, log: told }) => [status, told.map(({ number }) => number)])).toEqual([
      ['delivered', [2]],
    ]);
  });

  it('are signed with no secret whose time is over, which a later one never prolongs', async () => {
    const { organizationId, endpoint, receiver, relay, deliver, tell } = await tenant();
    const rotate = (secret: string, hours: number) =>
      world.persistence.unitOfWork.run(organizationId, async ({ webhookEndpoints, now }) => {
        const sealed = fakeVault.seal(secret, webhookSecretOf(organizationId, endpoint.id));
        const oldUntil = new Date(now.getTime() + hours * 3_600_000);
        return ok(await webhookEndpoints.rotateSecret(endpoint.id, { sealed, oldUntil, keep: 5 }));
      });
    const letHoursPass = (hours: number) =>
      admin.query('UPDATE webhook_secrets SET expires_at = expires_at - make_interval(hours => $2) WHERE organization_id = $1', [
        organizationId,
        hours,
      ]);
    const secrets = async (version: number) => {
      await tell('a', version);
      await relay();
      await deliver(5);
      return receiver.sent().at(-1)?.secrets;
    };
    await rotate('a second wombat', 2);
    await rotate('a third wombat', 24);
    expect(await secrets(1)).toEqual(['a third wombat', 'a second wombat', 'a wombat']);
    await letHoursPass(3);
    expect(await secrets(2)).toEqual(['a third wombat', 'a second wombat']);
    await letHoursPass(22);
    expect(await secrets(3)).toEqual(['a third wombat']);
  });

  it('become one delivery each, however many relays hand an event over', async () => {
    const { relay, log, tell, waiting } = await tenant();
    for (const order of ['a', 'b', 'c', 'd']) await tell(order, 1);
    await Promise.all([relay(), relay(), relay()]);
    while ((await relay()) > 0);
    expect((await log()).map(({ aggregateId }) => aggregateId).toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect((await waiting()).endpoints).toHaveLength(1);
  });
});
