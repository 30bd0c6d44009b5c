import {
  type Address,
  type CustomsOptions,
  type ItemFacts,
  OrderLineId,
  type ShippingOptions,
  usualOptions,
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

const zurich: Address = { ...exampleAddress, city: 'Zürich', postalCode: '8001', countryCode: 'CH', phone: '+41 44 123 45 67' };
const facts = { hsCode: '691110', originCountryCode: 'PT', description: 'Porcelain mugs' };

/** An order of three mugs and two plates that is ready to be shipped. */
const scene = async ({ to = zurich, mug = { customs: facts } }: { to?: Address; mug?: Partial<ItemFacts> } = {}) => {
  const rappit = inMemory();
  const { caller } = rappit;
  await rappit.addItem(caller, exampleSku('MUG'), exampleItem('Mug', mug));
  await rappit.addItem(
    caller,
    exampleSku('PLATE'),
    exampleItem('Plate', { customs: { ...facts, description: 'Porcelain plates' } }),
  );
  const location = await rappit.addLocation(caller, exampleLocation('MAIN'));
  if (!location.ok) throw new Error(location.error.code);
  for (const text of ['MUG', 'PLATE'])
    await rappit.receiveStock(caller, { sku: exampleSku(text), locationId: location.value.id, quantity: 9, reference: null });
  const lines = [exampleLine('MUG', 3, { unitPriceMinor: 1_000, discountMinor: 500 }), exampleLine('PLATE', 2)];
  const placed = await rappit.placeOrder(caller, exampleDraft(lines, { shippingAddress: to }));
  if (!placed.ok) throw new Error(placed.error.code);
  await rappit.markReady(caller, placed.value.id);
  const base = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId: null, lineIds: null };
  const ship = (options: Partial<ShippingOptions> = {}, more: Partial<Parameters<typeof rappit.shipOrder>[2]> = {}) =>
    rappit.shipOrder(caller, placed.value.id, { ...base, options: { ...usualOptions, ...options }, ...more });
  return {
    rappit,
    order: placed.value,
    ship,
    declare: (customs: Partial<CustomsOptions>) => ship({ customs: { ...usualOptions.customs, ...customs } }),
    sold: () => rappit.carrier.sold().map(({ order }) => order),
  };
};

const customsLine = { description: null, hsCode: null, originCountryCode: null, pieceWeightGrams: null, pieceValueMinor: null };

describe('a shipment across a border of customs', () => {
  it('declares what its items say, at what they were sold for, under the order number of today', async () => {
    const { rappit, order, ship, sold } = await scene();
    expect(await ship()).toMatchObject({ ok: true });
    expect(sold()[0]?.customs).toEqual({
      purpose: 'sale',
      incoterm: 'DAP',
      dutiesPaidBy: 'recipient',
      currency: 'EUR',
      invoiceNumber: order.number,
      invoicedOn: rappit.clock.now().toISOString().slice(0, 10),
      taxNumbers: [],
      lines: [
        {
          description: 'Porcelain mugs',
          quantity: 3,
          pieceWeightGrams: 400,
          pieceValueMinor: 833,
          originCountryCode: 'PT',
          hsCode: '691110',
        },
        {
          description: 'Porcelain plates',
          quantity: 2,
          pieceWeightGrams: 400,
          pieceValueMinor: 1_900,
          originCountryCode: 'PT',
          hsCode: '691110',
        },
      ],
    });
  });

  it('declares of a part what is in it, and what the request says otherwise', async () => {
    const { order, ship, sold } = await scene();
    const [mugs] = order.lines;
    const taxNumbers = [{ party: 'sender', kind: 'eori', number: 'DE123', countryCode: 'DE' }] as const;
    const said = { ...customsLine, orderLineId: mugs?.id ?? OrderLineId('none'), hsCode: '691200', pieceValueMinor: 1 };
    const customs = {
      purpose: 'gift',
      incoterm: 'DDP',
      dutiesPaidBy: null,
      invoiceNumber: 'R-7',
      invoicedOn: '2026-01-02',
      taxNumbers,
      lines: [said],
    } as const;
    expect(await ship({ customs }, { lineIds: [said.orderLineId] })).toMatchObject({ ok: true, value: { options: { customs } } });
    expect(sold()[0]?.customs).toMatchObject({
      purpose: 'gift',
      incoterm: 'DDP',
      dutiesPaidBy: 'sender',
      invoiceNumber: 'R-7',
      invoicedOn: '2026-01-02',
      taxNumbers,
      lines: [{ description: 'Porcelain mugs', quantity: 3, hsCode: '691200', pieceValueMinor: 1 }],
    });
  });

  it('takes duties on the sender for DDP', async () => {
    const { declare, sold } = await scene();
    await declare({ dutiesPaidBy: 'sender' });
    expect(sold()[0]?.customs).toMatchObject({ incoterm: 'DDP', dutiesPaidBy: 'sender' });
  });

  it('is refused with every field that nobody has said, sells nothing, and leaves the stock alone', async () => {
    const { rappit, order, ship, sold } = await scene({ mug: { weightGrams: null } });
    const refused = await ship();
    expect(refused).toMatchObject({ ok: false, error: { code: 'shipment.customs_incomplete' } });
    if (refused.ok || refused.error.code !== 'shipment.customs_incomplete') throw new Error('it is refused');
    expect(refused.error.faults.map(({ path }) => path)).toEqual([
      'customs.lines[0].hsCode',
      'customs.lines[0].originCountryCode',
      'customs.lines[0].pieceWeightGrams',
    ]);
    expect(refused.error.faults[0]?.message).toContain('MUG');
    expect(sold()).toEqual([]);
    const { organizationId } = rappit.caller;
    const left = await rappit.memory.unitOfWork.read(organizationId, async ({ shipments, stock, orders }) => ({
      shipments: (await shipments.list({ limit: 5 }, {})).data,
      pinned: (await stock.openOf(order.id)).filter(({ shipmentId }) => shipmentId !== null),
      purchases: (await orders.find(order.id))?.purchases,
    }));
    expect(left).toEqual({ shipments: [], pinned: [], purchases: 0 });
  });

  it('is refused where the request contradicts itself, or names a line that the order lacks', async () => {
    const { declare } = await scene();
    expect(await declare({ incoterm: 'DDP', dutiesPaidBy: 'recipient' })).toMatchObject({
      ok: false,
      error: { code: 'shipment.customs_incomplete', faults: [{ path: 'customs.dutiesPaidBy' }] },
    });
    const stranger = { ...customsLine, orderLineId: OrderLineId('nobody') };
    expect(await declare({ lines: [stranger] })).toEqual({ ok: false, error: { code: 'order.line_not_found' } });
  });

  it('is bought later as it was asked for first', async () => {
    const { rappit, ship, sold } = await scene();
    rappit.carrier.breakDown('unavailable');
    const extras = {
      insuredFor: { amountMinor: 5_000, currency: 'EUR' },
      signature: true,
      saturdayDelivery: true,
      paperlessInvoice: true,
    };
    const refused = await ship({ labelFormat: 'zpl', shipOn: '2026-01-09', extras });
    rappit.carrier.mend();
    if (refused.ok || !('shipmentId' in refused.error) || !refused.error.shipmentId) throw new Error('a draft is left');
    expect(await rappit.buyLabel(rappit.caller, refused.error.shipmentId)).toMatchObject({ ok: true });
    expect(sold()).toMatchObject([{ labelFormat: 'zpl', shipOn: '2026-01-09', extras, customs: { lines: [{}, {}] } }]);
  });
});

it('tells customs nothing within a territory, whatever items lack', async () => {
  const { ship, sold } = await scene({ to: exampleAddress, mug: {} });
  expect(await ship()).toMatchObject({ ok: true });
  expect(sold()).toMatchObject([{ customs: null, extras: usualOptions.extras, labelFormat: null, shipOn: null }]);
});

it('tells the carrier all the same what is in the parcels, as far as anybody has said', async () => {
  const { order, rappit, ship, sold } = await scene({ to: exampleAddress, mug: { weightGrams: null } });
  const taxNumbers = [{ party: 'recipient', kind: 'vat', number: 'DE129274202', countryCode: 'DE' }] as const;
  expect(await ship({ customs: { ...usualOptions.customs, taxNumbers } })).toMatchObject({ ok: true });
  const goods = {
    currency: 'EUR',
    taxNumbers,
    lines: [
      {
        description: 'Mug',
        quantity: 3,
        pieceWeightGrams: null,
        pieceValueMinor: 833,
        originCountryCode: null,
        hsCode: null,
      },
      {
        description: 'Porcelain plates',
        quantity: 2,
        pieceWeightGrams: 400,
        pieceValueMinor: 1_900,
        originCountryCode: 'PT',
        hsCode: '691110',
      },
    ],
  };
  expect(sold()).toMatchObject([{ customs: null, goods }]);
  expect(order.lines).toHaveLength(2);
  expect(rappit.carrier.sold()).toHaveLength(1);
});

it('takes no goods that have to be declared to the carrier', async () => {
  const { ship, sold } = await scene();
  const goods = ['lithiumBatteries', 'alcohol'] as const;
  expect(await ship({}, { specialGoods: goods })).toEqual({
    ok: false,
    error: { code: 'shipment.special_goods_refused', goods },
  });
  expect(sold()).toEqual([]);
});
