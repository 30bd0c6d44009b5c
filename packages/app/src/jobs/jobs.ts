import {
  type AccountRequests,
  type EventKeeper,
  type EventSubscriber,
  type Meter,
  type OrganizationId,
  relayOutbox,
  type UnitOfWork,
} from '@rappit/domain';
import type { Doors, Jobs, Nudge, Persistence, Stores, Sweeps, Wake } from '@rappit/persistence';
import type { UseCases } from '../use-cases.js';
import { PAUSE_MS } from './paced-wakes.js';

export type JobDeps = {
  readonly useCases: Pick<
    UseCases,
    | 'workInbox'
    | 'workImports'
    | 'serveBacklog'
    | 'nameKnownGoods'
    | 'expireUnpaid'
    | 'reconcileAll'
    | 'workAccountRequests'
    | 'dropInvitations'
    | 'tidyUp'
    | 'lookUpPurchases'
    | 'trackDue'
    | 'tidyWebhooks'
    | 'tidyConnections'
    | 'refreshSubscription'
    | 'remindOfEnd'
    | 'tidyBillingEvents'
    | 'setUpShops'
    | 'showStock'
    | 'tellFulfilments'
    | 'syncChannels'
    | 'renewEnding'
  >;
  readonly unitOfWork: UnitOfWork<Stores>;
  readonly doors: Pick<Doors, 'organizationsWithDueRows' | 'nextDue'>;
  readonly organizations: Persistence['organizations'];
  readonly accountRequests: Pick<AccountRequests, 'dropExpired' | 'nextDue'>;
  readonly wake: Wake;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly meter: Meter;
  readonly nudge: Nudge;
  readonly subscribers: readonly EventSubscriber[];
  readonly keeper: EventKeeper<Stores>;
  /** Begins to send what an organization's webhook endpoints have due. */
  readonly beginWebhooks: (organizationId: OrganizationId) => Promise<void>;
};

type DueTable = Parameters<Doors['organizationsWithDueRows']>[0];

/** A long import lets others have their turn after so many pieces of it. */
const IMPORT_TURNS = 10;
/** The sweep that works off what was asked for addresses. It is of no organization. */
export const ACCOUNT_REQUESTS = 'account_requests';

/** How many requests that have expired are dropped at once. */
const REQUESTS_AT_ONCE = 1_000;
/** How many organizations are asked for at once. */
const ORGANIZATIONS_AT_ONCE = 500;

/** How many organizations' carriers are asked at the same time. */
const BESIDE_EACH_OTHER = 8;

/** Works one organization's rows off until none is due. */
const untilNoneIsDue =
  (work: (organizationId: OrganizationId) => Promise<number>) =>
  async (organizationId: OrganizationId): Promise<void> => {
    while ((await work(organizationId)) > 0);
  };

/** The same with what carriers are asked about. Of carriers that don't answer no more is asked in this turn. */
const untilUnanswered = (
  ask: (organizationId: OrganizationId) => Promise<{ readonly due: number; readonly unanswered: number }>,
) =>
  untilNoneIsDue(async (organizationId) => {
    const { due, unanswered } = await ask(organizationId);
    return unanswered > 0 ? 0 : due;
  });

/** What runs in the background: on a nudge for one organization, and once a minute for whichever have something due. */
export const backgroundJobs = ({
  useCases,
  unitOfWork,
  doors,
  organizations,
  accountRequests,
  wake,
  now,
  meter,
  nudge,
  subscribers,
  keeper,
  beginWebhooks,
}: JobDeps): { readonly jobs: Jobs; readonly sweeps: Sweeps } => {
  /** What failed, or was left by somebody who died, is due again later: the job comes back then, and doesn't wait for a sweep. */
  const comingBack =
    (table: 'inbox' | 'outbox', work: (organizationId: OrganizationId) => Promise<void>) =>
    async (organizationId: OrganizationId): Promise<void> => {
      await work(organizationId);
      const next = await doors.nextDue(table, organizationId);
      // What is due already came meanwhile, and is woken for by whoever brought it.
      if (next) await wake(table, [organizationId], new Date(Math.max(next.getTime(), now() + PAUSE_MS)));
    };
  const inbox = comingBack('inbox', untilNoneIsDue(useCases.workInbox));
  const backlog = async (organizationId: OrganizationId): Promise<void> => {
    await untilNoneIsDue(useCases.nameKnownGoods)(organizationId);
    await untilNoneIsDue(useCases.serveBacklog)(organizationId);
  };
  const channels = async (organizationId: OrganizationId): Promise<void> => {
    await useCases.setUpShops(organizationId);
    await useCases.syncChannels(organizationId);
    await useCases.showStock(organizationId);
  };
  const expiry = untilNoneIsDue(useCases.expireUnpaid);
  const imports = async (organizationId: OrganizationId): Promise<void> => {
    for (let turn = 0; turn < IMPORT_TURNS; turn += 1) {
      const { rows, adjustments } = await useCases.workImports(organizationId);
      if (adjustments > 0) meter.count('inventory_adjustments_total', { kind: 'count' }, adjustments);
      if (rows === 0) return;
    }
    await wake('imports', [organizationId]);
  };
  const relay = untilNoneIsDue(relayOutbox({ unitOfWork, subscribers, keeper }));
  const outbox = comingBack('outbox', async (organizationId) => {
    await relay(organizationId);
    await beginWebhooks(organizationId);
  });
  const tidy = async (organizationId: OrganizationId): Promise<number> =>
    (await useCases.tidyUp(organizationId)) +
    (await useCases.tidyWebhooks(organizationId)) +
    (await useCases.tidyBillingEvents(organizationId)) +
    (await useCases.tidyConnections(organizationId));
  const sweep = (table: DueTable, work: (organizationId: OrganizationId) => Promise<unknown>) => async (): Promise<void> => {
    for (let after: OrganizationId | undefined, page: readonly OrganizationId[] = []; ; after = page.at(-1)) {
      page = await doors.organizationsWithDueRows(table, ORGANIZATIONS_AT_ONCE, after);
      for (const organizationId of page) await work(organizationId);
      if (page.length < ORGANIZATIONS_AT_ONCE) return;
    }
  };
  /** Several organizations beside each other, so that those whose carriers don't answer hold up few others. */
  const sweepBeside =
    (table: DueTable, work: (organizationId: OrganizationId) => Promise<unknown>) => async (): Promise<void> => {
      const waiting = [...(await doors.organizationsWithDueRows(table, ORGANIZATIONS_AT_ONCE))];
      const worker = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await work(next);
      };
      await Promise.all(Array.from({ length: BESIDE_EACH_OTHER }, worker));
    };
  const everybody = (work: (organizationId: OrganizationId) => Promise<unknown>) => async (): Promise<void> => {
    for (let after: OrganizationId | undefined, page: readonly OrganizationId[] = []; ; after = page.at(-1)) {
      page = await organizations(ORGANIZATIONS_AT_ONCE, after);
      for (const organizationId of page) await work(organizationId);
      if (page.length < ORGANIZATIONS_AT_ONCE) return;
    }
  };
  const workRequests = async (): Promise<void> => {
    while ((await useCases.workAccountRequests()) > 0);
    while ((await accountRequests.dropExpired(REQUESTS_AT_ONCE)) > 0);
    const next = await accountRequests.nextDue();
    if (next) await nudge(ACCOUNT_REQUESTS, next);
  };
  const everyMinute = (table: DueTable, work: (organizationId: OrganizationId) => Promise<unknown>) =>
    ({ every: 'minute', work: sweep(table, work) }) as const;
  return {
    jobs: {
      inbox,
      outbox,
      backlog,
      imports,
      webhooks: beginWebhooks,
      channels,
      channel_stock: useCases.showStock,
      fulfilments: useCases.tellFulfilments,
    },
    sweeps: {
      sweep_inbox: everyMinute('inbox', inbox),
      sweep_outbox: everyMinute('outbox', outbox),
      sweep_webhooks: everyMinute('webhook_deliveries', beginWebhooks),
      sweep_backlog: everyMinute('order_lines', backlog),
      sweep_expiry: everyMinute('reservations', expiry),
      sweep_purchases: { every: 'minute', work: sweepBeside('shipments', untilUnanswered(useCases.lookUpPurchases)) },
      sweep_tracking: { every: 'minute', work: sweepBeside('tracking', untilUnanswered(useCases.trackDue)) },
      renew_credentials: { every: 'minute', work: sweepBeside('channel_credentials', useCases.renewEnding) },
      sweep_channel_stock: { every: 'minute', work: sweepBeside('channels', useCases.showStock) },
      sweep_fulfilments: { every: 'minute', work: sweepBeside('channels', useCases.tellFulfilments) },
      sync_channels: { every: 'minute', work: sweepBeside('channels', useCases.syncChannels) },
      set_up_shops: { every: 'hour', work: sweepBeside('channels', useCases.setUpShops) },
      sweep_imports: everyMinute('imports', (organizationId) => wake('imports', [organizationId])),
      sweep_invitations: { every: 'hour', work: sweep('invitations', untilNoneIsDue(useCases.dropInvitations)) },
      [ACCOUNT_REQUESTS]: { every: 'minute', work: workRequests },
      reconcile: { every: 'hour', work: everybody(useCases.reconcileAll) },
      reconcile_billing: {
        every: 'night',
        work: everybody((organizationId) => useCases.refreshSubscription(organizationId, 'nightly')),
      },
      remind_of_end: { every: 'hour', work: everybody(useCases.remindOfEnd) },
      tidy_up: { every: 'hour', work: everybody(untilNoneIsDue(tidy)) },
    },
  };
};
