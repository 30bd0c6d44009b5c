import { CARRIER_ACCOUNT_SECRET, CHANNEL_SECRET, type StoredSeal } from '@rappit/domain';
import { keptAccount } from './carrier-accounts.contract.js';
import type { ContractCase } from './contract.js';
import { expectEqual } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';

const listed = (stage: Stage, limit = 100) => allPages(limit, (page) => stage.read(({ seals }) => seals.list(page)));

/** Two channels, with one and twelve secrets, and a carrier account. */
const sealed = async (world: PersistenceWorld) => {
  const stage = await openStage(world);
  const one = await stage.addChannel('one.myshopify.com');
  const two = { ...one, id: world.ids.next() as typeof one.id, shopDomain: 'two.myshopify.com' };
  const secrets = Array.from({ length: 12 }, (_, position) => `sealed ${position}`);
  await stage.run(({ channels }) => channels.add(two, secrets));
  return { stage, one, two, secrets, account: await keptAccount(stage) };
};

export const sealsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'lists every sealed secret of the organization with what it is for, by its place, page by page, each once',
    keeps: async (world) => {
      await sealed(world);
      const { stage, one, two, secrets, account } = await sealed(world);
      const sealOf = (ownerId: string, position: number, text: string): StoredSeal => ({
        purpose: CHANNEL_SECRET,
        ownerId,
        position,
        sealed: text,
      });
      const first: StoredSeal = { purpose: CARRIER_ACCOUNT_SECRET, ownerId: account.id, position: 0, sealed: 'sealed' };
      const expected = [first, sealOf(one.id, 0, 'sealed'), ...secrets.map((text, position) => sealOf(two.id, position, text))];
      for (const limit of [1, 5, 100]) expectEqual(await listed(stage, limit), expected, `the seals in pages of ${limit}`);
    },
  },
  {
    promise: 'replaces a seal that is as it was read, and no other, neither here nor elsewhere',
    keeps: async (world) => {
      const { stage, two } = await sealed(world);
      const other = await openStage(world);
      const seal: StoredSeal = { purpose: CHANNEL_SECRET, ownerId: two.id, position: 1, sealed: 'sealed 1' };
      const replacing = (who: Stage, what: StoredSeal, text: string) => who.run(({ seals }) => seals.replace(what, text));
      expectEqual(await replacing(other, seal, 'stolen'), false, 'whether another organization replaced it');
      expectEqual(await replacing(stage, { ...seal, sealed: 'sealed 0' }, 'x'), false, 'whether an altered one was replaced');
      expectEqual(await replacing(stage, { ...seal, ownerId: world.ids.next() }, 'x'), false, 'whether nobody’s was replaced');
      expectEqual(await replacing(stage, seal, 'sealed anew'), true, 'whether it was replaced');
      expectEqual(await replacing(stage, seal, 'late'), false, 'whether it was replaced again');
      const secrets = await stage.read(({ channels }) => channels.secretsOf(two.id));
      expectEqual(secrets.slice(0, 3), ['sealed 0', 'sealed anew', 'sealed 2'], 'the secrets of the channel');
    },
  },
  {
    promise: 'replaces the seal of a carrier account without changing the account',
    keeps: async (world) => {
      const { stage, account } = await sealed(world);
      const seal: StoredSeal = { purpose: CARRIER_ACCOUNT_SECRET, ownerId: account.id, position: 0, sealed: 'sealed' };
      const replacing = (what: StoredSeal, text: string) => stage.run(({ seals }) => seals.replace(what, text));
      expectEqual(await replacing({ ...seal, sealed: 'another' }, 'x'), false, 'whether an altered one was replaced');
      expectEqual(await replacing(seal, 'sealed anew'), true, 'whether it was replaced');
      expectEqual(await replacing(seal, 'late'), false, 'whether it was replaced again');
      const { found, kept } = await stage.read(async ({ carrierAccounts }) => ({
        found: await carrierAccounts.find(account.id),
        kept: await carrierAccounts.sealedOf(account.id),
      }));
      expectEqual([found, kept], [account, 'sealed anew'], 'the account and its credentials');
    },
  },
];
