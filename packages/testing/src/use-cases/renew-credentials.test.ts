import { type Channel, renewEnding } from '@rappit/domain';
import { connectionScene, must } from './shop-connection-scene.test-kit.js';

type Scene = ReturnType<typeof connectionScene>;

const shopOn = ({ caller }: Scene, replica: Scene['one'], channel: Channel) => {
  const shop = replica.shops.of(caller.organizationId, channel);
  if (!shop) throw new Error('the shop can be asked');
  return shop;
};

/** All renewals wait until they are let go. */
const holding = (scene: Scene) => {
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  scene.connections.shopify.holdRenewals(() => gate);
  return () => letGo();
};

const HOUR = 60 * 60;

describe('credentials that end', () => {
  it('are renewed once, however many calls on two replicas find that they have ended', async () => {
    const scene = connectionScene();
    const channel = await scene.connect();
    scene.clock.advance(HOUR * 1_000);
    const letGo = holding(scene);
    const calls = [scene.one, scene.other].flatMap((replica) =>
      Array.from({ length: 10 }, () => shopOn(scene, replica, channel).check()),
    );
    // All of the others have looked, and found that somebody is at it.
    while (scene.pauses.length < 19) await new Promise((resolve) => setImmediate(resolve));
    letGo();
    expect((await Promise.all(calls)).every(({ ok }) => ok)).toBe(true);
    expect(scene.connections.shopify.renewals()).toBe(1);
    expect((await scene.credentials(channel))?.version).toBe(2);
  });

  it('are renewed again when the answer was lost, on what is still known', async () => {
    const scene = connectionScene();
    const channel = await scene.connect();
    scene.clock.advance(HOUR * 1_000);
    scene.connections.shopify.failRenewal({ code: 'shop.unknown_outcome', message: 'The answer was lost.' }, true);
    const shop = shopOn(scene, scene.one, channel);
    expect(await shop.check()).toMatchObject({ ok: false, error: { code: 'shop.unavailable' } });
    expect(await scene.find(channel)).toMatchObject({ status: 'connected' });
    expect(await shop.check()).toEqual({ ok: true, value: null });
    expect([scene.connections.shopify.renewals(), (await scene.credentials(channel))?.version]).toEqual([2, 2]);
  });

  it('are used as long as they are good while the shop is away', async () => {
    const scene = connectionScene();
    const channel = await scene.connect();
    scene.clock.advance((HOUR - 30) * 1_000);
    scene.connections.shopify.failRenewal({ code: 'shop.unavailable', message: 'Away.', retryAfterMs: null });
    expect(await shopOn(scene, scene.one, channel).check()).toEqual({ ok: true, value: null });
    expect((await scene.credentials(channel))?.version).toBe(1);
  });

  it('are taken over from a replica that died while it renewed them', async () => {
    const scene = connectionScene();
    const channel = await scene.connect();
    scene.clock.advance(HOUR * 1_000);
    await scene.memory.unitOfWork.run(scene.caller.organizationId, async ({ channelAccess }) => ({
      ok: true as const,
      value: await channelAccess.claimRenewal(channel.id, 1, 90),
    }));
    const shop = shopOn(scene, scene.one, channel);
    expect(await shop.check()).toMatchObject({ ok: false, error: { code: 'shop.unavailable' } });
    scene.clock.advance(91 * 1_000);
    expect(await shop.check()).toEqual({ ok: true, value: null });
  });

  it('have to be given anew by the owner when the shop does not know them any more, and are asked for no more', async () => {
    const scene = connectionScene();
    const channel = await scene.connect();
    scene.connections.shopify.revoke();
    expect(await shopOn(scene, scene.one, channel).check()).toMatchObject({ ok: false, error: { code: 'shop.unauthorized' } });
    expect(await scene.find(channel)).toMatchObject({ status: 'reconnectNeeded' });
    expect(await scene.audit()).toContain('channel.reconnect_needed');
    expect(await scene.connect()).toMatchObject({ id: channel.id, status: 'connected' });
    expect(await shopOn(scene, scene.other, channel).check()).toEqual({ ok: true, value: null });
  });

  it('are renewed before anybody waits for it, where they end soon', async () => {
    const scene = connectionScene();
    const channel = await scene.connect();
    const renew = renewEnding(scene.one);
    scene.clock.advance(44 * 60 * 1_000);
    expect(await renew(scene.caller.organizationId)).toBe(0);
    scene.clock.advance(2 * 60 * 1_000);
    expect([await renew(scene.caller.organizationId), await renew(scene.caller.organizationId)]).toEqual([1, 0]);
    expect((await scene.credentials(channel))?.version).toBe(2);
  });
});

describe('keys that the owner made', () => {
  it('have to be made anew when the shop does not know them any more', async () => {
    const scene = connectionScene();
    const channel = await scene.connect('woocommerce');
    scene.connections.woocommerce.revoke();
    expect(await shopOn(scene, scene.one, channel).check()).toMatchObject({ ok: false, error: { code: 'shop.unauthorized' } });
    expect(await scene.find(channel)).toMatchObject({ status: 'reconnectNeeded' });
    expect(must(await scene.tryIt(scene.caller, channel.id))).toMatchObject({ problem: { code: 'shop.unauthorized' } });
  });
});
