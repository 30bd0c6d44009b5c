import { setImmediate as breathe } from 'node:timers/promises';
import {
  type Address,
  type Carrier,
  carrierReference,
  err,
  type GuardedFetch,
  type LabelOrder,
  noExtras,
  ShipmentId,
} from '@rappit/domain';
import { alsoNearby, guardedFetch } from '@rappit/outbound/guarded';
import { behindBreaker, carrierBreakers } from '@rappit/resilience';
import type { ScenarioFault, SeenScan } from '@rappit/simulators/dhl';
import { type CarrierWorld, carrierContract, type Outage, runContract } from '@rappit/testing/contracts';
import {
  exampleAddress,
  exampleCustoms,
  exampleLabelOrder,
  exampleParcel,
  fakeClock,
  fakeIds,
  fakeMeter,
} from '@rappit/testing/fakes';

/** A vendor's scenario server, whoever the vendor is. */
export type VendorServer = {
  readonly baseUrl: string;
  readonly sold: () => readonly { readonly reference: string }[];
  readonly unanswered: () => number;
  readonly scan: (number: string, scans: readonly SeenScan[]) => void;
  readonly breakDown: (fault: ScenarioFault) => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
};

export type WorldOptions<Server extends VendorServer> = {
  readonly start: (options: { readonly now: () => Date; readonly settlesAfterMs: number }) => Promise<Server>;
  readonly carrier: (server: Server, options: CarrierOptions) => Carrier;
  /** Parcels above this are too heavy for the vendor. In grams. */
  readonly heaviest: number;
  /** How long it takes until everything is well again. */
  readonly mendsAfterMs?: number;
};
export type CarrierOptions = {
  readonly send: GuardedFetch['send'];
  readonly now: () => Date;
  readonly deadlines: { readonly purchaseMs: number; readonly questionMs: number };
  readonly settlesAfterMs: number;
};

/** Somebody whom carriers can call. */
export const reachable: Address = { ...exampleAddress, phone: '+49 69 900 100 10', email: 'mina@quokka.example' };
export const newYork: Address = {
  ...reachable,
  name: 'Ada Reyes',
  lines: ['350 Quokka Avenue', 'Floor 3'],
  city: 'New York',
  region: 'NY',
  postalCode: '10118',
  countryCode: 'US',
  phone: '+1 212 555 0100',
};

/** Another country of the same customs territory. */
export const paris: Address = {
  ...reachable,
  lines: ['12 rue du Quokka'],
  city: 'Paris',
  postalCode: '75001',
  countryCode: 'FR',
};
export const grandCanary: Address = { ...reachable, city: 'Las Palmas', postalCode: '35001', countryCode: 'ES' };

const HOUR_MS = 3_600_000;
const SETTLES_AFTER_MS = 6 * HOUR_MS;
const guard = guardedFetch({ policy: alsoNearby });
/** As far as a timer can count. */
const NEVER_MS = 2 ** 31 - 1;

/** The guard, whose calls find nobody while the vendor is away, and are given up as soon as the vendor has left all of them unanswered. */
const overWire = (server: Pick<VendorServer, 'unanswered'>, outageNow: () => Outage | null): GuardedFetch['send'] => {
  let waiting = 0;
  return async (request) => {
    const outage = outageNow();
    const { port } = new URL(request.url);
    if (outage === 'unavailable') return guard.send({ ...request, url: request.url.replace(`:${port}`, ':1') });
    if (outage !== 'lostAfterSale' && outage !== 'lostBeforeSale') return guard.send(request);
    waiting += 1;
    let isOver = false;
    const sent = guard.send({ ...request, deadlineMs: NEVER_MS }).finally(() => {
      isOver = true;
      waiting -= 1;
    });
    while (!isOver && server.unanswered() < waiting) await breathe();
    return isOver ? sent : err({ code: 'outbound.unknown_outcome', why: 'deadline', status: null });
  };
};

/** An order across a border with everything that can be had besides. */
export const abroadOrder = (order: LabelOrder): LabelOrder => ({
  ...order,
  to: newYork,
  printed: ['R-1001'],
  isReturn: false,
  extras: { ...noExtras, insuredFor: { amountMinor: 12_000, currency: 'EUR' }, signature: true, paperlessInvoice: true },
  customs: exampleCustoms({
    incoterm: 'DDP',
    dutiesPaidBy: 'sender',
    taxNumbers: [{ party: 'sender', kind: 'eori', number: 'DE1234567', countryCode: 'DE' }],
  }),
});

export type VendorWorld<Server> = CarrierWorld & { readonly server: Server; readonly close: () => Promise<void> };

export const vendorWorld = async <Server extends VendorServer>(
  { start, carrier, heaviest, mendsAfterMs = 0 }: WorldOptions<Server>,
  wrapped: (carrier: Carrier) => Carrier,
): Promise<VendorWorld<Server>> => {
  const [clock, ids] = [fakeClock(), fakeIds()];
  const server = await start({ now: clock.now, settlesAfterMs: SETTLES_AFTER_MS });
  let outageNow: Outage | null = null;
  const deadlines = { purchaseMs: 30_000, questionMs: 30_000 };
  const adapter = carrier(server, {
    send: overWire(server, () => outageNow),
    now: clock.now,
    deadlines,
    settlesAfterMs: SETTLES_AFTER_MS,
  });
  const order = (): LabelOrder =>
    exampleLabelOrder(carrierReference(ShipmentId(ids.next())), { from: reachable, to: { ...reachable, name: 'Jo Lindqvist' } });
  return {
    server,
    carrier: wrapped(adapter),
    sold: server.sold,
    breakDown: (outage) => {
      outageNow = outage;
      if (outage !== 'unavailable') server.breakDown(outage);
    },
    mend: () => {
      outageNow = null;
      clock.advance(mendsAfterMs);
      server.mend();
    },
    order,
    abroad: () => abroadOrder(order()),
    unsellable: () => ({
      order: { ...order(), parcels: [exampleParcel, { ...exampleParcel, weightGrams: heaviest + 1 }] },
      path: 'parcels[1].weightGrams',
    }),
    now: clock.now,
    pass: () => clock.advance(SETTLES_AFTER_MS),
    scan: server.scan,
    pickup: () => ({ ...order(), on: '2026-01-06', readyAt: '10:00', closesAt: '17:00', place: 'reception', abroad: false }),
    undeliverable: () => ({ ...reachable, city: 'Nowhere' }),
    close: server.close,
  };
};

/** Holds an adapter to the contract of its port, by itself and behind its breaker. */
export const keepContract = <Server extends VendorServer>(name: string, options: WorldOptions<Server>): void => {
  const breakers = carrierBreakers({ meter: fakeMeter() });
  let accounts = 0;
  const guarded = (carrier: Carrier): Carrier => {
    accounts += 1;
    return behindBreaker(carrier, { account: `account-${accounts}`, breakers });
  };
  afterAll(() => breakers.close());
  const ways = [
    [name, (carrier: Carrier) => carrier],
    [`${name} behind its breaker`, guarded],
  ] as const;
  for (const [title, wrapped] of ways)
    runContract({ describe, it }, title, {
      cases: carrierContract,
      make: () => vendorWorld(options, wrapped),
      dispose: ({ close }) => close(),
    });
};
