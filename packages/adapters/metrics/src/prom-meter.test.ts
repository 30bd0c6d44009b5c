import { type Declared, declaredMetrics } from './declared-metrics.js';
import { promMeter } from './prom-meter.js';

/** The names and labels that dashboards and alerts are written against. */
const fixed = [
  ['rate_limit_hits_total', 'type,organization_id,endpoint'],
  ['rate_limit_blocks_total', 'type,organization_id,endpoint'],
  ['rate_limit_remaining', 'type,organization_id,endpoint'],
  ['subscription_blocks_total', 'organization_id,subscription_status,endpoint'],
  ['subscription_unknown_statuses_total', ''],
  ['http_requests_total', 'method,route,status_code'],
  ['http_request_duration_ms', 'method,route'],
  ['inventory_oversold_units', ''],
  ['inventory_ledger_drift_units', ''],
  ['inventory_orphaned_reservations', ''],
  ['inventory_adjustments_total', 'kind'],
  ['orders_placed_total', 'source,outcome'],
  ['order_batch_size', ''],
  ['carrier_requests_total', 'carrier,operation,outcome'],
  ['carrier_request_duration_ms', 'carrier,operation'],
  ['carrier_breaker_state', 'carrier'],
  ['carrier_cost_minor_total', 'carrier,currency'],
  ['labels_bought_total', 'carrier,outcome'],
  ['job_failures_total', 'job_name'],
  ['outbox_lag_seconds', ''],
  ['webhook_deliveries_total', 'source,topic,outcome'],
  ['channel_fulfilments_total', 'kind,outcome'],
  ['channel_stock_lag_seconds', 'channel'],
  ['database_pool_connections', 'pool,state'],
  ['database_pool_waiting', 'pool'],
  ['job_queue_depth', 'state'],
];

const page = async (of: ReturnType<typeof promMeter>): Promise<readonly string[]> => (await of.expose()).body.split('\n');

describe('promMeter', () => {
  it('shows what was counted, observed and set, in the text format of Prometheus', async () => {
    const prom = promMeter();
    prom.meter.count('orders_placed_total', { source: 'api', outcome: 'placed' });
    prom.meter.count('orders_placed_total', { outcome: 'placed', source: 'api' }, 4);
    prom.meter.observe('carrier_request_duration_ms', { carrier: 'dhl', operation: 'buyLabel' }, 700);
    prom.meter.set('outbox_lag_seconds', {}, 2.5);
    const lines = await page(prom);
    expect(lines).toContain('orders_placed_total{source="api",outcome="placed"} 5');
    expect(lines).toContain('carrier_request_duration_ms_bucket{le="500",carrier="dhl",operation="buyLabel"} 0');
    expect(lines).toContain('carrier_request_duration_ms_bucket{le="1000",carrier="dhl",operation="buyLabel"} 1');
    expect(lines).toContain('outbox_lag_seconds 2.5');
    expect((await prom.expose()).contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('has exactly the names and labels that dashboards and alerts are written against', () => {
    const declared = Object.entries<Declared>(declaredMetrics).map(([name, { labels }]) => [name, labels.join(',')]);
    expect(declared).toEqual(fixed);
  });

  it.each(Object.entries<Declared>(declaredMetrics))('takes and shows %s', async (name, { kind, labels }) => {
    const { meter, expose } = promMeter();
    const change = { counter: meter.count, histogram: meter.observe, gauge: meter.set }[kind];
    change(name, Object.fromEntries(labels.map((label) => [label, 'x'])), 1);
    const { body } = await expose();
    expect(body).toContain(`# TYPE ${name} ${kind}\n`);
    const series = labels.length === 0 ? '' : `{${labels.map((label) => `${label}="x"`).join(',')}}`;
    expect(body.split('\n')).toContain(`${name}${kind === 'histogram' ? '_sum' : ''}${series} 1`);
  });

  it('shows no value of a gauge that nobody has set, instead of a healthy zero', async () => {
    const lines = await page(promMeter());
    expect(lines).toContain('# TYPE inventory_oversold_units gauge');
    expect(lines.filter((line) => line.startsWith('inventory_oversold_units'))).toEqual([]);
  });

  it('throws at a name that was not declared, also at one that every object has', () => {
    const { meter } = promMeter();
    expect(() => meter.count('orders_lost_total', {})).toThrow('bug: no such metric was declared: orders_lost_total');
    expect(() => meter.set('constructor', {}, 1)).toThrow('bug: no such metric was declared: constructor');
  });

  it('throws at a metric of another kind', () => {
    const { meter } = promMeter();
    expect(() => meter.count('outbox_lag_seconds', {})).toThrow('bug: no such metric was declared: outbox_lag_seconds');
  });

  it('throws at a label too many, too few or misspelt', () => {
    const { meter } = promMeter();
    const all = 'bug: orders_placed_total has the labels (outcome, source), not';
    expect(() => meter.count('orders_placed_total', { source: 'api' })).toThrow(`${all} (source)`);
    expect(() => meter.count('orders_placed_total', { source: 'api', outcome: 'placed', sku: 'A' })).toThrow(
      `${all} (outcome, sku, source)`,
    );
    expect(() => meter.count('orders_placed_total', { source: 'api', Outcome: 'placed' })).toThrow(`${all} (Outcome, source)`);
  });

  it('throws at a value that is no number, and at counting down', () => {
    const { meter } = promMeter();
    expect(() => meter.set('outbox_lag_seconds', {}, Number.NaN)).toThrow("bug: outbox_lag_seconds can't be changed by NaN");
    expect(() => meter.observe('order_batch_size', {}, Number.POSITIVE_INFINITY)).toThrow("can't be changed by Infinity");
    expect(() => meter.count('inventory_adjustments_total', { kind: 'loss' }, -1)).toThrow("can't be changed by -1");
  });

  it('keeps two meters of one process apart', async () => {
    const [one, other] = [promMeter(), promMeter()];
    one.meter.set('outbox_lag_seconds', {}, 1);
    other.meter.set('outbox_lag_seconds', {}, 2);
    expect(await page(one)).toContain('outbox_lag_seconds 1');
    expect(await page(other)).toContain('outbox_lag_seconds 2');
  });

  it('shows nothing of a gauge that was forgotten, with labels or without, and takes it again', async () => {
    const prom = promMeter({ maxSeries: 1 });
    const shown = async () => (await page(prom)).filter((line) => /^(outbox_lag|channel_stock_lag)/.test(line));
    prom.meter.set('outbox_lag_seconds', {}, 3);
    prom.meter.set('channel_stock_lag_seconds', { channel: 'one' }, 3);
    expect(await shown()).toEqual(['outbox_lag_seconds 3', 'channel_stock_lag_seconds{channel="one"} 3']);
    prom.forget('outbox_lag_seconds');
    prom.forget('channel_stock_lag_seconds');
    expect(await shown()).toEqual([]);
    prom.meter.set('channel_stock_lag_seconds', { channel: 'other than that' }, 4);
    expect(await shown()).toEqual(['channel_stock_lag_seconds{channel="other than that"} 4']);
    expect(() => prom.forget('orders_placed_total')).toThrow('bug: no such metric was declared: orders_placed_total');
  });

  describe('of organizations', () => {
    const limited = (organization_id: string, endpoint = 'GET /orders') => ({ type: 'api_user', organization_id, endpoint });

    it('shows so many series of a metric, counts whoever comes later together, and loses no count', async () => {
      const prom = promMeter({ maxSeries: 2 });
      for (const organization of ['one', 'two', 'three', 'four', 'one'])
        prom.meter.count('rate_limit_hits_total', limited(organization));
      prom.meter.count('rate_limit_hits_total', limited('one', 'GET /items'));
      const hits = (await page(prom)).filter((line) => line.startsWith('rate_limit_hits_total{'));
      expect(hits.map((line) => /organization_id="(.*)",endpoint="(.*)"} (.*)$/.exec(line)?.slice(1))).toEqual([
        ['one', 'GET /orders', '2'],
        ['two', 'GET /orders', '1'],
        ['other', 'GET /orders', '2'],
        ['other', 'GET /items', '1'],
      ]);
    });

    it('keeps room of its own for each metric, so that those who are turned away have theirs', async () => {
      const prom = promMeter({ maxSeries: 1 });
      prom.meter.count('rate_limit_hits_total', limited('one'));
      prom.meter.count('rate_limit_blocks_total', limited('two'));
      const lines = await page(prom);
      expect(lines).toContain('rate_limit_blocks_total{type="api_user",organization_id="two",endpoint="GET /orders"} 1');
    });

    it('shows no gauge for many at once', async () => {
      const prom = promMeter({ maxSeries: 1 });
      for (const [index, organization] of ['one', 'two', 'three'].entries())
        prom.meter.set('rate_limit_remaining', limited(organization), index);
      expect((await page(prom)).filter((line) => line.startsWith('rate_limit_remaining{'))).toEqual([
        'rate_limit_remaining{type="api_user",organization_id="one",endpoint="GET /orders"} 0',
      ]);
    });

    it('takes part in a bound that holds for whatever comes', async () => {
      const prom = promMeter();
      const metrics = Object.entries<Declared>(declaredMetrics).filter(([, { openLabel }]) => openLabel);
      for (const [name, { kind, labels, openLabel = '' }] of metrics)
        for (let index = 0; index < 6_000; index += 1) {
          const given = Object.fromEntries(labels.map((label) => [label, label === openLabel ? String(index) : 'x']));
          (kind === 'gauge' ? prom.meter.set : prom.meter.count)(name, given, 1);
        }
      const lines = await page(prom);
      for (const [name, { kind }] of metrics)
        expect([name, lines.filter((line) => line.startsWith(`${name}{`)).length]).toEqual([
          name,
          kind === 'gauge' ? 5_000 : 5_001,
        ]);
    });
  });

  it('shows the process metrics of Node', async () => {
    const { body } = await promMeter().expose();
    expect(body).toContain('# TYPE nodejs_eventloop_lag_seconds gauge');
    expect(body).toContain('# TYPE process_cpu_seconds_total counter');
  });
});
