import { err, type LookedUpPurchases, OrganizationId, ok, type RefreshSubscription, type TrackedDue } from '@rappit/domain';
import { fakeIds, fakeMeter, memoryPersistence } from '@rappit/testing/fakes';
import { keeperOf } from '../subscribers.js';
import { ACCOUNT_REQUESTS, backgroundJobs } from './jobs.js';

const ours = OrganizationId('01890000-0000-7000-8000-000000000001');
const now = new Date('2026-01-05T09:00:00.000Z');
const later = new Date('2026-01-05T09:00:04.000Z');

type Waiting = {
  readonly due?: number[];
  readonly next: Date | null;
  readonly imports?: number[];
  readonly requests?: number[];
  readonly invitations?: number[];
  readonly untidy?: number[];
  readonly abandoned?: number[];
  readonly organizations?: readonly OrganizationId[];
  readonly lookUpPurchases?: (organizationId: OrganizationId) => Promise<LookedUpPurchases>;
  readonly refreshSubscription?: RefreshSubscription;
  readonly trackDue?: (organizationId: OrganizationId) => Promise<TrackedDue>;
};

const jobsWith = (waiting: Waiting) => {
  const {
    due = [],
    next,
    imports = [],
    requests = [],
    invitations = [],
    untidy = [],
    abandoned = [],
    organizations = [ours],
  } = waiting;
  const woken: unknown[] = [];
  const begun: unknown[] = [];
  const meter = fakeMeter();
  const { unitOfWork } = memoryPersistence({ now: () => later, decide: () => [] });
  const background = backgroundJobs({
    useCases: {
      workInbox: () => Promise.resolve(due.shift() ?? 0),
      workImports: () => Promise.resolve({ rows: imports.shift() ?? 0, adjustments: 2 }),
      nameKnownGoods: async () => 0,
      serveBacklog: () => Promise.resolve(0),
      expireUnpaid: () => Promise.resolve(0),
      lookUpPurchases: waiting.lookUpPurchases ?? (() => Promise.resolve({ due: 0, unanswered: 0 })),
      trackDue: waiting.trackDue ?? (() => Promise.resolve({ due: 0, unanswered: 0 })),
      dropInvitations: () => Promise.resolve(invitations.shift() ?? 0),
      tidyUp: () => Promise.resolve(untidy.shift() ?? 0),
      tidyWebhooks: () => Promise.resolve(0),
      tidyConnections: () => Promise.resolve(abandoned.shift() ?? 0),
      showStock: () => Promise.resolve(),
      tellFulfilments: () => Promise.resolve(),
      syncChannels: () => Promise.resolve(),
      setUpShops: () => Promise.resolve(0),
      renewEnding: () => Promise.resolve(0),
      workAccountRequests: () => Promise.resolve(requests.shift() ?? 0),
      refreshSubscription: waiting.refreshSubscription ?? (async () => ok('unasked')),
      remindOfEnd: async () => false,
      tidyBillingEvents: () => Promise.resolve(0),
      reconcileAll: () => Promise.reject(new Error('not asked for')),
    },
    unitOfWork,
    doors: { organizationsWithDueRows: () => Promise.resolve(organizations), nextDue: () => Promise.resolve(next) },
    organizations: () => Promise.resolve(organizations),
    accountRequests: { dropExpired: () => Promise.resolve(0), nextDue: () => Promise.resolve(next) },
    nudge: (...nudge) => Promise.resolve(void woken.push(nudge)),
    wake: (...nudge) => Promise.resolve(void woken.push(nudge)),
    now: () => now.getTime(),
    meter,
    subscribers: [],
    keeper: keeperOf({ ids: fakeIds() }),
    beginWebhooks: (organizationId) => Promise.resolve(void begun.push(organizationId)),
  });
  return { background, woken, begun, due, meter, requests };
};

describe('background jobs', () => {
  it('work an inbox off until nothing is due', async () => {
    const { background, woken, due } = jobsWith({ due: [50, 3], next: null });
    await background.jobs['inbox']?.(ours);
    expect([due, woken]).toEqual([[], []]);
  });

  it('come back when something that failed is due again', async () => {
    const { background, woken } = jobsWith({ due: [1], next: later });
    await background.jobs['inbox']?.(ours);
    expect(woken).toEqual([['inbox', [ours], later]]);
  });

  it('come back a moment later for what came meanwhile, which is woken for by whoever brought it', async () => {
    const { background, woken } = jobsWith({ due: [1], next: now });
    await background.jobs['inbox']?.(ours);
    expect(woken).toEqual([['inbox', [ours], new Date('2026-01-05T09:00:01.000Z')]]);
  });

  it('work an import off, and go to the back of the queue when it is long', async () => {
    const short = jobsWith({ due: [], next: null, imports: [500, 200] });
    await short.background.jobs['imports']?.(ours);
    expect(short.woken).toEqual([]);
    const imports = Array.from({ length: 12 }, () => 500);
    const long = jobsWith({ due: [], next: null, imports });
    await long.background.jobs['imports']?.(ours);
    expect([imports.length, long.woken]).toEqual([2, [['imports', [ours]]]]);
    expect(long.meter.total('inventory_adjustments_total', { kind: 'count' })).toBe(20);
  });

  it('take up imports that somebody left', async () => {
    const { background, woken } = jobsWith({ due: [], next: null });
    await background.sweeps['sweep_imports']?.work();
    expect(woken).toEqual([['imports', [ours]]]);
  });

  it('follow parcels of several organizations beside each other, so that a carrier of one that hangs holds up none', async () => {
    const others = Array.from({ length: 30 }, (_, index) => OrganizationId(`other-${index}`));
    const followed: OrganizationId[] = [];
    let hungUp = (): void => undefined;
    const hanging = new Promise<void>((resolve) => {
      hungUp = resolve;
    });
    const { background } = jobsWith({
      next: null,
      organizations: [ours, ...others],
      trackDue: async (organizationId) => {
        if (organizationId === ours) await hanging;
        followed.push(organizationId);
        if (followed.length === others.length) hungUp();
        return { due: 0, unanswered: 0 };
      },
    });
    await background.sweeps['sweep_tracking']?.work();
    expect(followed).toEqual([...others, ours]);
  });

  it('find purchases of several organizations beside each other, so that a carrier of one that hangs holds up none', async () => {
    const other = OrganizationId('other');
    const found: OrganizationId[] = [];
    let hungUp = (): void => undefined;
    const hanging = new Promise<void>((resolve) => {
      hungUp = resolve;
    });
    const { background } = jobsWith({
      next: null,
      organizations: [ours, other],
      lookUpPurchases: async (organizationId) => {
        if (organizationId === ours) await hanging;
        found.push(organizationId);
        hungUp();
        return { due: 0, unanswered: 0 };
      },
    });
    await background.sweeps['sweep_purchases']?.work();
    expect(found).toEqual([other, ours]);
  });

  it.each([
    ['find purchases', 'sweep_purchases', 'lookUpPurchases'],
    ['follow parcels', 'sweep_tracking', 'trackDue'],
  ] as const)(
    '%s until none is due, and leave the rest to the next turn when a carrier does not answer',
    async (_, sweep, asks) => {
      const answers = [
        { due: 100, unanswered: 0 },
        { due: 100, unanswered: 1 },
        { due: 100, unanswered: 0 },
      ];
      const ask = () => Promise.resolve(answers.shift() ?? { due: 0, unanswered: 0 });
      const { background } = jobsWith({ next: null, [asks]: ask });
      await background.sweeps[sweep]?.work();
      expect(answers).toHaveLength(1);
    },
  );

  it('work requests for addresses off until none is due, and come back when one is', async () => {
    const { background, woken, requests } = jobsWith({ requests: [20, 3], next: later });
    await background.sweeps[ACCOUNT_REQUESTS]?.work();
    expect([requests, woken]).toEqual([[], [[ACCOUNT_REQUESTS, later]]]);
  });

  it('remove invitations that nothing is needed of any more, until none is left', async () => {
    const invitations = [500, 7];
    const { background } = jobsWith({ invitations, next: null });
    await background.sweeps['sweep_invitations']?.work();
    expect(invitations).toEqual([]);
  });

  it('tidy every organization up until nothing is left to be removed', async () => {
    const [untidy, abandoned] = [
      [2_000, 7],
      [3, 0, 1],
    ];
    const { background } = jobsWith({ untidy, abandoned, next: null });
    await background.sweeps['tidy_up']?.work();
    expect([untidy, abandoned]).toEqual([[], []]);
  });

  it('begin to send webhooks after the events of an organization were handed on, when they are woken, and in a sweep', async () => {
    const { background, begun } = jobsWith({ next: null });
    await background.jobs['outbox']?.(ours);
    await background.jobs['webhooks']?.(ours);
    await background.sweeps['sweep_webhooks']?.work();
    expect(begun).toEqual([ours, ours, ours]);
  });

  it('ask the billing provider about every organization each night, also when it does not answer about one', async () => {
    const organizations = [ours, OrganizationId('01890000-0000-7000-8000-000000000002')];
    const asked: unknown[] = [];
    const { background } = jobsWith({
      next: null,
      organizations,
      refreshSubscription: async (...question) => {
        asked.push(question);
        return err({ code: 'billing.unavailable' });
      },
    });
    expect(background.sweeps['reconcile_billing']?.every).toBe('night');
    await background.sweeps['reconcile_billing']?.work();
    expect(asked).toEqual(organizations.map((organizationId) => [organizationId, 'nightly']));
  });

  it('sweep every organization that has something due', async () => {
    const { background, due } = jobsWith({ due: [2], next: null });
    await background.sweeps['sweep_inbox']?.work();
    expect(due).toEqual([]);
  });
});
