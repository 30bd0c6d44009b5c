import { type Carrier, err, type Label, ok } from '@rappit/domain';
import { exampleAddress, exampleParcel, FAKE_CARRIER_MAX_GRAMS, fakeCarrier, fakeIds } from '../fakes/index.js';
import { brokenPromises, type CarrierWorld, carrierContract } from './index.js';

const world = (spoil: (sound: Carrier) => Partial<Carrier>) => (): CarrierWorld => {
  const ids = fakeIds();
  const fake = fakeCarrier();
  const order = () => ({
    reference: ids.next(),
    from: exampleAddress,
    to: exampleAddress,
    parcels: [exampleParcel],
    service: null,
  });
  const heavy = { ...exampleParcel, weightGrams: FAKE_CARRIER_MAX_GRAMS + 1 };
  return {
    ...fake,
    carrier: { ...fake.carrier, ...spoil(fake.carrier) },
    breakDown: (outage) => fake.breakDown(outage === 'unreadable' ? 'lostAfterSale' : outage),
    order,
    unsellable: () => ({ order: { ...order(), parcels: [heavy] }, path: 'parcels[0].weightGrams' }),
  };
};

const relabelled = (change: (label: Label) => Label) =>
  world((sound) => ({
    buyLabel: async (order) => {
      const bought = await sound.buyLabel(order);
      return bought.ok ? ok(change(bought.value)) : bought;
    },
  }));

const sells = 'sells one label';

const broken: readonly (readonly [what: string, make: () => CarrierWorld, promise: string])[] = [
  [
    'asks twice',
    world((sound) => ({
      buyLabel: async (order) => {
        await sound.buyLabel(order);
        return sound.buyLabel(order);
      },
    })),
    sells,
  ],
  ['loses the tracking number', relabelled((label) => ({ ...label, trackingNumber: '' })), sells],
  [
    'makes a floating number of the cost',
    relabelled((label) => ({ ...label, cost: { amountMinor: 4.9, currency: 'EUR' } })),
    sells,
  ],
  ['forgets the label itself', relabelled((label) => ({ ...label, documents: [] })), sells],
  [
    'calls base64 a PDF',
    relabelled((label) => ({
      ...label,
      documents: label.documents.map((one) => ({ ...one, content: new TextEncoder().encode('JVBERi0x') })),
    })),
    sells,
  ],
  [
    'finds nothing again',
    world(() => ({ findByReference: async () => err({ code: 'carrier.reference_unknown' }) })),
    'finds a label again',
  ],
  [
    'buys while it looks up',
    world((sound) => ({
      findByReference: async (reference) => {
        await sound.buyLabel({ reference, from: exampleAddress, to: exampleAddress, parcels: [exampleParcel], service: null });
        return sound.findByReference(reference);
      },
    })),
    'knows no purchase',
  ],
  [
    'hides which field was at fault',
    world((sound) => ({
      buyLabel: async (order) => {
        const bought = await sound.buyLabel(order);
        return !bought.ok && bought.error.code === 'carrier.refused' ? err({ ...bought.error, path: null }) : bought;
      },
    })),
    'says no with our field',
  ],
  [
    'throws when the carrier is away',
    world((sound) => ({
      buyLabel: async (order) => {
        const bought = await sound.buyLabel(order);
        if (!bought.ok && bought.error.code === 'carrier.unavailable') throw new Error('socket hang up');
        return bought;
      },
    })),
    'says that it is not available',
  ],
  [
    'calls a lost answer unavailable',
    world((sound) => ({
      buyLabel: async (order) => {
        const bought = await sound.buyLabel(order);
        return !bought.ok && bought.error.code === 'carrier.unknown_outcome'
          ? err({ ...bought.error, code: 'carrier.unavailable' })
          : bought;
      },
    })),
    'says perhaps when its answer was lost after the sale',
  ],
  [
    'denies a purchase during an outage',
    world((sound) => ({
      findByReference: async (reference) => {
        const found = await sound.findByReference(reference);
        return found.ok ? found : err({ code: 'carrier.reference_unknown' });
      },
    })),
    'answers an outage while it looks up',
  ],
];

describe('the suite notices a carrier that', () => {
  it.each(broken)('%s', async (_, make, promise) => {
    const cases = carrierContract.filter((one) => one.promise.startsWith(promise));
    expect(cases).toHaveLength(1);
    expect(await brokenPromises({ cases, make: world(() => ({})) })).toEqual([]);
    expect(await brokenPromises({ cases, make })).toHaveLength(1);
  });
});
