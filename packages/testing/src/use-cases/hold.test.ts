import { exampleLine } from '../fakes/index.js';
import { mug, ordersScene } from './orders-scene.test-kit.js';

const fraud = { reason: 'fraud', note: 'Three cards.' } as const;

describe('an order that is held', () => {
  it('keeps what is reserved for it, and is told why', async () => {
    const { rappit, caller, place, find, level, told } = await ordersScene(2);
    const id = await place([exampleLine('MUG', 2)]);
    expect(await rappit.holdOrder(caller, id, fraud)).toMatchObject({ ok: true, value: { status: 'onHold', hold: 'fraud' } });
    expect([(await find(id)).status, await level(mug)]).toEqual(['onHold', '2 of 2']);
    expect((await told(id)).at(-1)).toEqual(['held', 'reserved', 'onHold', 'fraud: Three cards.']);
  });

  it('is neither made ready nor shipped', async () => {
    const { rappit, caller, place, ship } = await ordersScene(2);
    const id = await place([exampleLine('MUG', 2)]);
    await rappit.markReady(caller, id);
    await rappit.holdOrder(caller, id, fraud);
    for (const [action, answer] of [
      ['ready', await rappit.markReady(caller, id)],
      ['ship', await ship(id)],
    ] as const)
      expect(answer).toEqual({ ok: false, error: { code: 'order.invalid_transition', status: 'onHold', action } });
  });

  it('gets nothing that arrives meanwhile, and what it waits for when it is resumed, before newer orders', async () => {
    const { rappit, caller, place, receive, units, books } = await ordersScene(1);
    const id = await place([exampleLine('MUG', 3)]);
    await rappit.holdOrder(caller, id, { reason: 'address', note: null });
    await receive(mug, 1);
    expect(await units(id)).toEqual([[0, 1, 2, 0, 0]]);
    expect(await rappit.resumeOrder(caller, id)).toMatchObject({ ok: true, value: { status: 'backordered', hold: null } });
    expect(await units(id)).toEqual([[0, 2, 1, 0, 0]]);
    await place([exampleLine('MUG', 1)]);
    await receive(mug, 1);
    expect(await units(id)).toEqual([[0, 3, 0, 0, 0]]);
    expect(await books()).toMatchObject({ levels: [], lines: [] });
  });

  it('is given what it waits for all the same when it only waits for a SKU to be mapped', async () => {
    const { rappit, caller, place, receive, units } = await ordersScene(1);
    const id = await place([exampleLine('MUG', 3)]);
    await rappit.holdOrder(caller, id, { reason: 'unmappedSku', note: null });
    await receive(mug, 2);
    expect(await units(id)).toEqual([[0, 3, 0, 0, 0]]);
  });

  it('goes on as what its lines say, and has to be made ready again', async () => {
    const { rappit, caller, place, told } = await ordersScene(2);
    const id = await place([exampleLine('MUG', 2)]);
    await rappit.markReady(caller, id);
    await rappit.holdOrder(caller, id, { reason: 'manual', note: null });
    expect(await rappit.resumeOrder(caller, id)).toMatchObject({ ok: true, value: { status: 'reserved', hold: null } });
    expect((await told(id)).at(-1)).toEqual(['resumed', 'onHold', 'reserved', 'manual']);
  });

  it('of which a part was shipped goes on as partly shipped', async () => {
    const { rappit, caller, place, ship, receive } = await ordersScene(1);
    const id = await place([exampleLine('MUG', 2)]);
    await rappit.markReady(caller, id);
    await ship(id);
    await rappit.holdOrder(caller, id, fraud);
    await receive(mug, 1);
    expect(await rappit.resumeOrder(caller, id)).toMatchObject({ ok: true, value: { status: 'partiallyShipped' } });
  });

  it('goes on only when all its goods are mapped', async () => {
    const { rappit, caller, place } = await ordersScene(1);
    const channel = await rappit.addChannel(caller, {
      kind: 'shopify',
      name: 'A shop',
      shopDomain: 'demo.myshopify.com',
      webhookSecret: 'a secret',
      keys: null,
    });
    if (!channel.ok) throw new Error(channel.error.code);
    const source = {
      kind: 'channel',
      channelId: channel.value.id,
      externalId: '1',
      externalNumber: null,
      updatedAt: new Date('2026-01-04T12:00:00.000Z'),
    } as const;
    const id = await place([exampleLine('MUG', 1), exampleLine('NOBODY KNOWS', 1)], { source });
    expect(await rappit.resumeOrder(caller, id)).toEqual({ ok: false, error: { code: 'order.lines_unmapped' } });
  });
});

it('an order whose label is being bought is not held: the parcel may be as good as gone', async () => {
  const { rappit, caller, place, ship, find } = await ordersScene(1);
  const id = await place([exampleLine('MUG', 1)]);
  await rappit.markReady(caller, id);
  rappit.carrier.breakDown('lostAfterSale');
  await ship(id);
  expect(await rappit.holdOrder(caller, id, fraud)).toEqual({ ok: false, error: { code: 'order.purchase_in_progress' } });
  expect((await find(id)).status).toBe('readyToShip');
});
