import { type Address, type Carrier, OrderLineId, ok, quoteRates, type Rate, unsupported, usualOptions } from '@rappit/domain';
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

const rate = (service: string, price: Rate['price'], deliveryOn: string | null = null): Rate => ({
  service,
  name: service,
  price,
  deliveryOn,
});
const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

/** A carrier with a code of its own, whose rates are those. */
const offering = (code: string, ...rates: readonly Rate[]): Carrier => ({
  ...fakeCarrier(code).carrier,
  quoteRates: async () => ok(rates),
});

const zurich: Address = { ...exampleAddress, city: 'Zürich', postalCode: '8001', countryCode: 'CH' };
const question = { carriers: null, parcels: [exampleParcel], options: usualOptions };
const betweenTwo = { ...question, from: exampleAddress, to: exampleAddress, goodsValue: null };

const ask = async (carriers: readonly Carrier[], asked: Partial<typeof betweenTwo> = {}) => {
  const rappit = inMemory();
  const quote = quoteRates({ unitOfWork: rappit.memory.unitOfWork, carriers: fakeCarriers(...carriers) });
  const offers = await quote(rappit.caller.organizationId, { ...betweenTwo, ...asked });
  if (!offers.ok) throw new Error(offers.error.code);
  return offers.value;
};

describe('rates of several carriers', () => {
  it('stand beside each other, the cheapest and the fastest of all marked', async () => {
    const { rates, failed } = await ask([
      offering('a', rate('slow', eur(500), '2026-01-09'), rate('quick', eur(900), '2026-01-06')),
      offering('b', rate('cheap', eur(400)), rate('alike', eur(400), '2026-01-06')),
    ]);
    expect(failed).toEqual([]);
    expect(rates.map(({ carrier, service, cheapest, fastest }) => [carrier, service, cheapest, fastest])).toEqual([
      ['a', 'slow', false, false],
      ['a', 'quick', false, true],
      ['b', 'cheap', true, false],
      ['b', 'alike', true, true],
    ]);
  });

  it('without a price are offered, and never cheapest', async () => {
    const { rates } = await ask([offering('a', rate('unknown', null, '2026-01-05'), rate('known', eur(900), '2026-01-06'))]);
    expect(rates.map(({ price, cheapest, fastest }) => [price, cheapest, fastest])).toEqual([
      [null, false, true],
      [eur(900), true, false],
    ]);
    expect((await ask([offering('a', rate('unknown', null))])).rates).toMatchObject([{ cheapest: false, fastest: false }]);
  });

  it('in several currencies are each compared with their like', async () => {
    const yen = (amountMinor: number) => ({ amountMinor, currency: 'JPY' });
    const { rates } = await ask([
      offering('a', rate('1', eur(900)), rate('2', yen(1_000)), rate('3', yen(700)), rate('4', eur(1_000))),
    ]);
    expect(rates.filter(({ cheapest }) => cheapest).map(({ service }) => service)).toEqual(['1', '3']);
  });

  it('are answered although one carrier refuses, another is away and a third has none to offer', async () => {
    const [refusing, away] = [fakeCarrier('refusing'), fakeCarrier('away')];
    away.breakDown('unavailable');
    const refuses: Carrier = {
      ...refusing.carrier,
      quoteRates: async () => ({
        ok: false,
        error: { code: 'carrier.refused', message: 'Too heavy.', path: 'parcels[0].weightGrams' },
      }),
    };
    const none: Carrier = { ...fakeCarrier('none').carrier, quoteRates: async () => unsupported('rates') };
    const { rates, failed } = await ask([refuses, away.carrier, none, offering('a', rate('1', eur(900)))]);
    expect(rates).toMatchObject([{ carrier: 'a', cheapest: true }]);
    expect(failed.map(({ carrier, code, path }) => [carrier, code, path])).toEqual([
      ['refusing', 'carrier.refused', 'parcels[0].weightGrams'],
      ['away', 'carrier.unavailable', null],
      ['none', 'carrier.unsupported', null],
    ]);
  });

  it('are asked for at once: the second carrier before the first has answered', async () => {
    let answerFirst = (): void => undefined;
    const secondAsked = new Promise<void>((resolve) => {
      answerFirst = resolve;
    });
    const first: Carrier = {
      ...fakeCarrier('first').carrier,
      quoteRates: async () => {
        await secondAsked;
        return ok([rate('1', eur(1))]);
      },
    };
    const second: Carrier = {
      ...fakeCarrier('second').carrier,
      quoteRates: async () => {
        answerFirst();
        return ok([rate('2', eur(2))]);
      },
    };
    expect((await ask([first, second])).rates.map(({ carrier }) => carrier)).toEqual(['first', 'second']);
  });
});

describe('a question for rates', () => {
  it('across a border of customs needs to know what the goods are worth, and tells it', async () => {
    const rappit = inMemory();
    const heard: unknown[] = [];
    const carrier: Carrier = {
      ...fakeCarrier().carrier,
      quoteRates: async ({ customs }) => {
        heard.push(customs);
        return ok([]);
      },
    };
    const quote = quoteRates({ unitOfWork: rappit.memory.unitOfWork, carriers: fakeCarriers(carrier) });
    const { organizationId } = rappit.caller;
    expect(await quote(organizationId, { ...betweenTwo, to: zurich })).toMatchObject({
      ok: false,
      error: { code: 'shipment.customs_incomplete', faults: [{ path: 'goodsValue' }] },
    });
    await quote(organizationId, { ...betweenTwo, to: zurich, goodsValue: eur(5_000) });
    await quote(organizationId, { ...betweenTwo, goodsValue: eur(5_000) });
    expect(heard).toMatchObject([
      { currency: 'EUR', incoterm: 'DAP', lines: [{ pieceValueMinor: 5_000, pieceWeightGrams: 1_200 }] },
      null,
    ]);
  });

  it('is refused where it names a carrier that there is not', async () => {
    const rappit = inMemory();
    const quote = quoteRates({ unitOfWork: rappit.memory.unitOfWork, carriers: fakeCarriers(fakeCarrier().carrier) });
    const carriers = [{ carrier: 'nobody', accountId: null }];
    expect(await quote(rappit.caller.organizationId, { ...betweenTwo, carriers })).toEqual({
      ok: false,
      error: { code: 'carrier.unknown' },
    });
  });

  it('of an order asks about what is reserved of it, in its own names, and leaves it to be shipped', async () => {
    const away = fakeCarrier('picky');
    const picky: Carrier = {
      ...away.carrier,
      quoteRates: async () => ({ ok: false, error: { code: 'carrier.refused', message: 'No phone.', path: 'to.phone' } }),
    };
    const fake = fakeCarrier();
    const carriers = fakeCarriers(picky, fake.carrier);
    const rappit = inMemory({ carriers });
    const { caller } = rappit;
    await rappit.addItem(caller, exampleSku('MUG'), exampleItem('Mug'));
    const location = await rappit.addLocation(caller, exampleLocation('MAIN'));
    if (!location.ok) throw new Error(location.error.code);
    await rappit.receiveStock(caller, { sku: exampleSku('MUG'), locationId: location.value.id, quantity: 2, reference: null });
    const placed = await rappit.placeOrder(caller, exampleDraft([exampleLine('MUG', 2)]));
    if (!placed.ok) throw new Error(placed.error.code);
    const quote = quoteRates({ unitOfWork: rappit.memory.unitOfWork, carriers });
    const asked = { ...question, orderId: placed.value.id, locationId: null, lineIds: null };
    expect(await quote(caller.organizationId, asked)).toMatchObject({
      ok: true,
      value: {
        rates: [
          { carrier: 'fake', service: 'standard', cheapest: true },
          { service: 'express', cheapest: false },
        ],
        failed: [{ carrier: 'picky', path: 'shippingAddress.phone' }],
      },
    });
    const stranger = { ...asked, lineIds: [OrderLineId('nobody')] };
    expect(await quote(caller.organizationId, stranger)).toEqual({ ok: false, error: { code: 'order.line_not_found' } });
    await rappit.markReady(caller, placed.value.id);
    const request = {
      carrier: 'fake',
      accountId: null,
      service: 'standard',
      parcels: [exampleParcel],
      locationId: null,
      lineIds: null,
    };
    expect(await rappit.shipOrder(caller, placed.value.id, request)).toMatchObject({ ok: true });
  });
});
