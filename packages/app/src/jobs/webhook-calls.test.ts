import { OrganizationId, WebhookEndpointId } from '@rappit/domain';
import { webhookCalls } from './webhook-calls.js';

const [ours, theirs] = ['ours', 'theirs'].map(OrganizationId);
if (!ours || !theirs) throw new Error('there are two');
const later = new Date('2026-01-05T09:00:04.000Z');

type Due = { readonly deliveries: number; readonly failing?: boolean; readonly hangs?: boolean };

/** Endpoints with so many deliveries each, one to a turn; those that hang never answer. */
const world = (due: Readonly<Record<string, Readonly<Record<string, Due>>>>) => {
  const left = new Map(
    Object.values(due).flatMap((endpoints) => Object.entries(endpoints).map(([id, { deliveries }]) => [id, deliveries])),
  );
  const [called, woken, limits]: [string[], unknown[], number[]] = [[], [], []];
  let whenCalled = (): void => undefined;
  const release: (() => void)[] = [];
  const dueOf = (organizationId: string) => Object.entries(due[organizationId] ?? {});
  const calls = webhookCalls({
    useCases: {
      webhooksWaiting: async (organizationId) => ({
        endpoints: dueOf(organizationId)
          .filter(([id]) => (left.get(id) ?? 0) > 0)
          .map(([id, { failing = false }]) => ({ endpointId: WebhookEndpointId(id), failing })),
        nextDue: later,
      }),
      deliverWebhooks: async (organizationId, endpointId, limit) => {
        called.push(endpointId);
        limits.push(limit);
        left.set(endpointId, (left.get(endpointId) ?? 0) - 1);
        whenCalled();
        if (dueOf(organizationId).find(([id]) => id === endpointId)?.[1].hangs)
          await new Promise<void>((resolve) => release.push(resolve));
        return 1;
      },
    },
    wake: async (...nudge) => void woken.push(nudge),
    report: (error) => {
      throw error;
    },
  });
  return {
    calls,
    called,
    woken,
    limits,
    /** Resolves when so many calls were begun to an endpoint. */
    untilCalled: (id: string, times: number): Promise<void> =>
      new Promise((resolve) => {
        whenCalled = () => {
          if (called.filter((one) => one === id).length >= times) resolve();
        };
        whenCalled();
      }),
    letGo: () => {
      for (const go of release.splice(0)) go();
    },
  };
};

describe('calls of webhooks', () => {
  it("go on to one tenant's endpoint while all of another tenant's hang", async () => {
    const hanging = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`hanging-${index}`, { deliveries: 1, hangs: true }]),
    );
    const { calls, untilCalled, called, letGo } = world({ ours: hanging, theirs: { fine: { deliveries: 50 } } });
    await calls.begin(ours);
    await calls.begin(theirs);
    await untilCalled('fine', 50);
    expect(called.filter((id) => id.startsWith('hanging'))).toHaveLength(4);
    const stopped = calls.stop();
    letGo();
    await stopped;
  });

  it("go on to an organization's other endpoints while one hangs", async () => {
    const { calls, untilCalled, letGo } = world({ ours: { stuck: { deliveries: 1, hangs: true }, fine: { deliveries: 20 } } });
    await calls.begin(ours);
    await untilCalled('fine', 20);
    const stopped = calls.stop();
    letGo();
    await stopped;
  });

  it('are made one at a time to an endpoint that failed last, beside those that are well', async () => {
    const { calls, untilCalled, limits, called } = world({
      ours: { ill: { deliveries: 1, failing: true }, fine: { deliveries: 1 } },
    });
    await calls.begin(ours);
    await untilCalled('fine', 1);
    await untilCalled('ill', 1);
    expect(Object.fromEntries(called.map((id, index) => [id, limits[index]]))).toEqual({ ill: 1, fine: 5 });
    await calls.stop();
  });

  it('wait for endpoints that failed last in a room of their own, one of an organization at a time', async () => {
    const hanging = { deliveries: 1, failing: true, hangs: true };
    const { calls, untilCalled, called, letGo } = world({
      ours: { one: hanging, two: hanging, three: hanging, four: hanging, fine: { deliveries: 20 } },
      theirs: { ill: hanging },
    });
    await calls.begin(ours);
    await calls.begin(theirs);
    await untilCalled('fine', 20);
    await untilCalled('ill', 1);
    expect(called.filter((id) => id !== 'fine')).toEqual(['one', 'ill']);
    const stopped = calls.stop();
    letGo();
    await stopped;
  });

  it('come back when something is due later', async () => {
    const { calls, woken } = world({});
    await calls.begin(ours);
    expect(woken).toEqual([['webhooks', [ours], later]]);
    await calls.stop();
  });
});
