import { type OrganizationId, type PushReader, type Tracked, takePush } from '@rappit/domain';
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
import { sha256 } from '../fakes/sha256.js';

const MINUTE = 60_000;
const delivered: Tracked = { trackingNumber: '', status: 'delivered', events: [], signedBy: null, deliveryOn: null };

/** What is told of is one number a line. */
const readerThat = (believes: boolean): PushReader => ({
  carrier: 'fake',
  verifies: () => true,
  numbers: (text) => ({ ok: true, value: text.split('\n').map((number) => ({ number, said: 'delivered' })) }),
  tracked: ({ number }) => (believes ? { ...delivered, trackingNumber: number } : null),
});

/** A shipment, and how often what its carrier sent is kept. */
const scene = async (believes: boolean) => {
  const fake = fakeCarrier();
  const hub = inMemory({ carriers: fakeCarriers(fake.carrier) });
  const { caller, memory, ids, clock } = hub;
  const sku = exampleSku('MUG');
  await hub.addItem(caller, sku, exampleItem('Mug'));
  const location = await hub.addLocation(caller, { ...exampleLocation('FRA'), address: exampleAddress });
  if (!location.ok) throw new Error(location.error.code);
  await hub.receiveStock(caller, { sku, locationId: location.value.id, quantity: 1, reference: null });
  const placed = await hub.placeOrder(caller, exampleDraft([exampleLine('MUG', 1)]));
  if (!placed.ok) throw new Error(placed.error.code);
  await hub.markReady(caller, placed.value.id);
  const wanted = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId: null, lineIds: null };
  const shipped = await hub.shipOrder(caller, placed.value.id, wanted);
  if (!shipped.ok) throw new Error(shipped.error.code);
  const number = shipped.value.trackingNumber ?? '';
  const take = takePush({
    unitOfWork: memory.unitOfWork,
    door: memory.door,
    ids,
    digest: sha256,
    pushReaders: [readerThat(believes)],
  });
  return {
    clock,
    /** Whether it was kept as something new. */
    push: async (further = '') => {
      const text = `${number}${further}`;
      const taken = await take('fake', { text, body: new TextEncoder().encode(text), proof: '' });
      if (!taken.ok) throw new Error(taken.error.code);
      return (await due(memory, caller.organizationId)).length;
    },
  };
};

const due = async ({ unitOfWork }: ReturnType<typeof inMemory>['memory'], organizationId: OrganizationId) => {
  const claimed = await unitOfWork.run(organizationId, async ({ inbox }) => {
    const deliveries = await inbox.claim(100, 60);
    for (const { id } of deliveries) await inbox.done(id, 'tracked');
    return { ok: true as const, value: deliveries };
  });
  return claimed.ok ? claimed.value : [];
};

describe('what a carrier sends twice', () => {
  it('is kept once where its scans can be believed, whenever it comes again', async () => {
    const { push, clock } = await scene(true);
    expect([await push(), await push(), await push('\nOTHER')]).toEqual([1, 0, 1]);
    clock.advance(60 * MINUTE);
    expect(await push()).toBe(0);
  });

  it('is the same hint for a while, and a new one later, as after a correction', async () => {
    const { push, clock } = await scene(false);
    expect([await push(), await push(), await push('\nOTHER')]).toEqual([1, 0, 1]);
    clock.advance(60 * MINUTE);
    expect([await push(), await push()]).toEqual([1, 0]);
  });
});
