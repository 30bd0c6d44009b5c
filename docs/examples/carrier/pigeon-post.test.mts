import { describe, it } from 'node:test';
import { carrierReference, noExtras, ShipmentId } from '@rappit/domain';
import { type CarrierWorld, carrierContract, runContract } from '@rappit/testing/contracts';
import { exampleCustoms, exampleLabelOrder, exampleParcel, fakeClock, fakeIds } from '@rappit/testing/fakes';
import { pigeonPost, SHOWN_AFTER_MS } from './pigeon-post.mjs';
import { KEY, MAX_GRAMS, startScenarioServer } from './scenario-server.mjs';

const notOffered = (): never => {
  throw new Error('Pigeon Post offers no such thing, and supports says so');
};

/** The adapter in front of its carrier, with everything that the contract has to have in its hands. */
const pigeonWorld = async (): Promise<CarrierWorld & { readonly close: () => Promise<void> }> => {
  const [clock, ids, deadlines] = [fakeClock(), fakeIds(), new Set<AbortController>()];
  const server = await startScenarioServer({
    now: clock.now,
    shownAfterMs: SHOWN_AFTER_MS,
    held: () => {
      for (const deadline of deadlines) deadline.abort();
    },
  });
  const deadline = (): AbortSignal => {
    const made = new AbortController();
    deadlines.add(made);
    return made.signal;
  };
  const order = () => exampleLabelOrder(carrierReference(ShipmentId(ids.next())));
  return {
    carrier: pigeonPost({ baseUrl: server.baseUrl, apiKey: KEY, now: clock.now, deadline }),
    sold: server.sold,
    breakDown: server.breakDown,
    mend: () => server.breakDown(null),
    now: clock.now,
    pass: () => clock.advance(SHOWN_AFTER_MS),
    order,
    abroad: () => ({ ...order(), customs: exampleCustoms(), extras: { ...noExtras, signature: true } }),
    unsellable: () => ({
      order: { ...order(), parcels: [exampleParcel, { ...exampleParcel, weightGrams: MAX_GRAMS + 1 }] },
      path: 'parcels[1].weightGrams',
    }),
    scan: server.scan,
    pickup: notOffered,
    undeliverable: notOffered,
    close: server.close,
  };
};

runContract({ describe, it }, 'Pigeon Post', { cases: carrierContract, make: pigeonWorld, dispose: ({ close }) => close() });
