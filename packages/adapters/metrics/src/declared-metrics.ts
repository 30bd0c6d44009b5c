type Labelled = {
  readonly help: string;
  readonly labels: readonly string[];
  /** The label whose values merchants make more of, where there is one: only so many series are kept of such a metric (ADR 0057). */
  readonly openLabel?: 'organization_id' | 'channel';
};
export type Declared = Labelled &
  ({ readonly kind: 'counter' | 'gauge' } | { readonly kind: 'histogram'; readonly buckets: readonly number[] });

const rateLimited = { labels: ['type', 'organization_id', 'endpoint'], openLabel: 'organization_id' } as const;

/**
 * Every metric that Rappit itself measures: the names and labels of design §9, and what else an alert or an operator asks for.
 * (`job` is what Prometheus calls whom it scrapes.)
 * `endpoint` and `route` are route patterns; a raw path would make a series of each id that was ever asked for.
 */
export const declaredMetrics = {
  rate_limit_hits_total: { kind: 'counter', help: 'Requests that were counted against a rate limit.', ...rateLimited },
  rate_limit_blocks_total: { kind: 'counter', help: 'Requests that a rate limit turned away.', ...rateLimited },
  rate_limit_remaining: { kind: 'gauge', help: 'What the last counted request left of its limit.', ...rateLimited },
  subscription_blocks_total: {
    kind: 'counter',
    help: 'Writes turned away because the subscription does not allow them.',
    labels: ['organization_id', 'subscription_status', 'endpoint'],
    openLabel: 'organization_id',
  },
  subscription_unknown_statuses_total: {
    kind: 'counter',
    help: 'Times that access was decided by a word of the billing provider that we do not know.',
    labels: [],
  },
  http_requests_total: { kind: 'counter', help: 'Requests that were answered.', labels: ['method', 'route', 'status_code'] },
  http_request_duration_ms: {
    kind: 'histogram',
    help: 'Time to answer a request, in milliseconds.',
    labels: ['method', 'route'],
    buckets: [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000],
  },
  inventory_oversold_units: {
    kind: 'gauge',
    help: 'Units promised beyond what is on hand, by the last reconciliation.',
    labels: [],
  },
  inventory_ledger_drift_units: {
    kind: 'gauge',
    help: 'Units by which levels and ledger differ, by the last reconciliation.',
    labels: [],
  },
  inventory_orphaned_reservations: {
    kind: 'gauge',
    help: 'Open reservations that no order line owns, by the last reconciliation.',
    labels: [],
  },
  inventory_adjustments_total: { kind: 'counter', help: 'Adjustments of stock.', labels: ['kind'] },
  orders_placed_total: {
    kind: 'counter',
    help: 'Orders that were tried to be placed, by what became of them.',
    labels: ['source', 'outcome'],
  },
  order_batch_size: {
    kind: 'histogram',
    help: 'Orders that one transaction took in.',
    labels: [],
    buckets: [1, 2, 5, 10, 20, 50, 100, 200],
  },
  carrier_requests_total: {
    kind: 'counter',
    help: 'Questions put to a carrier, by what became of them.',
    labels: ['carrier', 'operation', 'outcome'],
  },
  carrier_request_duration_ms: {
    kind: 'histogram',
    help: 'Time a carrier took for its answer, in milliseconds.',
    labels: ['carrier', 'operation'],
    buckets: [50, 100, 250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000],
  },
  carrier_breaker_state: {
    kind: 'gauge',
    help: 'The worst breaker of the carrier: 0 closed, 1 half-open, 2 open.',
    labels: ['carrier'],
  },
  carrier_cost_minor_total: {
    kind: 'counter',
    help: 'What carriers charged for labels, in minor units.',
    labels: ['carrier', 'currency'],
  },
  labels_bought_total: { kind: 'counter', help: 'Purchases of labels, by what became of them.', labels: ['carrier', 'outcome'] },
  job_failures_total: {
    kind: 'counter',
    help: 'Background jobs that failed, and are tried again.',
    labels: ['job_name'],
  },
  outbox_lag_seconds: { kind: 'gauge', help: 'For how long the event has been due that has waited longest.', labels: [] },
  webhook_deliveries_total: {
    kind: 'counter',
    help: 'Deliveries of webhooks that came in.',
    labels: ['source', 'topic', 'outcome'],
  },
  channel_fulfilments_total: {
    kind: 'counter',
    help: 'Attempts to tell a shop of a parcel, by what became of it: due means that it is tried again.',
    labels: ['kind', 'outcome'],
  },
  channel_stock_lag_seconds: {
    kind: 'gauge',
    help: 'Age of the oldest stock level that the channel was not told yet.',
    labels: ['channel'],
    openLabel: 'channel',
  },
  database_pool_connections: {
    kind: 'gauge',
    help: 'Connections to the database that this process holds: used, or idle.',
    labels: ['pool', 'state'],
  },
  database_pool_waiting: { kind: 'gauge', help: 'Pieces of work that wait for a connection to the database.', labels: ['pool'] },
  job_queue_depth: {
    kind: 'gauge',
    help: 'Jobs of all processes: due, later, or failed for good.',
    labels: ['state'],
  },
} as const satisfies Readonly<Record<string, Declared>>;

export type MetricName = keyof typeof declaredMetrics;
