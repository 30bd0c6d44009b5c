import { type Address, CarrierAccountId, type Carriers, type CarrierTerms, noTerms, ok, type ShipmentId } from '@rappit/domain';
import {
  exampleAddress,
  exampleDraft,
  exampleItem,
  exampleLine,
  exampleLocation,
  exampleParcel,
  exampleSku,
} from '../fakes/examples.js';
import { fakeCarrier } from '../fakes/fake-carrier.js';
import { inMemory } from '../fakes/memory/in-memory.js';

const [FIRST, SECOND] = [CarrierAccountId('first'), CarrierAccountId('second')];

/** A carrier that is chosen on the account that a test says, and found on whichever it is looked for. */
const scene = async (terms: Partial<CarrierTerms> = {}, address: Address | null = exampleAddress) => {
  const carrier = fakeCarrier();
  const found: unknown[] = [];
  let account: CarrierAccountId | null = FIRST;
  const carriers: Carriers = {
    codes: ['fake'],
    choose: async () => ok({ carrier: carrier.carrier, accountId: account, terms: { ...noTerms, ...terms } }),
    find: async (_, { accountId }) => {
      found.push(accountId);
      return carrier.carrier;
    },
  };
  const hub = inMemory({ carriers });
  const sku = exampleSku('MUG');
  await hub.addItem(hub.caller, sku, exampleItem('Mug'));
  const location = await hub.addLocation(hub.caller, exampleLocation('FRA', { address }));
  if (!location.ok) throw new Error(location.error.code);
  await hub.receiveStock(hub.caller, { sku, locationId: location.value.id, quantity: 1, reference: null });
  const placed = await hub.placeOrder(
    hub.caller,
    exampleDraft([exampleLine('MUG', 1)], { shippingAddress: { ...exampleAddress, name: 'Whom it goes to' } }),
  );
  if (!placed.ok) throw new Error(placed.error.code);
  await hub.markReady(hub.caller, placed.value.id);
  const request = { carrier: 'fake', accountId: null, service: null, parcels: [exampleParcel], locationId: null, lineIds: null };
  return {
    ...carrier,
    found,
    switchAccount: (to: CarrierAccountId | null) => {
      account = to;
    },
    ship: (service: string | null = null) => hub.shipOrder(hub.caller, placed.value.id, { ...request, service }),
    buy: (id: ShipmentId) => hub.buyLabel(hub.caller, id),
    shipment: async () => {
      const { data } = await hub.memory.unitOfWork.read(hub.caller.organizationId, (s) => s.shipments.list({ limit: 1 }, {}));
      const [only] = data;
      if (!only) throw new Error('there is no shipment');
      return only;
    },
  };
};

describe('a chosen carrier', () => {
  it('leaves the account on the shipment, with what its holder has agreed on', async () => {
    const { ship, sold } = await scene({ defaultService: 'express', labelFormat: 'zpl' });
    expect(await ship()).toMatchObject({ ok: true, value: { accountId: FIRST, service: 'express' } });
    expect(sold()).toMatchObject([{ order: { service: 'express', labelFormat: 'zpl' } }]);
  });

  it('has a say only where nobody else has', async () => {
    const shipper = { ...exampleAddress, name: 'The holder of the account' };
    const { ship, sold } = await scene({ defaultService: 'express', shipper });
    expect(await ship('economy')).toMatchObject({ ok: true, value: { service: 'economy' } });
    expect(sold()[0]?.order.from).toEqual(exampleAddress);
    const homeless = await scene({ shipper }, null);
    expect(await homeless.ship()).toMatchObject({ ok: true });
    expect(homeless.sold()[0]?.order.from).toEqual(shipper);
  });

  it.each([
    ['location.address', exampleAddress],
    ['account.shipper', null],
  ])('refuses a sender by %s, where the sender’s address is kept', async (place, address) => {
    const { ship, refuse, shipment } = await scene({ shipper: exampleAddress }, address);
    refuse('from.phone', 'A phone is needed.');
    const refused = { code: 'carrier.refused', path: `${place}.phone` };
    expect(await ship()).toMatchObject({ ok: false, error: refused });
    expect(await shipment()).toMatchObject({ status: 'draft', refusal: refused });
  });

  it.each(['extras', 'reference', 'printed[0]', 'customs.currency'])(
    'names no field where it refuses %s, which nobody asked for',
    async (path) => {
      const { ship, refuse } = await scene();
      refuse(path, 'Not like this.');
      expect(await ship()).toMatchObject({ ok: false, error: { code: 'carrier.refused', path: null } });
    },
  );

  it('is looked for on the account that the purchase was begun on, whichever would be chosen now', async () => {
    const { ship, breakDown, mend, switchAccount, buy, shipment, found } = await scene();
    breakDown('lostAfterSale');
    await ship();
    mend();
    switchAccount(SECOND);
    const begun = await shipment();
    expect(begun).toMatchObject({ status: 'unknown', accountId: FIRST });
    expect(await buy(begun.id)).toMatchObject({ ok: true, value: { status: 'labelled', accountId: FIRST } });
    expect(found).toEqual([FIRST]);
  });

  it('is chosen anew when a draft is bought again', async () => {
    const { ship, breakDown, mend, switchAccount, buy, shipment } = await scene();
    breakDown('unavailable');
    await ship();
    mend();
    switchAccount(SECOND);
    const draft = await shipment();
    expect(draft).toMatchObject({ status: 'draft', accountId: FIRST });
    expect(await buy(draft.id)).toMatchObject({ ok: true, value: { status: 'labelled', accountId: SECOND } });
  });
});
