import { type Carrier, err, type Label, nothingButLabels, ok } from '@rappit/domain';
import { exampleLabelOrder, type FakeMeter, fakeMeter } from '@rappit/testing/fakes';
import { behindBreaker } from './behind-breaker.js';
import { carrierBreakers } from './carrier-breakers.js';

const order = exampleLabelOrder('r1');
const label: Label = {
  trackingNumber: 'T1',
  parcelNumbers: [],
  warnings: [],
  service: null,
  cost: { amountMinor: 490, currency: 'EUR' },
  documents: [],
};

const measuring = async (
  carrier: Pick<Carrier, 'buyLabel' | 'findByReference'>,
  calls: (guarded: Carrier) => Promise<void>,
): Promise<FakeMeter> => {
  const meter = fakeMeter();
  let clock = 0;
  const monotonicMs = () => {
    clock += 70;
    return clock;
  };
  const breakers = carrierBreakers({ meter, limits: { minimumCalls: 3 }, monotonicMs });
  await calls(behindBreaker({ ...nothingButLabels, code: 'dhl', ...carrier }, { account: 'a', breakers }));
  breakers.close();
  return meter;
};

const unknown = async () => err({ code: 'carrier.reference_unknown' } as const);
const durations = (meter: FakeMeter, operation: string) =>
  meter
    .measured()
    .filter(({ name, labels }) => name === 'carrier_request_duration_ms' && labels['operation'] === operation)
    .map(({ value }) => value);

describe('what is measured of a carrier', () => {
  it('counts requests and purchases by outcome, adds the cost up and times the calls', async () => {
    const meter = await measuring({ buyLabel: async () => ok(label), findByReference: unknown }, async (guarded) => {
      await guarded.buyLabel(order);
      await guarded.buyLabel(order);
      await guarded.findByReference({ reference: 'r1', askedAt: new Date(0), shipOn: null });
    });
    expect(meter.total('carrier_requests_total', { operation: 'buyLabel', outcome: 'ok' })).toBe(2);
    expect(meter.total('carrier_requests_total', { operation: 'findByReference', outcome: 'reference_unknown' })).toBe(1);
    expect(meter.total('labels_bought_total', { outcome: 'bought' })).toBe(2);
    expect(meter.total('carrier_cost_minor_total', { currency: 'EUR' })).toBe(980);
    expect(durations(meter, 'buyLabel')).toEqual([70, 70]);
    expect(durations(meter, 'findByReference')).toEqual([70]);
  });

  it('uses the names and labels that dashboards and alerts are written against, and no other', async () => {
    const meter = await measuring({ buyLabel: async () => ok(label), findByReference: unknown }, async (guarded) => {
      await guarded.buyLabel(order);
    });
    const used = meter.measured().map(({ kind, name, labels }) => `${kind} ${name}{${Object.keys(labels).join()}}`);
    expect([...new Set(used)].toSorted()).toEqual([
      'count carrier_cost_minor_total{carrier,currency}',
      'count carrier_requests_total{carrier,operation,outcome}',
      'count labels_bought_total{carrier,outcome}',
      'observe carrier_request_duration_ms{carrier,operation}',
      'set carrier_breaker_state{carrier}',
    ]);
    expect(new Set(meter.measured().map(({ labels }) => labels['carrier']))).toEqual(new Set(['dhl']));
  });

  it('counts a label that was found again, with its cost, and none that costs nothing', async () => {
    const free: Label = { ...label, cost: null };
    const meter = await measuring({ buyLabel: async () => ok(free), findByReference: async () => ok(label) }, async (guarded) => {
      await guarded.buyLabel(order);
      await guarded.findByReference({ reference: 'r1', askedAt: new Date(0), shipOn: null });
    });
    expect(meter.total('labels_bought_total', { outcome: 'found' })).toBe(1);
    expect(meter.total('carrier_cost_minor_total', { currency: 'EUR' })).toBe(490);
  });

  it('tells calls that were left from calls that were made, and times only the latter', async () => {
    const away = async () => err({ code: 'carrier.unavailable', message: 'closed' } as const);
    const meter = await measuring({ buyLabel: away, findByReference: unknown }, async (guarded) => {
      for (let n = 0; n < 5; n += 1) await guarded.buyLabel(order);
    });
    expect(meter.total('carrier_requests_total', { operation: 'buyLabel', outcome: 'unavailable' })).toBe(3);
    expect(meter.total('carrier_requests_total', { operation: 'buyLabel', outcome: 'breaker_open' })).toBe(2);
    expect(meter.total('labels_bought_total', { outcome: 'unavailable' })).toBe(5);
    expect(durations(meter, 'buyLabel')).toHaveLength(3);
  });

  it('counts what an adapter throws', async () => {
    const meter = await measuring(
      { buyLabel: () => Promise.reject(new Error('bug')), findByReference: unknown },
      async (guarded) => {
        await expect(guarded.buyLabel(order)).rejects.toThrow('bug');
      },
    );
    expect(meter.total('carrier_requests_total', { operation: 'buyLabel', outcome: 'threw' })).toBe(1);
    expect(meter.total('labels_bought_total')).toBe(0);
  });
});
