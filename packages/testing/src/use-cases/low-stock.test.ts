import type { DomainEvent, LocationId } from '@rappit/domain';
import { exampleDraft, exampleItem, exampleLine, exampleLocation, exampleParcel, exampleSku, inMemory } from '../fakes/index.js';

const sku = exampleSku('MUG-1');

/** Mugs at one location, of which five or fewer are few; another location without any; and what was told of them so far. */
const scene = async (units: number, lowStockThreshold: number | null = 5) => {
  const events: DomainEvent[] = [];
  const rappit = inMemory({ subscribers: [async (_, event) => void events.push(event)] });
  const { caller } = rappit;
  const location = async (code: string): Promise<LocationId> => {
    const added = await rappit.addLocation(caller, exampleLocation(code));
    if (!added.ok) throw new Error(added.error.code);
    return added.value.id;
  };
  await rappit.addItem(caller, sku, exampleItem('Mug', { lowStockThreshold }));
  const [main, other] = [await location('MAIN'), await location('OTHER')];
  const receive = (quantity: number, locationId = main) =>
    rappit.receiveStock(caller, { sku, locationId, quantity, reference: null });
  await receive(units);
  const order = async (quantity: number, facts = {}) => {
    const placed = await rappit.placeOrder(caller, exampleDraft([exampleLine('MUG-1', quantity)], facts));
    if (!placed.ok) throw new Error(placed.error.code);
    return placed.value;
  };
  const adjust = (delta: number, locationId = main) => rappit.adjustStock(caller, { sku, locationId, delta, reason: 'count' });
  /** What has been available whenever it was said to be low. */
  const told = async () => {
    while ((await rappit.relayOutbox(caller.organizationId)) > 0);
    return events.filter(({ type }) => type === 'inventory.low_stock').map(({ data }) => data['available']);
  };
  return { rappit, caller, main, other, receive, order, adjust, told };
};

describe('low stock is told once', () => {
  it('by the order that brings it to the threshold, and again only after it was above', async () => {
    const { order, receive, told } = await scene(7);
    await order(1);
    expect(await told()).toEqual([]);
    await order(1);
    expect(await told()).toEqual([5]);
    await order(2);
    await receive(1);
    await order(1);
    expect(await told()).toEqual([5]);
    await receive(4);
    await order(3);
    expect(await told()).toEqual([5, 4]);
  });

  it('by a count that finds fewer', async () => {
    const { adjust, told } = await scene(10);
    await adjust(-5);
    await adjust(-5);
    await adjust(+6);
    await adjust(-1);
    expect(await told()).toEqual([5, 5]);
  });

  it('by what is kept back, and not by what is given free', async () => {
    const { rappit, caller, main, told } = await scene(10);
    await rappit.setSafetyStock(caller, { sku, locationId: main }, 4);
    expect(await told()).toEqual([]);
    await rappit.setSafetyStock(caller, { sku, locationId: main }, 8);
    await rappit.setSafetyStock(caller, { sku, locationId: main }, 6);
    expect(await told()).toEqual([2]);
  });

  it('by a transfer to a location that sells nothing, and not by one between shops', async () => {
    const { rappit, caller, main, other, told } = await scene(10);
    const transfer = () => rappit.transferStock(caller, { sku, from: main, to: other, quantity: 3 });
    await transfer();
    expect(await told()).toEqual([]);
    await rappit.changeLocation(caller, other, { active: false });
    await transfer();
    expect(await told()).toEqual([4]);
  });

  it('and not by a receipt that waiting orders eat up at once', async () => {
    const { order, receive, told } = await scene(0);
    await order(20, { onShortage: 'backorder' });
    await receive(20);
    expect(await told()).toEqual([]);
  });

  it('by a receipt that leaves fewer than there were, to orders that had waited for a whole kit', async () => {
    const { rappit, caller, main, receive, told } = await scene(9);
    const [kit, plate] = [exampleSku('SET'), exampleSku('PLATE-1')];
    await rappit.addItem(caller, plate, exampleItem('Plate'));
    await rappit.addItem(
      caller,
      kit,
      exampleItem('Set', {
        components: [
          { sku, quantity: 1 },
          { sku: plate, quantity: 1 },
        ],
      }),
    );
    await rappit.placeOrder(caller, exampleDraft([exampleLine('SET', 8)], { onShortage: 'backorder' }));
    expect(await told()).toEqual([]);
    await rappit.receiveStock(caller, { sku: plate, locationId: main, quantity: 8, reference: null });
    expect(await told()).toEqual([1]);
    await receive(1);
    expect(await told()).toEqual([1]);
  });

  it('and not by a shipment, which takes away what was promised already', async () => {
    const { rappit, caller, order, told } = await scene(10);
    const { id } = await order(4);
    await rappit.markReady(caller, id);
    const request = {
      carrier: 'fake',
      accountId: null,
      service: null,
      parcels: [exampleParcel],
      locationId: null,
      lineIds: null,
    };
    expect(await rappit.shipOrder(caller, id, request)).toMatchObject({ ok: true, value: { status: 'labelled' } });
    expect(await told()).toEqual([]);
  });

  it('and not by a cancellation, which makes more available', async () => {
    const { rappit, caller, order, told } = await scene(10);
    const { id } = await order(6);
    await rappit.cancelOrder(caller, id, 'customerRequest');
    await order(5);
    expect(await told()).toEqual([4, 5]);
  });

  it('and never without a threshold, nor by setting one', async () => {
    const { rappit, caller, order, told } = await scene(10, null);
    await order(9);
    await rappit.changeItem(caller, sku, { lowStockThreshold: 5 });
    await order(1);
    expect(await told()).toEqual([]);
  });

  it.each([-1, 0.5, 1_000_001, Number.NaN])('a threshold of %p is refused', async (lowStockThreshold) => {
    const { rappit, caller } = await scene(1);
    const refusal = { ok: false, error: { code: 'quantity.invalid', path: 'lowStockThreshold' } };
    expect(await rappit.changeItem(caller, sku, { lowStockThreshold })).toEqual(refusal);
    expect(await rappit.addItem(caller, exampleSku('NEW'), exampleItem('New', { lowStockThreshold }))).toEqual(refusal);
  });

  it('a kit has no threshold, however it is asked for one', async () => {
    const { rappit, caller } = await scene(1);
    const kit = exampleSku('SET');
    const facts = exampleItem('Set', { components: [{ sku, quantity: 2 }] });
    const refusal = { ok: false, error: { code: 'item.is_kit' } };
    expect(await rappit.addItem(caller, kit, { ...facts, lowStockThreshold: 3 })).toEqual(refusal);
    await rappit.addItem(caller, kit, facts);
    expect(await rappit.changeItem(caller, kit, { lowStockThreshold: 3 })).toEqual(refusal);
    expect(await rappit.changeItem(caller, kit, { lowStockThreshold: null })).toMatchObject({ ok: true });
  });
});
