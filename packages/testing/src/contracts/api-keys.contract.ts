import { type ApiKey, ApiKeyId, UserId } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';

const at = (time: string): Date => new Date(`2026-01-05T${time}Z`);

/** A key of an organization's that counts for an hour. */
export const exampleKey = ({ ids }: PersistenceWorld, facts: Partial<ApiKey> = {}): ApiKey => ({
  id: ApiKeyId(ids.next()),
  name: 'Warehouse',
  prefix: 'rpt_abcdefgh',
  scopes: ['item.view', 'order.write'],
  createdBy: UserId(ids.next()),
  createdAt: at('09:00:00.000'),
  expiresAt: at('10:00:00.000'),
  lastUsedAt: null,
  revokedAt: null,
  ...facts,
});

const add = (stage: Stage, key: ApiKey, hash: string) => stage.run(({ apiKeys }) => apiKeys.add(key, hash));
const find = (stage: Stage, { id }: ApiKey) => stage.read(({ apiKeys }) => apiKeys.find(id));

export const apiKeysContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds a key with every fact as it was added, and without its hash',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [mortal, lasting] = [exampleKey(world), exampleKey(world, { expiresAt: null, scopes: [] })];
      await add(stage, mortal, world.digest('one'));
      await add(stage, lasting, world.digest('two'));
      expectEqual(await find(stage, mortal), mortal, 'the key');
      expectEqual(await find(stage, lasting), lasting, 'the key that never expires');
      expectEqual(await find(stage, exampleKey(world)), undefined, 'a key that nobody has');
    },
  },
  {
    promise: 'lists keys newest first, page by page, each once, the revoked ones too',
    keeps: async (world) => {
      const stage = await openStage(world);
      const keys = [1, 2, 3].map(() => exampleKey(world));
      for (const key of keys) await add(stage, key, world.digest(key.id));
      await stage.run(({ apiKeys }) => apiKeys.revoke(ApiKeyId(keys[0]?.id ?? ''), at('09:30:00.000')));
      const listed = await allPages(2, (page) => stage.read(({ apiKeys }) => apiKeys.list(page)));
      expectEqual(
        listed.map(({ id }) => id),
        keys.map(({ id }) => id).reverse(),
        'the keys',
      );
    },
  },
  {
    promise: 'revokes a key once, for ever, and no key of another organization',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const key = exampleKey(world);
      await add(stage, key, world.digest('one'));
      const revoking = (who: Stage, time: string) => who.run(({ apiKeys }) => apiKeys.revoke(key.id, at(time)));
      expectEqual(await revoking(other, '09:10:00.000'), false, 'whether another organization revoked it');
      expectEqual(await find(stage, key), key, 'the key');
      expectEqual(await revoking(stage, '09:20:00.000'), true, 'whether it was revoked');
      expectEqual(await revoking(stage, '09:30:00.000'), false, 'whether it was revoked again');
      expectEqual((await find(stage, key))?.revokedAt, at('09:20:00.000'), 'when it was revoked');
    },
  },
  {
    promise: 'revokes all keys that a member has made, says which, and no others',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const maker = UserId(world.ids.next());
      const [first, second, before] = [1, 2, 3].map(() => exampleKey(world, { createdBy: maker }));
      const [colleagues, elsewhere] = [exampleKey(world), exampleKey(world, { createdBy: maker })];
      if (!first || !second || !before) throw new Error('there are three keys');
      for (const key of [first, second, before, colleagues]) await add(stage, key, world.digest(key.id));
      await add(other, elsewhere, world.digest(elsewhere.id));
      await stage.run(({ apiKeys }) => apiKeys.revoke(before.id, at('09:10:00.000')));
      const revoked = await stage.run(({ apiKeys }) => apiKeys.revokeAllOf(maker, at('09:20:00.000')));
      expectEqual([...revoked].sort(), [first.id, second.id].sort(), 'which were revoked');
      const when = async (who: Stage, key: ApiKey) => (await find(who, key))?.revokedAt;
      for (const key of [first, second]) expectEqual(await when(stage, key), at('09:20:00.000'), 'when a key was revoked');
      expectEqual(await when(stage, before), at('09:10:00.000'), 'when a key was revoked that was before');
      expectEqual(await when(stage, colleagues), null, 'when a colleague’s key was revoked');
      expectEqual(await when(other, elsewhere), null, 'when a key of the same maker elsewhere was revoked');
    },
  },
  {
    promise: 'notes the use of a key at most once a minute',
    keeps: async (world) => {
      const stage = await openStage(world);
      const key = exampleKey(world);
      await add(stage, key, world.digest('one'));
      const usedAt = async (time: string) => {
        await stage.run(({ apiKeys }) => apiKeys.used(key.id, at(time)));
        return (await find(stage, key))?.lastUsedAt;
      };
      expectEqual(await usedAt('09:00:30.500'), at('09:00:30.500'), 'the first use');
      expectEqual(await usedAt('09:01:30.499'), at('09:00:30.500'), 'a use within a minute');
      expectEqual(await usedAt('09:01:30.500'), at('09:01:30.500'), 'a use a minute later');
      expectEqual(await usedAt('09:01:00.000'), at('09:01:30.500'), 'a use that is told late');
    },
  },
  {
    promise: 'opens the door to a key by its hash, whichever organization it belongs to, until it is revoked',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const [mine, theirs] = [exampleKey(world), exampleKey(world)];
      const [hash, theirHash] = [world.digest(mine.id), world.digest(theirs.id)];
      await add(stage, mine, hash);
      await add(other, theirs, theirHash);
      const found = { organizationId: other.organizationId, apiKeyId: theirs.id };
      expectEqual(await world.door.apiKeyByHash(theirHash), found, 'the key of a hash');
      expectEqual(await world.door.apiKeyByHash(world.digest('nobody')), undefined, 'the key of no hash');
      await other.run(({ apiKeys }) => apiKeys.revoke(theirs.id, at('09:20:00.000')));
      expectEqual(await world.door.apiKeyByHash(theirHash), undefined, 'a revoked key');
    },
  },
];
