import { type Carrier, proveDelivery, type ShipmentId } from '@rappit/domain';
import { exampleDraft, exampleItem, exampleLine, exampleLocation, exampleParcel, exampleSku } from '../fakes/examples.js';
import { fakeCarrier, fakeCarriers } from '../fakes/fake-carrier.js';
import { inMemory } from '../fakes/memory/in-memory.js';

/** A shipment that was delivered by a carrier with other ways than the fake one's. */
const delivered = async (ways: (carrier: Carrier) => Partial<Carrier>) => {
  const { carrier, scan } = fakeCarrier();
  const hub = inMemory({ carriers: fakeCarriers(carrier) });
  const sku = exampleSku('MUG');
  await hub.addItem(hub.caller, sku, exampleItem('Mug'));
  const location = await hub.addLocation(hub.caller, exampleLocation('FRA'));
  if (!location.ok) throw new Error(location.error.code);
  await hub.receiveStock(hub.caller, { sku, locationId: location.value.id, quantity: 1, reference: null });
  const placed = await hub.placeOrder(hub.caller, exampleDraft([exampleLine('MUG', 1)]));
  if (!placed.ok) throw new Error(placed.error.code);
  await hub.markReady(hub.caller, placed.value.id);
  const request = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId: null, lineIds: null };
  const shipped = await hub.shipOrder(hub.caller, placed.value.id, request);
  if (!shipped.ok || shipped.value.trackingNumber === null) throw new Error('nothing was shipped');
  scan(shipped.value.trackingNumber, [{ status: 'delivered', at: hub.clock.now() }]);
  await hub.trackNow(hub.caller, shipped.value.id);
  const { unitOfWork } = hub.memory;
  const prove = (found: Carrier | undefined) =>
    proveDelivery({ unitOfWork, carriers: { find: async () => found } })(
      hub.caller.organizationId,
      shipped.value.id as ShipmentId,
    );
  return { prove: () => prove({ ...carrier, ...ways(carrier) }), withoutCarrier: () => prove(undefined) };
};

describe('proving a delivery', () => {
  it('has the papers, with the shipment that they are of', async () => {
    const { prove } = await delivered(() => ({}));
    expect(await prove()).toMatchObject({
      ok: true,
      value: { shipment: { status: 'delivered' }, papers: [{ kind: 'proofOfDelivery', format: 'pdf' }] },
    });
  });

  it('is refused where the carrier offers none, without asking it', async () => {
    const { prove } = await delivered(({ supports }) => ({
      supports: { ...supports, proofOfDelivery: false },
      proofOfDelivery: () => Promise.reject(new Error('nobody asks')),
    }));
    expect(await prove()).toMatchObject({ ok: false, error: { code: 'carrier.unsupported' } });
  });

  it('is refused where the carrier is gone, and names no field where the carrier refuses', async () => {
    const { prove, withoutCarrier } = await delivered(() => ({
      proofOfDelivery: async () => ({ ok: false, error: { code: 'carrier.refused', message: 'No.', path: 'to.city' } }),
    }));
    expect(await withoutCarrier()).toEqual({ ok: false, error: { code: 'carrier.unknown' } });
    expect(await prove()).toEqual({ ok: false, error: { code: 'carrier.refused', message: 'No.', path: null } });
  });
});
