import { ChannelId } from '@rappit/domain';
import { promMeter } from '@rappit/metrics';
import { measureStores } from './stored-measures.js';

const doors = {
  booksOfAll: async () => ({ oversoldUnits: 0, ledgerDriftUnits: 2, orphanedReservations: 0 }),
  outboxLag: async () => 7,
  stockLags: async () => [{ channelId: ChannelId('01890000-0000-7000-8000-000000000001'), seconds: 9 }],
  jobQueue: async () => ({ due: 3, later: 4, failed: 0 }),
};
const pools = () => [{ pool: 'work', used: 1, idle: 2, waiting: 5 } as const];
const ofDatabase = /^(outbox|inventory_(oversold|ledger|orphaned)|channel_stock|job_queue|database_pool)/;

/** What the page shows of stores after each of these answers, and what was reported. */
const shownAfter = async (...answers: readonly Partial<typeof doors>[]) => {
  const [metrics, reported] = [promMeter(), [] as unknown[]];
  for (const answer of answers)
    await measureStores({
      persistence: { pools, doors: { ...doors, ...answer } },
      metrics,
      report: (error) => void reported.push(error),
      patienceMs: 20,
    });
  const { body } = await metrics.expose();
  return { shown: body.split('\n').filter((line) => ofDatabase.test(line)), reported };
};

const connections = [
  'database_pool_connections{pool="work",state="used"} 1',
  'database_pool_connections{pool="work",state="idle"} 2',
  'database_pool_waiting{pool="work"} 5',
];

describe('what is measured in the stores', () => {
  it('is how the books stand, how late events and shops are, how many jobs wait, and who holds connections', async () => {
    const { shown, reported } = await shownAfter({});
    expect([shown, reported]).toEqual([
      [
        'inventory_oversold_units 0',
        'inventory_ledger_drift_units 2',
        'inventory_orphaned_reservations 0',
        'outbox_lag_seconds 7',
        'channel_stock_lag_seconds{channel="01890000-0000-7000-8000-000000000001"} 9',
        ...connections,
        'job_queue_depth{state="due"} 3',
        'job_queue_depth{state="later"} 4',
        'job_queue_depth{state="failed"} 0',
      ],
      [],
    ]);
  });

  it('is nothing of the database once that fails, rather than what it was, and the rest is shown', async () => {
    const gone = new Error('the database is gone');
    const failing = await shownAfter({}, { outboxLag: () => Promise.reject(gone) });
    expect([failing.shown, failing.reported]).toEqual([connections, [gone]]);
  });

  it('is not waited for longer than Prometheus waits', async () => {
    const silent = await shownAfter({}, { jobQueue: () => new Promise(() => undefined) });
    expect([silent.shown, silent.reported]).toEqual([connections, [new Error('what is stored was not read in time')]]);
  });

  it('says nothing of a channel that is not there any more', async () => {
    const { shown } = await shownAfter({}, { stockLags: async () => [] });
    expect(shown.filter((line) => line.startsWith('channel_stock_lag'))).toEqual([]);
  });
});
