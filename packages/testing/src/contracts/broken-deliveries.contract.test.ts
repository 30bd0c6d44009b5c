import { type Broken, expectNoticed, withStore } from './broken-world.test-kit.js';

const broken: readonly Broken[] = [
  [
    'takes a delivery twice',
    withStore('inbox', (inbox) => ({ receive: (delivery) => inbox.receive({ ...delivery, deliveryId: delivery.id }) })),
    'an inbox',
    'keeps the first of two equal',
  ],
  [
    'leases to everybody',
    withStore('inbox', (inbox) => ({ claim: (limit) => inbox.claim(limit, 0) })),
    'an inbox',
    'leases the oldest due ones',
  ],
  [
    'holds a lease for ever',
    withStore('inbox', (inbox) => ({ claim: (limit) => inbox.claim(limit, 3_600) })),
    'an inbox',
    'hands out what nobody finished',
  ],
  [
    'leases events to everybody',
    withStore('outbox', (outbox) => ({ claim: (limit) => outbox.claim(limit, 0) })),
    'an outbox',
    'hands out the events of one aggregate',
  ],
  [
    'forgets what is heard',
    withStore('outbox', (outbox) => ({ forgetUnheard: (_, limit) => outbox.forgetUnheard([], limit) })),
    'an outbox',
    'forgets due events that nobody hears',
  ],
  [
    'loses what is announced',
    withStore('outbox', () => ({ announce: async () => undefined })),
    'an outbox',
    'hands out what was announced by itself',
  ],
  [
    'gives up nothing',
    withStore('outbox', (outbox, { now }) => ({ failed: (id, reason, at) => outbox.failed(id, reason, at ?? now) })),
    'an outbox',
    'never hands out a dead letter',
  ],
  [
    'delivers what failed',
    withStore('outbox', (outbox) => ({ failed: (id) => outbox.delivered([id]) })),
    'an outbox',
    'hands out a failed event again',
  ],
];

describe('the suites notice an inbox or outbox that', () => {
  it.each(broken)('%s', async (_, make, suite, promise) => expectNoticed(make, suite, promise));
});
