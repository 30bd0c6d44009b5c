import { OrderLineId } from '@rappit/domain';
import { exampleItem, exampleSku } from '../fakes/index.js';
import { mug } from './orders-scene.test-kit.js';
import { shopLine, shopOrder, shopScene } from './shop-scene.test-kit.js';

type Scene = Awaited<ReturnType<typeof shopScene>>;

const unknown = (quantity: number, lineId = '7') =>
  shopLine('NOBODY KNOWS', quantity, { name: 'A mug', external: { lineId, variantId: '42', sku: 'NOBODY KNOWS' } });

/** Lines that wait for somebody to name their goods. */
const waitingIn = async ({ rappit, caller }: Scene) =>
  (await rappit.memory.unitOfWork.read(caller.organizationId, ({ channels }) => channels.unmapped({ limit: 100 }))).data.map(
    ({ orderLineId }) => OrderLineId(orderLineId),
  );

describe('goods that nobody knew', () => {
  it('are promised when they are named, in the old place of their order, and it goes on', async () => {
    const scene = await shopScene(0);
    const { rappit, caller } = scene;
    await scene.hear(shopOrder(1, [unknown(2)]));
    const later = await scene.place([{ ...shopLine('MUG', 2), external: null }]);
    await scene.receive(mug, 1, await scene.addLocation('CLOSED'));
    expect(await scene.units(later)).toEqual([[0, 1, 1, 0, 0]]);
    const [line] = await waitingIn(scene);
    const resolved = await rappit.resolveUnmapped(caller, line ?? OrderLineId(''), mug);
    expect(resolved).toMatchObject({ ok: true, value: { status: 'backordered', hold: null } });
    await scene.receive(mug, 2);
    expect(await scene.units(await scene.orderId())).toEqual([[0, 2, 0, 0, 0]]);
    expect((await scene.told(await scene.orderId())).slice(1)).toEqual([
      ['edited', 'onHold', 'backordered', 'A mug: MUG'],
      ['backorderFilled', 'backordered', 'reserved', null],
    ]);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });

  it('are named in the shop, too: what it sells next of the variant is known', async () => {
    const scene = await shopScene(5);
    await scene.hear(shopOrder(1, [unknown(1)]));
    const [line] = await waitingIn(scene);
    await scene.rappit.resolveUnmapped(scene.caller, line ?? OrderLineId(''), mug);
    await scene.hear(shopOrder(2, [unknown(1, '8')], { externalId: '2' }));
    expect(await scene.find(await scene.orderId('2'))).toMatchObject({ status: 'reserved', lines: [{ sku: 'MUG' }] });
  });

  it('hold their order until the last of them is named', async () => {
    const scene = await shopScene(5);
    await scene.hear(shopOrder(1, [unknown(1), shopLine('NOR THIS', 2)]));
    const [first, second] = await waitingIn(scene);
    expect(await scene.rappit.resolveUnmapped(scene.caller, first ?? OrderLineId(''), mug)).toMatchObject({
      value: { status: 'onHold', hold: 'unmappedSku' },
    });
    expect(await scene.units(await scene.orderId())).toEqual([
      [0, 1, 0, 0, 0],
      [2, 0, 0, 0, 0],
    ]);
    expect(await scene.rappit.ignoreUnmapped(scene.caller, second ?? OrderLineId(''))).toMatchObject({
      value: { status: 'reserved', hold: null },
    });
    expect((await scene.told(await scene.orderId())).at(-1)).toEqual([
      'linesCancelled',
      'onHold',
      'reserved',
      'other: 2 × NOR THIS',
    ]);
  });

  it('end an order that wanted nothing else when they are given up', async () => {
    const scene = await shopScene(5);
    await scene.hear(shopOrder(1, [unknown(1)]));
    const [line] = await waitingIn(scene);
    const id = await scene.orderId();
    await scene.rappit.ignoreUnmapped(scene.caller, line ?? OrderLineId(''));
    expect((await scene.find(id)).status).toBe('cancelled');
    expect(await waitingIn(scene)).toEqual([]);
  });

  it('that were given up stay so, whatever the shop tells next', async () => {
    const scene = await shopScene(5);
    await scene.hear(shopOrder(1, [shopLine('MUG', 1), unknown(2)]));
    const [line] = await waitingIn(scene);
    await scene.rappit.ignoreUnmapped(scene.caller, line ?? OrderLineId(''));
    await scene.hear(shopOrder(2, [shopLine('MUG', 2), unknown(2)]));
    expect(await scene.units(await scene.orderId())).toEqual([
      [0, 2, 0, 0, 0],
      [0, 0, 0, 0, 2],
    ]);
  });

  it('are refused for a line that waits for nothing, and for an item that is none', async () => {
    const scene = await shopScene(5);
    const { rappit, caller } = scene;
    await scene.hear(shopOrder(1, [unknown(1)]));
    const line = (await waitingIn(scene))[0] ?? OrderLineId('');
    expect(await rappit.resolveUnmapped(caller, line, exampleSku('NONE'))).toMatchObject({ error: { code: 'item.not_found' } });
    await rappit.resolveUnmapped(caller, line, mug);
    const gone = { ok: false, error: { code: 'unmapped_item.not_found' } };
    expect(await rappit.resolveUnmapped(caller, line, mug)).toEqual(gone);
    expect(await rappit.ignoreUnmapped(caller, line)).toEqual(gone);
  });

  it('are named in every order that waits, once the variant is listed or the item is there', async () => {
    const scene = await shopScene(9);
    const { rappit, caller } = scene;
    for (const externalId of ['1', '2', '3']) await scene.hear(shopOrder(1, [unknown(1)], { externalId }));
    await scene.hear(shopOrder(1, [shopLine('PLATE ☕', 1)], { externalId: '4' }));
    await rappit.mapListing(caller, { channelId: scene.channelId, externalVariantId: '42', sku: mug });
    await rappit.addItem(caller, exampleSku('PLATE ☕'), exampleItem('Plate'));
    expect(await rappit.nameKnownGoods(caller.organizationId)).toBe(4);
    expect(await waitingIn(scene)).toEqual([]);
    expect((await scene.find(await scene.orderId('4'))).status).toBe('backordered');
    expect(await rappit.nameKnownGoods(caller.organizationId)).toBe(0);
    expect(await scene.books()).toMatchObject({ levels: [], lines: [] });
  });
});
