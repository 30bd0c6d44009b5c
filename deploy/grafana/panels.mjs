/**
 * What the dashboards show. `npm run dashboards` writes Grafana's JSON from it, `test/e2e/dashboards.test.ts` asks each query of a real
 * Prometheus, and docs/screenshots shows the answers. A panel is a title, its unit, and queries by the legend that each has.
 */
const rate = '$__rate_interval';
/** Up to so many lines in a panel that could have one for each organization, route or shop. */
const TOP = 10;

const quantiles = (metric, by = '') =>
  Object.fromEntries(
    [0.5, 0.95, 0.99].map((quantile) => [
      `${by === '' ? '' : `{{${by}}} `}p${quantile * 100}`,
      `histogram_quantile(${quantile}, sum by (${['le', by].filter(Boolean).join(', ')}) (rate(${metric}[${rate}])))`,
    ]),
  );

const callsOf = (carrier, name) => ({
  title: `${name} API calls and errors`,
  unit: 'reqps',
  queries: {
    '{{operation}}': `sum by (operation) (rate(carrier_requests_total{carrier="${carrier}", outcome="ok"}[${rate}]))`,
    'error: {{operation}} {{outcome}}': `sum by (operation, outcome) (rate(carrier_requests_total{carrier="${carrier}", outcome!="ok"}[${rate}]))`,
  },
});

export const dashboards = [
  {
    uid: 'rappit-rate-limiting',
    title: 'Rappit: rate limiting',
    panels: [
      {
        title: 'Rate limit hits by type and organization',
        unit: 'reqps',
        queries: {
          '{{type}} {{organization_id}}': `topk(${TOP}, sum by (type, organization_id) (rate(rate_limit_hits_total[${rate}])))`,
        },
      },
      {
        title: 'Rate limit blocks over time',
        unit: 'reqps',
        queries: { '{{type}}': `sum by (type) (rate(rate_limit_blocks_total[${rate}]))` },
      },
      {
        title: 'Top organizations hitting limits, by blocks within an hour',
        unit: 'short',
        queries: { '{{organization_id}}': `topk(${TOP}, sum by (organization_id) (increase(rate_limit_blocks_total[1h])))` },
      },
      {
        title: 'Rate limit remaining capacity',
        unit: 'short',
        queries: { '{{type}} {{organization_id}}': `bottomk(${TOP}, min by (type, organization_id) (rate_limit_remaining))` },
      },
      {
        title: 'Blocks by endpoint',
        unit: 'reqps',
        queries: { '{{type}} {{endpoint}}': `topk(${TOP}, sum by (type, endpoint) (rate(rate_limit_blocks_total[${rate}])))` },
      },
      {
        title: 'Share of limited requests that is turned away',
        unit: 'percentunit',
        queries: { 'turned away': `sum(rate(rate_limit_blocks_total[${rate}])) / sum(rate(rate_limit_hits_total[${rate}]))` },
      },
    ],
  },
  {
    uid: 'rappit-subscriptions',
    title: 'Rappit: subscriptions',
    panels: [
      {
        title: 'Subscription blocks by organization, within an hour',
        unit: 'short',
        queries: { '{{organization_id}}': `topk(${TOP}, sum by (organization_id) (increase(subscription_blocks_total[1h])))` },
      },
      {
        title: 'Blocks by subscription status',
        unit: 'reqps',
        queries: { '{{subscription_status}}': `sum by (subscription_status) (rate(subscription_blocks_total[${rate}]))` },
      },
      {
        title: 'Blocked endpoints frequency',
        unit: 'reqps',
        queries: { '{{endpoint}}': `topk(${TOP}, sum by (endpoint) (rate(subscription_blocks_total[${rate}])))` },
      },
      {
        title: 'The most that an organization was blocked within an hour (alert above 50)',
        unit: 'short',
        queries: { blocks: 'max(rappit:subscription_blocks:increase1h)' },
      },
      {
        title: 'What the billing provider tells',
        unit: 'reqps',
        queries: {
          '{{topic}} {{outcome}}': `sum by (topic, outcome) (rate(webhook_deliveries_total{source="stripe"}[${rate}]))`,
        },
      },
      {
        title: 'Words of the billing provider that we do not know',
        unit: 'short',
        queries: { times: 'sum(subscription_unknown_statuses_total)' },
      },
    ],
  },
  {
    uid: 'rappit-api',
    title: 'Rappit: API',
    panels: [
      {
        title: 'Request rate by endpoint',
        unit: 'reqps',
        queries: { '{{method}} {{route}}': `topk(${TOP}, sum by (method, route) (rate(http_requests_total[${rate}])))` },
      },
      { title: 'Response times', unit: 'ms', queries: quantiles('http_request_duration_ms_bucket') },
      {
        title: 'Slowest endpoints, p95',
        unit: 'ms',
        queries: {
          '{{method}} {{route}}': `topk(${TOP}, histogram_quantile(0.95, sum by (le, method, route) (rate(http_request_duration_ms_bucket[${rate}]))))`,
        },
      },
      {
        title: 'Error rates',
        unit: 'percentunit',
        queries: {
          '5xx': `sum(rate(http_requests_total{status_code=~"5.."}[${rate}])) / sum(rate(http_requests_total[${rate}]))`,
          '4xx': `sum(rate(http_requests_total{status_code=~"4.."}[${rate}])) / sum(rate(http_requests_total[${rate}]))`,
        },
      },
      {
        title: 'Status code distribution',
        unit: 'reqps',
        queries: { '{{status_code}}': `sum by (status_code) (rate(http_requests_total[${rate}]))` },
      },
      { title: 'Processes that answer', unit: 'short', queries: { processes: 'sum(up{job="rappit"})' } },
      {
        title: 'Event loop lag',
        unit: 's',
        queries: {
          '{{instance}} p99': 'nodejs_eventloop_lag_p99_seconds',
          '{{instance}} p50': 'nodejs_eventloop_lag_p50_seconds',
        },
      },
      {
        title: 'Memory',
        unit: 'bytes',
        queries: { '{{instance}} resident': 'process_resident_memory_bytes', '{{instance}} heap': 'nodejs_heap_size_used_bytes' },
      },
      { title: 'Processor time', unit: 'percentunit', queries: { '{{instance}}': `rate(process_cpu_seconds_total[${rate}])` } },
      {
        title: 'Database connections',
        unit: 'short',
        queries: {
          '{{pool}} {{state}}': 'sum by (pool, state) (database_pool_connections)',
          '{{pool}} waiting': 'sum by (pool) (database_pool_waiting)',
        },
      },
      { title: 'Job queue', unit: 'short', queries: { '{{state}}': 'max by (state) (job_queue_depth)' } },
      {
        title: 'Job failures',
        unit: 'cps',
        queries: { '{{job_name}}': `sum by (job_name) (rate(job_failures_total[${rate}]))` },
      },
    ],
  },
  {
    uid: 'rappit-carriers',
    title: 'Rappit: carriers',
    panels: [
      callsOf('dhl', 'DHL'),
      callsOf('fedex', 'FedEx'),
      {
        title: 'Shipment creation success rate',
        unit: 'percentunit',
        queries: {
          '{{carrier}}': `sum by (carrier) (rate(labels_bought_total{outcome=~"bought|found"}[${rate}])) / sum by (carrier) (rate(labels_bought_total[${rate}]))`,
        },
      },
      {
        title: 'Label generation time',
        unit: 'ms',
        queries: quantiles('carrier_request_duration_ms_bucket{operation="buyLabel"}', 'carrier'),
      },
      {
        title: 'What carriers answer',
        unit: 'reqps',
        queries: { '{{carrier}} {{outcome}}': `sum by (carrier, outcome) (rate(carrier_requests_total[${rate}]))` },
      },
      {
        title: 'Slowest questions, p95',
        unit: 'ms',
        queries: {
          '{{carrier}} {{operation}}': `topk(${TOP}, histogram_quantile(0.95, sum by (le, carrier, operation) (rate(carrier_request_duration_ms_bucket[${rate}]))))`,
        },
      },
      {
        title: 'Breakers: 0 closed, 1 half-open, 2 open',
        unit: 'short',
        queries: { '{{carrier}}': 'max by (carrier) (carrier_breaker_state)' },
      },
      {
        title: 'Cost of labels within a day, in minor units',
        unit: 'short',
        queries: { '{{carrier}} {{currency}}': 'sum by (carrier, currency) (increase(carrier_cost_minor_total[1d]))' },
      },
      {
        title: 'What carriers tell of parcels',
        unit: 'reqps',
        queries: {
          '{{source}} {{outcome}}': `sum by (source, outcome) (rate(webhook_deliveries_total{source=~"dhl|fedex"}[${rate}]))`,
        },
      },
    ],
  },
  {
    uid: 'rappit-stock-and-orders',
    title: 'Rappit: stock and orders',
    panels: [
      {
        title: 'Books by the last reconciliations: each has to be 0',
        unit: 'short',
        queries: {
          'oversold units': 'max(inventory_oversold_units)',
          'units by which the ledger differs': 'max(inventory_ledger_drift_units)',
          'orphaned reservations': 'max(inventory_orphaned_reservations)',
        },
      },
      {
        title: 'Orders placed',
        unit: 'cps',
        queries: { '{{source}}': `sum by (source) (rate(orders_placed_total{outcome="placed"}[${rate}]))` },
      },
      {
        title: 'Orders refused',
        unit: 'cps',
        queries: {
          '{{source}} {{outcome}}': `sum by (source, outcome) (rate(orders_placed_total{outcome!="placed"}[${rate}]))`,
        },
      },
      {
        title: 'Orders in one transaction',
        unit: 'short',
        queries: {
          average: `sum(rate(order_batch_size_sum[${rate}])) / sum(rate(order_batch_size_count[${rate}]))`,
          ...quantiles('order_batch_size_bucket'),
        },
      },
      {
        title: 'Adjustments of stock',
        unit: 'cps',
        queries: { '{{kind}}': `sum by (kind) (rate(inventory_adjustments_total[${rate}]))` },
      },
      {
        title: 'How late shops are told of stock',
        unit: 's',
        queries: { '{{channel}}': `topk(${TOP}, max by (channel) (channel_stock_lag_seconds))` },
      },
      { title: 'How late events are handed on', unit: 's', queries: { 'outbox lag': 'max(outbox_lag_seconds)' } },
      {
        title: 'What shops tell',
        unit: 'reqps',
        queries: {
          '{{source}} {{topic}} {{outcome}}': `sum by (source, topic, outcome) (rate(webhook_deliveries_total{source=~"shopify|woocommerce"}[${rate}]))`,
        },
      },
    ],
  },
];
