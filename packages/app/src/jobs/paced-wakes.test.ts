import { OrganizationId } from '@rappit/domain';
import { PAUSE_MS, pacedWakes } from './paced-wakes.js';

const [ours, theirs] = [OrganizationId('ours'), OrganizationId('theirs')];

/** Wakes that arrive when the test says so, and pauses that end when it does. */
const pacing = ({ failing = false } = {}) => {
  const woken: (readonly OrganizationId[])[] = [];
  const pauses: { readonly ms: number; readonly end: () => void }[] = [];
  const arrivals: (() => void)[] = [];
  const faults: unknown[] = [];
  const wakes = pacedWakes({
    wake: (organizationIds) => {
      woken.push(organizationIds);
      return new Promise((resolve, reject) =>
        arrivals.push(() => (failing ? reject(new Error('the database is gone')) : resolve())),
      );
    },
    after: (ms, end) => void pauses.push({ ms, end }),
    report: (error) => void faults.push(error),
  });
  return {
    wakes,
    woken,
    pauses,
    faults,
    arrive: async (): Promise<void> => {
      arrivals.shift()?.();
      // Whatever follows an arrival follows in microtasks.
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    },
  };
};

describe('paced wakes', () => {
  it('wake for the first who asks at once, and gather the others until it has arrived', async () => {
    const { wakes, woken, arrive } = pacing();
    wakes.ask(ours);
    expect(woken).toEqual([[ours]]);
    const others = ['a', 'b', 'c'].map(OrganizationId);
    for (const other of others) wakes.ask(other);
    expect(woken).toEqual([[ours]]);
    await arrive();
    expect(woken).toEqual([[ours], others]);
  });

  it('are held back for who has just been woken for, and are one when the pause ends, however often it was asked', async () => {
    const { wakes, woken, pauses, arrive } = pacing();
    for (let times = 0; times < 100; times += 1) wakes.ask(ours);
    await arrive();
    expect([woken, pauses.map(({ ms }) => ms)]).toEqual([[[ours]], [PAUSE_MS]]);
    pauses[0]?.end();
    expect(woken).toEqual([[ours], [ours]]);
    wakes.ask(ours);
    await arrive();
    expect(woken).toHaveLength(2);
  });

  it('are none when a pause ends in which nobody asked, and one at once when somebody asks after it', async () => {
    const { wakes, woken, pauses, arrive } = pacing();
    wakes.ask(ours);
    await arrive();
    pauses[0]?.end();
    expect(woken).toHaveLength(1);
    wakes.ask(ours);
    expect(woken).toHaveLength(2);
  });

  it('go on after one that failed, which is said', async () => {
    const { wakes, woken, faults, arrive } = pacing({ failing: true });
    wakes.ask(ours);
    wakes.ask(theirs);
    await arrive();
    expect([woken, faults]).toEqual([[[ours], [theirs]], [new Error('the database is gone')]]);
  });

  it('are sent before they stop, those that are held back too, and none is taken afterwards', async () => {
    const { wakes, woken, pauses, arrive } = pacing();
    wakes.ask(ours);
    wakes.ask(ours);
    wakes.ask(theirs);
    let hasStopped = false;
    const stopped = wakes.stop().then(() => {
      hasStopped = true;
    });
    wakes.ask(OrganizationId('late'));
    await arrive();
    expect([woken, hasStopped]).toEqual([[[ours], [theirs, ours]], false]);
    await arrive();
    await stopped;
    for (const { end } of pauses) end();
    expect(woken).toHaveLength(2);
  });
});
