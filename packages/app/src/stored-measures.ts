import type { PromMeter } from '@rappit/metrics';
import type { Persistence } from '@rappit/persistence';

/** Of so many shops, the latest first, it is shown how late they are. */
const CHANNELS_SHOWN = 200;
/** What isn't known by then is left out: the page itself has to come before Prometheus gives it up. Milliseconds. */
const PATIENCE_MS = 3_000;

const gauges = [
  'outbox_lag_seconds',
  'inventory_oversold_units',
  'inventory_ledger_drift_units',
  'inventory_orphaned_reservations',
  'channel_stock_lag_seconds',
  'job_queue_depth',
] as const;

type Deps = {
  readonly persistence: Pick<Persistence, 'pools'> & {
    readonly doors: Pick<Persistence['doors'], 'booksOfAll' | 'outboxLag' | 'stockLags' | 'jobQueue'>;
  };
  readonly metrics: PromMeter;
  readonly report: (error: unknown) => void;
  readonly patienceMs?: number;
};

/**
 * Sets the gauges that are read from what is stored, over all organizations and processes: the books as the last reconciliations found
 * them (0 each while they hold), how late events and shops are, how many jobs wait. Then tells how this process stands with the database.
 * While the database doesn't answer these gauges have no value, and everything else is still shown: that is when it is looked at.
 */
export const measureStores = async ({
  persistence,
  metrics: { meter, forget },
  report,
  patienceMs = PATIENCE_MS,
}: Deps): Promise<void> => {
  const read = await inTime(readStores(persistence.doors), patienceMs).catch((error: unknown) => report(error));
  for (const gauge of gauges) forget(gauge);
  for (const { pool, used, idle, waiting } of persistence.pools()) {
    meter.set('database_pool_connections', { pool, state: 'used' }, used);
    meter.set('database_pool_connections', { pool, state: 'idle' }, idle);
    meter.set('database_pool_waiting', { pool }, waiting);
  }
  if (!read) return;
  const { books, outboxLag, stockLags, jobs } = read;
  meter.set('outbox_lag_seconds', {}, outboxLag);
  meter.set('inventory_oversold_units', {}, books.oversoldUnits);
  meter.set('inventory_ledger_drift_units', {}, books.ledgerDriftUnits);
  meter.set('inventory_orphaned_reservations', {}, books.orphanedReservations);
  for (const { channelId, seconds } of stockLags) meter.set('channel_stock_lag_seconds', { channel: channelId }, seconds);
  for (const [state, depth] of Object.entries(jobs)) meter.set('job_queue_depth', { state }, depth);
};

const readStores = async (doors: Deps['persistence']['doors']) => {
  const [books, outboxLag, stockLags, jobs] = await Promise.all([
    doors.booksOfAll(),
    doors.outboxLag(),
    doors.stockLags(CHANNELS_SHOWN),
    doors.jobQueue(),
  ]);
  return { books, outboxLag, stockLags, jobs };
};

const inTime = async <Value>(work: Promise<Value>, patienceMs: number): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('what is stored was not read in time')), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
