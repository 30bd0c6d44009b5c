import { Buffer } from 'node:buffer';
import { webhookAnswer } from '../fakes/index.js';
import { placeOf, webhooksScene } from './webhooks-scene.test-kit.js';

const HOUR = 3_600_000;

describe('webhooks', () => {
  it('reach a receiver that fails seven times, each event at least once and those of an order in their order', async () => {
    const scene = await webhooksScene();
    const { id } = await scene.addEndpoint();
    scene.receivers.answerWith(() => webhookAnswer(scene.receivers.sent().length <= 7 ? 503 : 204));
    const told = ['a', 'b', 'c'].flatMap((order) => [1, 2, 3, 4].map((version) => [order, version] as const));
    for (const [order, version] of told) await scene.tell(order, version);
    await scene.relay();
    await scene.until();
    const arrived = scene.receivers.sent().slice(7).map(placeOf);
    expect(arrived.toSorted()).toEqual(told);
    for (const order of ['a', 'b', 'c'])
      expect(arrived.filter(([which]) => which === order).map(([, version]) => version)).toEqual([1, 2, 3, 4]);
    const log = await scene.log(id);
    expect(log.map(({ status }) => status)).toEqual(told.map(() => 'delivered'));
    expect(log.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(told.length + 7);
    expect((await scene.endpoint(id))?.failingSince).toBeNull();
  });

  it('are made of the events that an endpoint chose, once each, and of none while nobody listens', async () => {
    const scene = await webhooksScene();
    await scene.tell('before', 1);
    await scene.relay();
    const [one, two] = [await scene.addEndpoint(['order.placed']), await scene.addEndpoint(['order.placed', 'order.noted'])];
    await scene.tell('a', 1, 'order.placed');
    await scene.tell('a', 2, 'order.noted');
    await scene.tell('a', 3, 'test.unheard');
    await scene.relay();
    await scene.run(({ outbox, now }) =>
      outbox.announce([{ type: 'order.noted', aggregateId: 'a', aggregateVersion: 2, at: now, data: {} }]),
    );
    await scene.relay();
    await scene.until();
    const types = async (id: typeof one.id) => (await scene.log(id)).map(({ type }) => type);
    expect([await types(one.id), await types(two.id)]).toEqual([['order.placed'], ['order.noted', 'order.placed']]);
    expect(scene.receivers.sent()).toHaveLength(3);
  });

  it('are tried for a day with growing waits, and the endpoint that failed for so long is disabled and told of', async () => {
    const scene = await webhooksScene();
    const listener = await scene.addEndpoint(['webhook_endpoint.disabled'], 'https://listener.example.com');
    const { id } = await scene.addEndpoint(['order.noted'], 'https://hooks.example.com/in?token=wombat');
    const colleague = await scene.join('admin');
    await scene.join('manager');
    scene.receivers.answerWith(({ url }) => webhookAnswer(url.startsWith('https://listener') ? 204 : 500));
    const began = scene.clock.now();
    await scene.tell('a', 1);
    await scene.tell('a', 2);
    await scene.tell('b', 1);
    await scene.relay();
    await scene.until();
    const tried = (await scene.log(id)).map(({ log }) => log.map(({ at }) => at.getTime() - began.getTime()));
    const last = Math.max(...tried.flat());
    expect([last >= 24 * HOUR, last < 24 * HOUR + 60_000]).toEqual([true, true]);
    const longest = tried.flatMap((times) => times.slice(1).map((time, index) => (times[index] ?? 0) - time));
    expect(Math.max(...longest)).toBe(4 * HOUR);
    expect(await scene.endpoint(id)).toMatchObject({ disabled: { why: 'failing' }, failingSince: began });
    expect((await scene.log(id)).map(({ status }) => status)).toEqual(['dead', 'dead', 'dead']);
    await scene.relay();
    await scene.until();
    expect((await scene.log(listener.id)).map(({ type, status }) => [type, status])).toEqual([
      ['webhook_endpoint.disabled', 'delivered'],
    ]);
    const mails = scene.mailer.sent();
    expect(mails.map(({ to }) => to).toSorted()).toEqual([scene.admin.email, colleague.email].toSorted());
    expect(mails[0]?.content).toMatchObject({ kind: 'webhookDisabled', url: 'https://hooks.example.com/in', why: 'failing' });
  });

  it('are sent no more to an endpoint that is gone, which may be enabled and sent again what it missed', async () => {
    const scene = await webhooksScene();
    const { id } = await scene.addEndpoint();
    scene.receivers.answerWith(() => webhookAnswer(410));
    await scene.tell('a', 1);
    await scene.tell('a', 2);
    await scene.relay();
    await scene.until();
    expect(scene.receivers.sent()).toHaveLength(1);
    expect(await scene.endpoint(id)).toMatchObject({ disabled: { why: 'gone' } });
    const [message] = scene.receivers.sent();
    if (!message) throw new Error('something was sent');
    expect(await scene.redeliver(message)).toEqual({ ok: false, error: { code: 'webhook_endpoint.disabled' } });
    await scene.run(async ({ webhookEndpoints }) => {
      const found = await webhookEndpoints.lock(id);
      if (found) await webhookEndpoints.save({ ...found, disabled: null, failingSince: null });
    });
    scene.receivers.answerWith(() => webhookAnswer(204));
    expect(await scene.redeliver(message)).toMatchObject({ ok: true, value: { id: message.id, status: 'due' } });
    expect(await scene.redeliver(message)).toEqual({ ok: false, error: { code: 'webhook_delivery.under_way' } });
    await scene.until();
    expect(scene.receivers.sent().map(({ id: sent }) => sent)).toEqual([message.id, message.id]);
    expect((await scene.log(id)).map(({ status }) => status)).toEqual(['dead', 'delivered']);
  });

  it('wait as long as a receiver asks, all of them', async () => {
    const scene = await webhooksScene();
    await scene.addEndpoint();
    scene.receivers.answerWith(() => webhookAnswer(429, { retryAfterSeconds: 600 }));
    for (const order of ['a', 'b']) await scene.tell(order, 1);
    await scene.relay();
    const [endpoint] = (await scene.waiting()).endpoints;
    if (!endpoint) throw new Error('there is something to send');
    const began = scene.clock.now();
    await scene.deliver(scene.organizationId, endpoint.endpointId, 1);
    expect(await scene.waiting()).toEqual({ endpoints: [], nextDue: new Date(began.getTime() + 600_000) });
  });

  it('are sent again when we die between a call and its note, under the same id', async () => {
    const scene = await webhooksScene();
    const { id } = await scene.addEndpoint();
    await scene.tell('a', 1);
    await scene.relay();
    scene.receivers.answerWith(() => {
      scene.memory.breakDown();
      return webhookAnswer(204);
    });
    await expect(scene.deliver(scene.organizationId, id, 5)).rejects.toThrow('out of order');
    scene.memory.mend();
    scene.receivers.answerWith(() => webhookAnswer(204));
    expect((await scene.waiting()).endpoints).toEqual([]);
    await scene.until();
    const [first, second, ...more] = scene.receivers.sent();
    expect([second?.id, second?.body, more]).toEqual([first?.id, first?.body, []]);
    expect((await scene.log(id)).map(({ status, attempts }) => [status, attempts])).toEqual([['delivered', 2]]);
  });

  it('are signed with the old secret and the new one for a day, and with the new one alone after it', async () => {
    const scene = await webhooksScene();
    const { id, secret } = await scene.addEndpoint();
    const rotated = await scene.rotate(id);
    if (!rotated.ok) throw new Error(rotated.error.code);
    const fresh = rotated.value.secret;
    expect(Buffer.from(fresh.slice('whsec_'.length), 'base64')).toHaveLength(32);
    const sendOne = async (version: number) => {
      await scene.tell('a', version);
      await scene.relay();
      await scene.until();
      return scene.receivers.sent().at(-1)?.secrets;
    };
    expect(await sendOne(1)).toEqual([fresh, secret]);
    scene.clock.advance(24 * HOUR - 1);
    expect(await sendOne(2)).toEqual([fresh, secret]);
    scene.clock.advance(1);
    expect(await sendOne(3)).toEqual([fresh]);
  });

  it('are signed with an old secret for no longer than it counts, however often the secret is replaced, and with five at most', async () => {
    const scene = await webhooksScene();
    const { id, secret } = await scene.addEndpoint();
    const rotate = async (): Promise<string> => {
      const rotated = await scene.rotate(id);
      if (!rotated.ok) throw new Error(rotated.error.code);
      return rotated.value.secret;
    };
    let version = 0;
    const secrets = async () => {
      version += 1;
      await scene.tell('a', version);
      await scene.relay();
      await scene.until();
      return scene.receivers.sent().at(-1)?.secrets;
    };
    const second = await rotate();
    scene.clock.advance(12 * HOUR);
    const third = await rotate();
    expect(await secrets()).toEqual([third, second, secret]);
    scene.clock.advance(12 * HOUR);
    expect(await secrets()).toEqual([third, second]);
    const more: string[] = [];
    for (let count = 0; count < 4; count += 1) more.unshift(await rotate());
    expect(await secrets()).toEqual([...more, third]);
  });

  it('say nothing of an endpoint where a call fails that somebody else has made again meanwhile', async () => {
    const scene = await webhooksScene();
    const { id } = await scene.addEndpoint();
    await scene.tell('a', 1);
    await scene.relay();
    let calls = 0;
    scene.receivers.answerWith(async () => {
      calls += 1;
      if (calls > 1) return webhookAnswer(204);
      scene.clock.advance(HOUR);
      await scene.deliver(scene.organizationId, id, 5);
      return webhookAnswer(410);
    });
    await scene.deliver(scene.organizationId, id, 5);
    expect([calls, await scene.endpoint(id)]).toMatchObject([2, { disabled: null, failingSince: null }]);
    expect((await scene.log(id)).map(({ status, attempts }) => [status, attempts])).toEqual([['delivered', 2]]);
  });

  it('leave no trace of an endpoint that is removed while it is called, and their log goes after thirty days', async () => {
    const scene = await webhooksScene();
    const [gone, stays] = [await scene.addEndpoint(), await scene.addEndpoint()];
    await scene.tell('a', 1);
    await scene.relay();
    scene.receivers.answerWith(async () => {
      await scene.remove(gone.id);
      return webhookAnswer(500);
    });
    await scene.deliver(scene.organizationId, gone.id, 5);
    scene.receivers.answerWith(() => webhookAnswer(204));
    await scene.until();
    expect([await scene.log(gone.id), (await scene.log(stays.id)).length]).toEqual([[], 1]);
    scene.clock.advance(30 * 24 * HOUR);
    expect(await scene.tidy()).toBe(0);
    scene.clock.advance(1);
    expect([await scene.tidy(), await scene.tidy(), await scene.log(stays.id)]).toEqual([1, 0, []]);
  });
});
