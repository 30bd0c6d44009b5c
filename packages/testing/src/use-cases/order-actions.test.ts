import {
  advance,
  allows,
  type Caller,
  type Order,
  type OrderAction,
  type OrderId,
  type OrderStatus,
  ok,
  orderActions,
  orderStatuses,
  type Refusal,
  type Result,
} from '@rappit/domain';
import {
  exampleAddress,
  exampleDraft,
  exampleItem,
  exampleLine,
  exampleLocation,
  exampleParcel,
  exampleSku,
  inMemory,
} from '../fakes/index.js';

type Rappit = ReturnType<typeof inMemory>;

/** Each action as somebody does it. */
const acts: Readonly<Record<OrderAction, (rappit: Rappit, caller: Caller, order: Order) => Promise<Result<unknown, Refusal>>>> = {
  hold: (rappit, caller, { id }) => rappit.holdOrder(caller, id, { reason: 'fraud', note: null }),
  resume: (rappit, caller, { id }) => rappit.resumeOrder(caller, id),
  ready: (rappit, caller, { id }) => rappit.markReady(caller, id),
  ship: (rappit, caller, { id }) =>
    rappit.shipOrder(caller, id, {
      carrier: 'fake',
      accountId: null,
      service: null,
      parcels: [exampleParcel],
      locationId: null,
      lineIds: null,
    }),
  cancel: (rappit, caller, { id }) => rappit.cancelOrder(caller, id, 'other'),
  edit: (rappit, caller, { id, lines }) =>
    rappit.editOrder(caller, id, {
      lines: {
        change: lines.map((line) => ({ lineId: line.id, quantity: line.ordered + 1 })),
        add: [],
        onShortage: 'backorder',
      },
    }),
  tag: (rappit, caller, { id }) => rappit.editOrder(caller, id, { tags: ['gift'] }),
  changeAddress: (rappit, caller, { id }) => rappit.changeAddresses(caller, id, { billingAddress: exampleAddress }),
  recordPayment: (rappit, caller, { id }) => rappit.recordPayment(caller, id, { status: 'paid', reference: null }),
  requestReturn: (rappit, caller, { id, lines }) =>
    rappit.requestReturn(caller, id, {
      lines: lines.map((line) => ({ lineId: line.id, quantity: 1, reason: 'doesNotFit' })),
      note: null,
    }),
  note: (rappit, caller, { id }) => rappit.addNote(caller, id, 'Rang the bell.'),
};

type Units = Pick<Order['lines'][number], 'pending' | 'reserved' | 'backordered' | 'shipped' | 'cancelled'>;
const nothing: Units = { pending: 0, reserved: 0, backordered: 0, shipped: 0, cancelled: 0 };

/** How the lines of an order of two units stand in each status, and through which statuses it got there. */
const standing: Readonly<Record<OrderStatus, { readonly units: Units; readonly by: readonly OrderStatus[] }>> = {
  new: { units: { ...nothing, pending: 2 }, by: ['onHold', 'new'] },
  backordered: { units: { ...nothing, reserved: 1, backordered: 1 }, by: ['backordered'] },
  reserved: { units: { ...nothing, reserved: 2 }, by: [] },
  readyToShip: { units: { ...nothing, reserved: 2 }, by: ['readyToShip'] },
  onHold: { units: { ...nothing, reserved: 2 }, by: ['onHold'] },
  partiallyShipped: { units: { ...nothing, reserved: 1, shipped: 1 }, by: ['readyToShip', 'partiallyShipped'] },
  shipped: { units: { ...nothing, shipped: 2 }, by: ['readyToShip', 'shipped'] },
  delivered: { units: { ...nothing, shipped: 2 }, by: ['readyToShip', 'shipped', 'delivered'] },
  cancelled: { units: { ...nothing, cancelled: 2 }, by: ['cancelled'] },
  returned: { units: { ...nothing, shipped: 2 }, by: ['readyToShip', 'shipped', 'returned'] },
};

/** What else of it has been shipped by the time that goods of it are to come back, where the status alone doesn't say so. */
const shippedBefore: Partial<Record<OrderStatus, Units>> = {
  backordered: { ...nothing, backordered: 1, shipped: 1 },
  readyToShip: { ...nothing, reserved: 1, shipped: 1 },
  onHold: { ...nothing, reserved: 1, shipped: 1 },
};

/** An order of two mugs, one from each of two receipts, brought into a status by the moves that the machine has. */
const orderIn = async (status: OrderStatus, action: OrderAction) => {
  const rappit = inMemory();
  const { caller, memory, ids } = rappit;
  const sku = exampleSku('MUG');
  await rappit.addItem(caller, sku, exampleItem('Mug'));
  const location = await rappit.addLocation(caller, exampleLocation('MAIN'));
  if (!location.ok) throw new Error(location.error.code);
  const { by, units: usual } = standing[status];
  const units = (action === 'requestReturn' && shippedBefore[status]) || usual;
  if (units.reserved > 0)
    await rappit.receiveStock(caller, { sku, locationId: location.value.id, quantity: units.reserved, reference: null });
  const draft = exampleDraft([exampleLine('MUG', 2)], { onShortage: 'backorder', paymentStatus: 'pending', paymentMethod: null });
  const placed = await rappit.placeOrder(caller, draft);
  if (!placed.ok) throw new Error(placed.error.code);
  const find = async (): Promise<Order> => {
    const found = await memory.unitOfWork.read(caller.organizationId, ({ orders }) => orders.find(placed.value.id));
    if (!found) throw new Error('the order is there');
    return found;
  };
  for (const to of by)
    if (units !== usual || (await find()).status !== to)
      await memory.unitOfWork.run(caller.organizationId, async ({ orders, now }) => {
        const before = await find();
        const change: Partial<Order> = {
          status: to,
          hold: to === 'onHold' ? 'manual' : null,
          lines: before.lines.map((line) => ({ ...line, ...units })),
        };
        return ok(
          await orders.save(advance({ actor: caller.actor, at: now, ids }, before, change, { what: 'noted', text: null })),
        );
      });
  return { rappit, caller, id: placed.value.id as OrderId, find };
};

const pairs = (Object.keys(orderActions) as OrderAction[]).flatMap((action) =>
  orderStatuses.map((status) => [action, status] as const),
);

it('has an act for every action', () => {
  expect(Object.keys(acts).sort()).toEqual(Object.keys(orderActions).sort());
});

describe('what the table allows arrives', () => {
  it.each(pairs.filter(([action, status]) => allows(status, action)))('%s, when %s', async (action, status) => {
    const { rappit, caller, find } = await orderIn(status, action);
    const before = await find();
    expect(before.status).toBe(status);
    expect(await acts[action](rappit, caller, before)).toMatchObject({ ok: true });
    expect((await find()).version).toBeGreaterThan(before.version);
    expect(await rappit.reconcile(caller.organizationId)).toMatchObject({ levels: [] });
  });
});

describe('everything else is refused naming both, and changes nothing', () => {
  it.each(pairs.filter(([action, status]) => !allows(status, action)))('%s, when %s', async (action, status) => {
    const { rappit, caller, find } = await orderIn(status, action);
    const before = await find();
    const refused = { code: 'order.invalid_transition', status, action };
    expect(await acts[action](rappit, caller, before)).toEqual({ ok: false, error: refused });
    expect(await find()).toEqual(before);
  });
});
