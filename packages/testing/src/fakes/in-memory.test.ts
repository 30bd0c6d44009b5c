import { exampleDraft, exampleItem, exampleLine, exampleLocation, exampleParcel, exampleSku, inMemory } from './index.js';

const stocked = async (units: number) => {
  const rappit = inMemory();
  const sku = exampleSku('MUG-1');
  await rappit.addItem(rappit.caller, sku, exampleItem('Mug'));
  const location = await rappit.addLocation(rappit.caller, exampleLocation('FRA'));
  if (!location.ok) throw new Error(location.error.code);
  await rappit.receiveStock(rappit.caller, { sku, locationId: location.value.id, quantity: units, reference: null });
  return { rappit, sku, location: location.value };
};

describe('the hub in memory', () => {
  it('promises what was received, and refuses what is not there', async () => {
    const { rappit } = await stocked(5);
    const placed = await rappit.placeOrder(rappit.caller, exampleDraft([exampleLine('MUG-1', 3)]));
    expect(placed).toMatchObject({ ok: true, value: { status: 'reserved' } });
    const short = await rappit.placeOrder(rappit.caller, exampleDraft([exampleLine('MUG-1', 3)]));
    expect(short).toEqual({
      ok: false,
      error: { code: 'order.insufficient_stock', shortfalls: [{ sku: 'MUG-1', wanted: 3, available: 2 }] },
    });
  });

  it('ships what is ready and buys one label', async () => {
    const { rappit } = await stocked(5);
    const placed = await rappit.placeOrder(rappit.caller, exampleDraft([exampleLine('MUG-1', 3)]));
    if (!placed.ok) throw new Error(placed.error.code);
    await rappit.markReady(rappit.caller, placed.value.id);
    const request = {
      carrier: 'fake',
      accountId: null,
      service: null,
      parcels: [exampleParcel],
      locationId: null,
      lineIds: null,
    };
    const shipped = await rappit.shipOrder(rappit.caller, placed.value.id, request);
    expect(shipped).toMatchObject({ ok: true, value: { status: 'labelled', trackingNumber: 'FAKE0000000001' } });
    expect(rappit.carrier.sold()).toHaveLength(1);
    expect(await rappit.reconcile(rappit.caller.organizationId)).toMatchObject({ levels: [], lines: [], complete: true });
  });

  it('gives goods that arrive to the order that waits', async () => {
    const { rappit, sku, location } = await stocked(1);
    const placed = await rappit.placeOrder(rappit.caller, exampleDraft([exampleLine('MUG-1', 3)], { onShortage: 'backorder' }));
    expect(placed).toMatchObject({ ok: true, value: { status: 'backordered' } });
    const received = await rappit.receiveStock(rappit.caller, { sku, locationId: location.id, quantity: 5, reference: null });
    expect(received).toMatchObject({ ok: true, value: { onHand: 6, reserved: 3 } });
  });
});
