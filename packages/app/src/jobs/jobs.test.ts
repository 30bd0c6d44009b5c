import { OrganizationId } from '@rappit/domain';
import { memoryPersistence } from '@rappit/testing/fakes';
import { backgroundJobs } from './jobs.js';

const ours = OrganizationId('01890000-0000-7000-8000-000000000001');
const later = new Date('2026-01-05T09:00:04.000Z');

const jobsWith = ({ due, next }: { due: number[]; next: Date | null }) => {
  const woken: unknown[] = [];
  const { unitOfWork } = memoryPersistence({ now: () => later, decide: () => [] });
  const background = backgroundJobs({
    useCases: {
      workInbox: () => Promise.resolve(due.shift() ?? 0),
      serveBacklog: () => Promise.resolve(0),
      expireUnpaid: () => Promise.resolve(0),
      reconcileAll: () => Promise.reject(new Error('not asked for')),
    },
    unitOfWork,
    doors: { organizationsWithDueRows: () => Promise.resolve([ours]), nextDue: () => Promise.resolve(next) },
    organizations: () => Promise.resolve([]),
    wake: (...nudge) => Promise.resolve(void woken.push(nudge)),
    subscribers: [],
  });
  return { background, woken, due };
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

  it('sweep every organization that has something due', async () => {
    const { background, due } = jobsWith({ due: [2], next: null });
    await background.sweeps['sweep_inbox']?.work();
    expect(due).toEqual([]);
  });
});
