import type { ChannelId, ConnectionBegun } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';

const MINUTE_MS = 60_000;
const inMinutes = (from: Date, minutes: number): Date => new Date(from.getTime() + minutes * MINUTE_MS);

const nowOf = (stage: Stage): Promise<Date> => stage.read(async ({ now }) => now);

const save = (stage: Stage, id: ChannelId, sealed: string, after: number, expiresAt: Date | null = null) =>
  stage.run(({ channelAccess }) => channelAccess.saveCredentials(id, { sealed, expiresAt, renewableUntil: null }, after));

const begun = (world: PersistenceWorld, expiresAt: Date): ConnectionBegun => ({
  tokenHash: `hash of ${world.ids.next()}`,
  browserHash: 'hash of a browser',
  kind: 'shopify',
  shopDomain: 'demo.myshopify.com',
  name: null,
  userId: world.ids.next(),
  expiresAt,
});

export const channelAccessContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'keeps credentials by their version, so that of two who replace them one does',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { id } = await stage.addChannel('demo.myshopify.com');
      const found = () => stage.read(({ channelAccess }) => channelAccess.credentialsOf(id));
      expectEqual(await found(), undefined, 'credentials before any');
      expectEqual(await save(stage, id, 'one', 1), false, 'whether what is not there was replaced');
      expectEqual(await save(stage, id, 'one', 0), true, 'whether the first were kept');
      expectEqual(await save(stage, id, 'other', 0), false, 'whether others were kept as the first');
      const expiresAt = inMinutes(await nowOf(stage), 60);
      expectEqual(await save(stage, id, 'two', 1, expiresAt), true, 'whether they were replaced');
      expectEqual(await save(stage, id, 'late', 1), false, 'whether they were replaced by somebody late');
      expectEqual(await found(), { sealed: 'two', version: 2, expiresAt, renewableUntil: null }, 'the credentials');
      await stage.run(({ channelAccess }) => channelAccess.dropCredentials(id));
      expectEqual(await found(), undefined, 'credentials that were dropped');
    },
  },
  {
    promise: 'lets one renew a version of credentials at a time, until it ends, is over, or has replaced them',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const { id } = await stage.addChannel('demo.myshopify.com');
      await save(stage, id, 'one', 0);
      const claim = (who: Stage, version: number, seconds = 60) =>
        who.run(({ channelAccess }) => channelAccess.claimRenewal(id, version, seconds));
      expectEqual(await claim(stage, 2), false, 'a version that is not there');
      expectEqual(await claim(other, 1), false, 'another organization');
      expectEqual([await claim(stage, 1), await claim(stage, 1)], [true, false], 'two at a time');
      await stage.run(({ channelAccess }) => channelAccess.endRenewal(id, 1));
      expectEqual(await claim(stage, 1, 0), true, 'one after it was ended');
      expectEqual(await claim(stage, 1), true, 'one after a lease that is over');
      await save(stage, id, 'two', 1);
      expectEqual([await claim(stage, 1), await claim(stage, 2)], [false, true], 'the version before, and the new one');
    },
  },
  {
    promise: 'finds credentials of connected channels that end before a moment, the first first',
    keeps: async (world) => {
      const stage = await openStage(world);
      const now = await nowOf(stage);
      const added: ChannelId[] = [];
      for (const [index, minutes] of [20, 5, 10, 1].entries()) {
        const { id } = await stage.addChannel(`shop-${index}.myshopify.com`);
        await save(stage, id, 'sealed', 0, inMinutes(now, minutes));
        added.push(id);
      }
      const lasting = await stage.addChannel('lasting.myshopify.com');
      await save(stage, lasting.id, 'sealed', 0);
      await stage.run(async ({ channels }) => {
        const gone = await channels.lock(added[3] ?? lasting.id);
        if (gone) await channels.save({ ...gone, status: 'reconnectNeeded' });
      });
      const ending = (limit: number) => stage.read(({ channelAccess }) => channelAccess.ending(inMinutes(now, 15), limit));
      expectEqual(await ending(10), [added[1], added[2]], 'those that end within a quarter of an hour');
      expectEqual(await ending(1), [added[1]], 'the first of them');
    },
  },
  {
    promise: 'knows whoever set out to a shop once, by the token alone, and forgets those whose time is over',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const now = await nowOf(stage);
      const [one, late] = [begun(world, inMinutes(now, 15)), begun(world, inMinutes(now, -1))];
      for (const each of [one, late]) await stage.run(({ channelAccess }) => channelAccess.addBegun(each));
      expectEqual(await world.door.organizationOfConnection(one.tokenHash), stage.organizationId, 'whose it is');
      expectEqual(await world.door.organizationOfConnection('hash of nobody'), undefined, 'whose nobody’s is');
      const take = (who: Stage, hash: string) => who.run(({ channelAccess }) => channelAccess.takeBegun(hash));
      expectEqual(await take(other, one.tokenHash), undefined, 'what another organization finds');
      expectEqual([await take(stage, one.tokenHash), await take(stage, one.tokenHash)], [one, undefined], 'once, and again');
      const drop = () => stage.run(({ channelAccess }) => channelAccess.dropBegun(now, 10));
      expectEqual([await drop(), await drop()], [1, 0], 'how many were forgotten');
      expectEqual(await take(stage, late.tokenHash), undefined, 'one that was forgotten');
    },
  },
  {
    promise: 'changes what may be changed of a channel, finds it by its shop, and its secrets as they were replaced',
    keeps: async (world) => {
      const stage = await openStage(world);
      const added = await stage.addChannel('demo.myshopify.com');
      const locations = [{ externalLocationId: '1', locationIds: [await stage.addLocation('MAIN')] }];
      const changed = { ...added, name: 'Another', access: 'keys', buffer: 3, locations } as const;
      const askable = () => stage.read(({ channels }) => channels.askable());
      expectEqual(await askable(), [], 'what can be asked of before');
      await stage.run(async ({ channels }) => {
        await channels.lock(added.id);
        await channels.save({ ...changed, shopDomain: 'stolen.myshopify.com' });
        await channels.saveSecrets(added.id, ['sealed anew', 'and another']);
      });
      expectEqual(await stage.read(({ channels }) => channels.ofShop('shopify', 'demo.myshopify.com')), changed, 'the channel');
      expectEqual(
        await stage.read(({ channels }) => channels.ofShop('woocommerce', 'demo.myshopify.com')),
        undefined,
        'of a kind',
      );
      expectEqual(await stage.read(({ channels }) => channels.secretsOf(added.id)), ['sealed anew', 'and another'], 'secrets');
      expectEqual(await askable(), [changed], 'what can be asked');
      const door = () => world.door.channelById('shopify', added.id);
      expectEqual(await door(), { organizationId: stage.organizationId, channelId: added.id }, 'behind the door');
      await stage.run(({ channels }) => channels.save({ ...changed, status: 'disconnected' }));
      expectEqual([await door(), await askable()], [undefined, []], 'what is left when it is disconnected');
      expectEqual(
        (await world.door.channelsOfShop('shopify', 'demo.myshopify.com')).filter(({ channelId }) => channelId === added.id),
        [],
        'whether it still hears of the shop',
      );
    },
  },
];
