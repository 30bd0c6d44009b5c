import {
  askBilling,
  type BilledSubscription,
  type BillingAuditEntry,
  BillingAuditId,
  hearBilling,
  type Subscription,
  trialFrom,
} from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openTenant } from './tenant-stage.js';

const at = (text: string): Date => new Date(`2026-03-${text}T12:00:00.123Z`);

const billed: BilledSubscription = {
  id: 'sub_1',
  status: 'a word of tomorrow',
  plan: 'growth',
  startedAt: at('01'),
  periodStartsAt: at('02'),
  periodEndsAt: at('03'),
  trialEndsAt: at('04'),
  unpaidSince: at('05'),
  endsAt: at('06'),
};
const bare: BilledSubscription = { ...billed, plan: null, trialEndsAt: null, unpaidSince: null, endsAt: null };

const auditEntry = ({ ids }: PersistenceWorld, cause: string): BillingAuditEntry => ({
  id: BillingAuditId(ids.next()),
  at: at('07'),
  cause,
  from: null,
  to: { id: 'sub_1', status: 'active', plan: 'growth', periodEndsAt: at('03').toISOString(), endsAt: null },
});

export const subscriptionsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds a trial from when the organization was opened, without anybody having made one',
    keeps: async (world) => {
      const { organization, run } = await openTenant(world);
      expectEqual(await run(({ subscriptions }) => subscriptions.find()), trialFrom(organization.createdAt), 'what is found');
      expectEqual(await run(({ subscriptions }) => subscriptions.lock()), trialFrom(organization.createdAt), 'what is locked');
      expectEqual(
        await run(({ subscriptions }) => subscriptions.find()),
        trialFrom(organization.createdAt),
        'what is found then',
      );
    },
  },
  {
    promise: 'keeps every fact of a subscription, those that are missing too, for its own organization alone',
    keeps: async (world) => {
      const [ours, theirs] = [await openTenant(world), await openTenant(world)];
      const rounds: readonly Partial<Subscription>[] = [{ billed }, { billed: bare }, { billed: null }];
      for (const [round, facts] of rounds.entries()) {
        const kept: Subscription = {
          trialEndsAt: at('09'),
          customerId: `cus_${round}`,
          billed: null,
          asked: 7,
          heard: round,
          reminded: round === 0 ? null : { of: 'trial', endsAt: at('10'), days: 3, number: round },
          ...facts,
        };
        await ours.run(async ({ subscriptions }) => {
          await subscriptions.lock();
          await subscriptions.save(kept);
        });
        expectEqual(await ours.run(({ subscriptions }) => subscriptions.find()), kept, 'what is found');
        expectEqual(await ours.run(({ subscriptions }) => subscriptions.lock()), kept, 'what is locked');
      }
      const untouched = trialFrom(theirs.organization.createdAt);
      expectEqual(await theirs.run(({ subscriptions }) => subscriptions.find()), untouched, "the other organization's");
    },
  },
  {
    promise: 'gives each of many questions that are asked at once a number of its own',
    keeps: async (world) => {
      const { run } = await openTenant(world);
      const asking = () =>
        run(async ({ subscriptions }) => {
          const asked = askBilling(await subscriptions.lock());
          await subscriptions.save(asked);
          return asked.asked;
        });
      const numbers = await Promise.all(Array.from({ length: 5 }, asking));
      expectEqual([...numbers].sort(), [1, 2, 3, 4, 5], 'the numbers');
      await run(async ({ subscriptions }) => {
        await subscriptions.save(hearBilling(await subscriptions.lock(), { question: 5, told: [billed] }));
      });
      expectEqual((await run(({ subscriptions }) => subscriptions.find())).heard, 5, 'what was heard');
    },
  },
  {
    promise: 'tells whose customer somebody is, and nothing of who is nobody’s',
    keeps: async (world) => {
      const [ours, theirs] = [await openTenant(world), await openTenant(world)];
      const customerId = `cus_${world.ids.next()}`;
      await ours.run(async ({ subscriptions }) => subscriptions.save({ ...(await subscriptions.lock()), customerId }));
      await theirs.run(({ subscriptions }) => subscriptions.lock());
      expectEqual(await world.door.organizationsOfCustomer(customerId), [ours.organization.id], 'whose customer it is');
      expectEqual(await world.door.organizationsOfCustomer('cus_nobody'), [], "whose nobody's is");
    },
  },
  {
    promise: 'keeps what became of subscriptions, newest first, page by page, for its own organization alone',
    keeps: async (world) => {
      const [ours, theirs] = [await openTenant(world), await openTenant(world)];
      const entries = ['one', 'two', 'three'].map((cause) => auditEntry(world, cause));
      const last: BillingAuditEntry = { ...auditEntry(world, 'four'), from: entries[0]?.to ?? null, to: null };
      for (const entry of [...entries, last]) await ours.run(({ billingAudit }) => billingAudit.append(entry));
      const list = (tenant: typeof ours, limit: number) =>
        allPages(limit, (page) => tenant.run(({ billingAudit }) => billingAudit.list(page)));
      expectEqual(await list(ours, 2), [last, ...[...entries].reverse()], 'the entries');
      expectEqual(await list(theirs, 2), [], "the other organization's");
    },
  },
];
