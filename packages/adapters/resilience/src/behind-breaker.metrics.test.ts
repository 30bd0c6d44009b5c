import { type Carrier, err, type Label, ok } from '@rappit/domain';
import { promMeter } from '@rappit/metrics';
import { exampleAddress, exampleParcel } from '@rappit/testing/fakes';
import { behindBreaker } from './behind-breaker.js';
import { carrierBreakers } from './carrier-breakers.js';

const order = { reference: 'r1', from: exampleAddress, to: exampleAddress, parcels: [exampleParcel], service: null };
const label: Label = { trackingNumber: 'T1', service: null, cost: { amountMinor: 490, currency: 'EUR' }, documents: [] };

const measuring = async (
  carrier: Pick<Carrier, 'buyLabel' | 'findByReference'>,
  calls: (guarded: Carrier) => Promise<void>,
): Promise<readonly string[]> => {
  const prom = promMeter();
  let clock = 0;
  const breakers = carrierBreakers({ meter: prom.meter, limits: { minimumCalls: 3 }, monotonicMs: () => (clock += 70) });
  await calls(behindBreaker({ code: 'dhl', ...carrier }, { account: 'a', breakers }));
  breakers.close();
  return (await prom.expose()).body.split('\n').filter((line) => /^(carrier|labels)_/.test(line));
};

const unknown = async () => err({ code: 'carrier.reference_unknown' } as const);

describe('what is measured of a carrier', () => {
  it('counts requests and purchases by outcome, adds the cost up and times the calls', async () => {
    const lines = await measuring({ buyLabel: async () => ok(label), findByReference: unknown }, async (guarded) => {
      await guarded.buyLabel(order);
      await guarded.buyLabel(order);
      await guarded.findByReference('r1');
    });
    expect(lines).toContain('carrier_requests_total{carrier="dhl",operation="buyLabel",outcome="ok"} 2');
    expect(lines).toContain('carrier_requests_total{carrier="dhl",operation="findByReference",outcome="reference_unknown"} 1');
    expect(lines).toContain('labels_bought_total{carrier="dhl",outcome="bought"} 2');
    expect(lines).toContain('carrier_cost_minor_total{carrier="dhl",currency="EUR"} 980');
    expect(lines).toContain('carrier_request_duration_ms_sum{carrier="dhl",operation="buyLabel"} 140');
    expect(lines).toContain('carrier_request_duration_ms_count{carrier="dhl",operation="findByReference"} 1');
    expect(lines).toContain('carrier_breaker_state{carrier="dhl"} 0');
  });

  it('counts a label that was found again, with its cost, and none that costs nothing', async () => {
    const free: Label = { ...label, cost: null };
    const lines = await measuring({ buyLabel: async () => ok(free), findByReference: async () => ok(label) }, async (guarded) => {
      await guarded.buyLabel(order);
      await guarded.findByReference('r1');
    });
    expect(lines).toContain('labels_bought_total{carrier="dhl",outcome="found"} 1');
    expect(lines).toContain('carrier_cost_minor_total{carrier="dhl",currency="EUR"} 490');
  });

  it('tells calls that were left from calls that were made, and times only the latter', async () => {
    const away = async () => err({ code: 'carrier.unavailable', message: 'closed' } as const);
    const lines = await measuring({ buyLabel: away, findByReference: unknown }, async (guarded) => {
      for (let n = 0; n < 5; n += 1) await guarded.buyLabel(order);
    });
    expect(lines).toContain('carrier_requests_total{carrier="dhl",operation="buyLabel",outcome="unavailable"} 3');
    expect(lines).toContain('carrier_requests_total{carrier="dhl",operation="buyLabel",outcome="breaker_open"} 2');
    expect(lines).toContain('labels_bought_total{carrier="dhl",outcome="unavailable"} 5');
    expect(lines).toContain('carrier_request_duration_ms_count{carrier="dhl",operation="buyLabel"} 3');
  });

  it('counts what an adapter throws', async () => {
    const lines = await measuring(
      { buyLabel: () => Promise.reject(new Error('bug')), findByReference: unknown },
      async (guarded) => {
        await expect(guarded.buyLabel(order)).rejects.toThrow('bug');
      },
    );
    expect(lines).toContain('carrier_requests_total{carrier="dhl",operation="buyLabel",outcome="threw"} 1');
    expect(lines.filter((line) => line.startsWith('labels_bought_total'))).toEqual([]);
  });
});
