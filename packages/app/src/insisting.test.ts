import { shipOrder } from '@rappit/domain';
import {
  exampleDraft,
  exampleItem,
  exampleLine,
  exampleLocation,
  exampleParcel,
  exampleSku,
  fakeCarrier,
  fakeCarriers,
  inMemory,
} from '@rappit/testing/fakes';
import { insisting } from './insisting.js';

const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** Waits by hand: it notes how long, and goes on at once. */
const noting = () => {
  const pauses: number[] = [];
  return {
    pauses,
    insist: insisting(async (milliseconds) => {
      pauses.push(milliseconds);
    }),
  };
};

describe('insisting', () => {
  it('tries again with growing pauses, for half a minute, and throws what it saw last', async () => {
    const { pauses, insist } = noting();
    let tried = 0;
    await expect(
      insist(() => {
        tried += 1;
        return Promise.reject(away);
      }),
    ).rejects.toBe(away);
    expect(tried).toBe(pauses.length + 1);
    expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
    expect(pauses.reduce((sum, one) => sum + one, 0)).toBe(29_750);
  });

  it('tries nothing again that failed for another reason', async () => {
    const { pauses, insist } = noting();
    await expect(insist(() => Promise.reject(new Error('bug: ours')))).rejects.toThrow('bug: ours');
    expect(pauses).toEqual([]);
  });
});

/** An order that is ready, on a store that is away as often as it is told, once the carrier has sold. */
const shop = async () => {
  const fake = fakeCarrier();
  const rappit = inMemory({ carriers: fakeCarriers(fake.carrier) });
  const { caller, ids, memory } = rappit;
  const sku = exampleSku('MUG');
  await rappit.addItem(caller, sku, exampleItem('Mug'));
  const location = await rappit.addLocation(caller, exampleLocation('NEAR'));
  if (!location.ok) throw new Error(location.error.code);
  const locationId = location.value.id;
  await rappit.receiveStock(caller, { sku, locationId, quantity: 3, reference: null });
  const placed = await rappit.placeOrder(caller, exampleDraft([exampleLine('MUG', 3)]));
  if (!placed.ok) throw new Error(placed.error.code);
  await rappit.markReady(caller, placed.value.id);
  const request = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId, lineIds: null };
  const papers = () =>
    memory.unitOfWork.read(caller.organizationId, async ({ shipments }) => {
      const [shipment] = (await shipments.list({ limit: 1 }, {})).data;
      return shipment ? (await shipments.papers([shipment.id])).length : 0;
    });
  const { insist, pauses } = noting();
  const ship = (unitOfWork: typeof memory.unitOfWork) =>
    shipOrder({ unitOfWork, ids, carriers: fakeCarriers(fake.carrier), insist })(caller, placed.value.id, request);
  return { fake, memory, papers, pauses, ship, books: () => rappit.reconcile(caller.organizationId) };
};

describe('a label that is bought while the database goes away', () => {
  it.each(['before it was written down', 'after it was, when the answer of the commit is lost'])(
    'is kept with its paper: %s',
    async (when) => {
      const { fake, memory, papers, pauses, ship, books } = await shop();
      let failures = 3;
      const failing: typeof memory.unitOfWork = {
        ...memory.unitOfWork,
        run: async (...asked) => {
          const isAwayNow = fake.sold().length > 0 && failures > 0;
          if (isAwayNow) failures -= 1;
          if (isAwayNow && when.startsWith('before')) throw away;
          const answer = await memory.unitOfWork.run(...asked);
          if (isAwayNow) throw away;
          return answer;
        },
      };
      expect(await ship(failing)).toMatchObject({
        ok: true,
        value: { status: 'labelled', trackingNumber: 'FAKE0000000001', warnings: [] },
      });
      expect(pauses).toHaveLength(3);
      expect(fake.sold()).toHaveLength(1);
      expect(await papers()).toBe(1);
      expect(await books()).toMatchObject({ levels: [], lines: [] });
    },
  );
});
