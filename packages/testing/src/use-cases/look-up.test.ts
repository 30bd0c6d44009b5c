import type { Carrier } from '@rappit/domain';
import {
  exampleAddress,
  exampleDraft,
  exampleItem,
  exampleLine,
  exampleLocation,
  exampleParcel,
  exampleSku,
  fakeCarrier,
  fakeCarriers,
  inMemory,
} from '../fakes/index.js';

const MUG = exampleSku('MUG');

type Finding = (findByReference: Carrier['findByReference']) => Carrier['findByReference'];

/** Purchases at two carriers whose answers were lost, ten minutes ago, those of the first before the second's. */
const lostPurchases = async (ofFirst: number, finding: { readonly first: Finding; readonly second?: Finding }) => {
  const [first, second] = [fakeCarrier('first'), fakeCarrier('second')];
  const found = ({ carrier }: typeof first, change: Finding = (as) => as): Carrier => ({
    ...carrier,
    findByReference: change(carrier.findByReference),
  });
  const hub = inMemory({ carriers: fakeCarriers(found(first, finding.first), found(second, finding.second)) });
  const { caller } = hub;
  await hub.addItem(caller, MUG, exampleItem('Mug'));
  const location = await hub.addLocation(caller, { ...exampleLocation('FRA'), address: exampleAddress });
  if (!location.ok) throw new Error(location.error.code);
  const locationId = location.value.id;
  await hub.receiveStock(caller, { sku: MUG, locationId, quantity: 100, reference: null });
  for (const fake of [first, second]) fake.breakDown('lostAfterSale');
  for (const carrier of [...Array.from({ length: ofFirst }, () => 'first'), 'second']) {
    const placed = await hub.placeOrder(caller, exampleDraft([exampleLine('MUG', 1)]));
    if (!placed.ok) throw new Error(placed.error.code);
    await hub.markReady(caller, placed.value.id);
    const request = { carrier, accountId: null, service: null, parcels: [exampleParcel], locationId, lineIds: null };
    await hub.shipOrder(caller, placed.value.id, request);
  }
  for (const fake of [first, second]) fake.mend();
  hub.clock.advance(600_000);
  const { organizationId } = caller;
  const statusesOf = async (carrier: string) =>
    (await hub.memory.unitOfWork.read(organizationId, ({ shipments }) => shipments.list({ limit: 500 }, {}))).data
      .filter((shipment) => shipment.carrier === carrier)
      .map(({ status }) => status);
  return { first, second, statusesOf, lookUp: () => hub.lookUpPurchases(organizationId) };
};

describe('looking purchases up', () => {
  it('finds those of one carrier while another one hangs', async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const { lookUp, statusesOf } = await lostPurchases(2, {
      first: (findByReference) => async (trace) => {
        await gate;
        return findByReference(trace);
      },
      second: (findByReference) => (trace) => {
        open();
        return findByReference(trace);
      },
    });
    expect(await lookUp()).toEqual({ due: 3, unanswered: 0 });
    expect([await statusesOf('first'), await statusesOf('second')]).toEqual([['labelled', 'labelled'], ['labelled']]);
  });

  it('asks a carrier no more after it has not answered, and puts off what it was not asked', async () => {
    let asked = 0;
    const { first, second, lookUp, statusesOf } = await lostPurchases(3, {
      first: (findByReference) => (trace) => {
        asked += 1;
        return findByReference(trace);
      },
    });
    first.breakDown('unavailable');
    expect(await lookUp()).toEqual({ due: 4, unanswered: 1 });
    expect([asked, await statusesOf('first')]).toEqual([1, ['unknown', 'unknown', 'unknown']]);
    expect([second.sold().length, await statusesOf('second')]).toEqual([1, ['labelled']]);
    expect(await lookUp()).toEqual({ due: 0, unanswered: 0 });
  });
});
