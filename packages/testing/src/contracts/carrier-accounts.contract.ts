import { type CarrierAccount, CarrierAccountId } from '@rappit/domain';
import { exampleAddress } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectNotDone, expectThat } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';

const exampleAccount = ({ ids }: Pick<PersistenceWorld, 'ids'>, facts: Partial<CarrierAccount> = {}): CarrierAccount => ({
  id: CarrierAccountId(ids.next()),
  carrier: 'fake',
  name: 'The usual one',
  numberEnding: '0000',
  settings: {},
  shipper: null,
  defaultService: null,
  labelFormat: null,
  isDefault: false,
  active: true,
  createdAt: new Date('2026-01-05T09:00:00.000Z'),
  removedAt: null,
  version: 1,
  ...facts,
});

const save = (stage: Stage, account: CarrierAccount, sealed?: string) =>
  stage.run(({ carrierAccounts }) => carrierAccounts.save(account, sealed));
const find = (stage: Stage, { id }: CarrierAccount) => stage.read(({ carrierAccounts }) => carrierAccounts.find(id));
const sealedOf = (stage: Stage, { id }: CarrierAccount) => stage.read(({ carrierAccounts }) => carrierAccounts.sealedOf(id));
const saving = (stage: Stage, account: CarrierAccount, sealed?: string) =>
  stage.attempt(async ({ carrierAccounts }) => ({ ok: true as const, value: await carrierAccounts.save(account, sealed) }));

export const carrierAccountsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds an account with every fact as it was saved last, and its sealed credentials',
    keeps: async (world) => {
      const stage = await openStage(world);
      const plain = exampleAccount(world);
      await save(stage, plain, 'sealed once');
      expectEqual(await find(stage, plain), plain, 'the account');
      const changed = {
        ...plain,
        name: 'Another name',
        settings: { timeZone: 'Europe/Berlin', goods: 'Mugs' },
        shipper: exampleAddress,
        defaultService: 'express',
        labelFormat: 'zpl' as const,
        isDefault: true,
        active: false,
        version: 2,
      };
      await save(stage, changed);
      expectEqual(await find(stage, plain), changed, 'the account when it was changed');
      expectEqual(await sealedOf(stage, plain), 'sealed once', 'credentials that were left alone');
      await save(stage, { ...changed, version: 3 }, 'sealed anew');
      expectEqual(await sealedOf(stage, plain), 'sealed anew', 'credentials that were changed');
      const nobody = exampleAccount(world);
      expectEqual([await find(stage, nobody), await sealedOf(stage, nobody)], [undefined, undefined], 'an id that nobody has');
    },
  },
  {
    promise: 'keeps accounts and credentials from other organizations',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const account = exampleAccount(world, { isDefault: true });
      await save(stage, account, 'sealed');
      await save(other, exampleAccount(world, { isDefault: true }), 'theirs');
      expectEqual([await find(other, account), await sealedOf(other, account)], [undefined, undefined], 'what others find');
      const theirs = await other.read(({ carrierAccounts }) => carrierAccounts.ofCarrier('fake'));
      expectThat(!theirs.some(({ id }) => id === account.id), 'others don’t list it');
      await expectNotDone(saving(other, { ...account, name: 'Stolen', version: 2 }, 'stolen'), 'a change by others');
      expectEqual([await find(stage, account), await sealedOf(stage, account)], [account, 'sealed'], 'the account afterwards');
    },
  },
  {
    promise: 'never saves a change of an account that somebody else has changed meanwhile',
    keeps: async (world) => {
      const stage = await openStage(world);
      const account = exampleAccount(world);
      await save(stage, account, 'sealed');
      const first = { ...account, name: 'First', version: 2 };
      await save(stage, first, 'first');
      await expectNotDone(saving(stage, { ...account, name: 'Second', version: 2 }, 'second'), 'a change of an old version');
      expectEqual([await find(stage, account), await sealedOf(stage, account)], [first, 'first'], 'the account afterwards');
    },
  },
  {
    promise: 'has one default account of a carrier at most',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [one, other] = [exampleAccount(world, { isDefault: true }), exampleAccount(world)];
      for (const account of [one, other, exampleAccount(world, { carrier: 'another', isDefault: true })])
        await save(stage, account);
      const wanting = { ...other, isDefault: true, version: 2 };
      await expectNotDone(saving(stage, wanting), 'a second default');
      await expectNotDone(saving(stage, exampleAccount(world, { isDefault: true })), 'a new second default');
      await stage.run(async ({ carrierAccounts }) => {
        await carrierAccounts.save({ ...one, isDefault: false, version: 2 });
        await carrierAccounts.save(wanting);
      });
      expectEqual(await find(stage, other), wanting, 'the default after the first has given way');
    },
  },
  {
    promise: 'lets one of two defaults win that are added at once',
    keeps: async (world) => {
      const stage = await openStage(world);
      const both = [1, 2].map(() => exampleAccount(world, { isDefault: true }));
      const answers = await Promise.all(
        both.map(async (account) => (await saving(stage, account).catch(() => null))?.ok ?? false),
      );
      expectEqual(answers.filter(Boolean).length, 1, 'defaults that were saved');
    },
  },
  {
    promise: 'lists accounts newest first, page by page, each once, without those that were removed',
    keeps: async (world) => {
      const stage = await openStage(world);
      const accounts = [1, 2, 3, 4].map(() => exampleAccount(world));
      for (const account of accounts) await save(stage, account);
      const [first, removed, ...rest] = accounts;
      expectThat(first !== undefined && removed !== undefined, 'there are accounts');
      await save(stage, { ...removed, removedAt: new Date('2026-01-06T09:00:00.000Z'), version: 2 });
      expectEqual(
        await allPages(2, (page) => stage.read(({ carrierAccounts }) => carrierAccounts.list(page))),
        [first, ...rest].reverse(),
        'the accounts',
      );
    },
  },
  {
    promise: 'says which accounts of a carrier there ever were, oldest first',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [one, two] = [exampleAccount(world), exampleAccount(world)];
      for (const account of [two, exampleAccount(world, { carrier: 'another' }), one]) await save(stage, account);
      const removed = { ...one, active: false, removedAt: new Date('2026-01-06T09:00:00.000Z'), version: 2 };
      await save(stage, removed);
      expectEqual(await stage.read(({ carrierAccounts }) => carrierAccounts.ofCarrier('fake')), [removed, two], 'of the carrier');
      expectEqual(await stage.read(({ carrierAccounts }) => carrierAccounts.ofCarrier('none')), [], 'of a carrier without any');
    },
  },
];

/** An account that is there, to be referred to. */
export const keptAccount = async (stage: Stage): Promise<CarrierAccount> => {
  const account = exampleAccount(stage);
  await save(stage, account, 'sealed');
  return account;
};
