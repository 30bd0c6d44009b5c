import { bug, type Carrier, carrierReference, ShipmentId } from '@rappit/domain';
import { type CarrierSimulator, type FailureKind, simulatedCarrier, startCarrierSimulator } from '@rappit/simulators/carrier';
import { type CarrierWorld, carrierContract, type Outage, runContract } from '@rappit/testing/contracts';
import { exampleCustoms, exampleLabelOrder, exampleParcel, fakeIds, fakeMeter, isAway } from '@rappit/testing/fakes';
import { type DeadlinesByHand, deadlinesByHand } from '../../../../test/deadlines.js';
import { behindBreaker } from './behind-breaker.js';
import { carrierBreakers } from './carrier-breakers.js';

type SimulatedWorld = CarrierWorld & { readonly close: () => Promise<void> };

const failureOf: Readonly<Record<Outage, FailureKind>> = {
  unavailable: 'unavailable',
  rateLimited: 'rateLimited',
  unauthorized: 'unauthorized',
  lostAfterSale: 'slow',
  resetAfterSale: 'dropAfterSelling',
  lostBeforeSale: 'hang',
  unreadable: 'garbage',
  numberMissing: 'noNumber',
  labelMissing: 'noLabel',
  errorInside: 'errorInside',
  slow: 'late',
};

/** What fails is the carrier as a whole, except for an answer that gets lost, which is that to a purchase. */
const breakDown = (simulator: CarrierSimulator, outage: Outage): void => {
  simulator.recover();
  simulator.failNext(failureOf[outage], Number.POSITIVE_INFINITY);
  if (isAway(outage)) simulator.failNext(failureOf[outage], Number.POSITIVE_INFINITY, 'findByReference');
};

const simulatedWorld = async (wrapped: (carrier: Carrier) => Carrier): Promise<SimulatedWorld> => {
  const simulator = await startCarrierSimulator({ apiKey: 'wombat-key' });
  const ids = fakeIds();
  const order = () => exampleLabelOrder(carrierReference(ShipmentId(ids.next())));
  const patient = simulatedCarrier({ baseUrl: simulator.baseUrl, apiKey: 'wombat-key', deadlineMs: 60_000 });
  let isLost = false;
  const asking = <Answer>(ask: () => Promise<Answer>): Promise<Answer> =>
    isLost ? deadlines.passing(simulator.unanswered, ask) : ask();
  return {
    carrier: wrapped({
      ...patient,
      buyLabel: (asked) => asking(() => patient.buyLabel(asked)),
      findByReference: (trace) => asking(() => patient.findByReference(trace)),
    }),
    sold: simulator.sold,
    breakDown: (outage) => {
      isLost = outage === 'lostAfterSale' || outage === 'lostBeforeSale';
      breakDown(simulator, outage);
    },
    mend: () => {
      isLost = false;
      simulator.recover();
    },
    order,
    abroad: () => ({ ...order(), customs: exampleCustoms() }),
    now: () => new Date(),
    pass: () => undefined,
    scan: () => bug('nothing is tracked here'),
    pickup: () => bug('nothing is picked up here'),
    undeliverable: () => bug('no address is looked at here'),
    unsellable: () => ({
      order: { ...order(), parcels: [exampleParcel, { ...exampleParcel, weightGrams: 70_001 }] },
      path: 'parcels[1].weightGrams',
    }),
    close: simulator.close,
  };
};

const dispose = ({ close }: SimulatedWorld): Promise<void> => close();
const breakers = carrierBreakers({ meter: fakeMeter() });
let accounts = 0;
/** Each world its own account, so that the outages of one don't open the breaker of the next. */
const guarded = (carrier: Carrier): Carrier => {
  accounts += 1;
  return behindBreaker(carrier, { account: `account-${accounts}`, breakers });
};

let deadlines: DeadlinesByHand;
beforeAll(() => {
  deadlines = deadlinesByHand();
});
afterAll(() => {
  deadlines.restore();
  breakers.close();
});

runContract({ describe, it }, 'simulatedCarrier', {
  cases: carrierContract,
  make: () => simulatedWorld((carrier) => carrier),
  dispose,
});
runContract({ describe, it }, 'simulatedCarrier behind its breaker', {
  cases: carrierContract,
  make: () => simulatedWorld(guarded),
  dispose,
});
