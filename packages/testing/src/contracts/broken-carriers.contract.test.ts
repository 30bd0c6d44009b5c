import { type BuyRefused, type Carrier, err, type Label, ok, type Tracked } from '@rappit/domain';
import { exampleLabelOrder } from '../fakes/index.js';
import { fakeCarrierWorld } from './fake-carrier-world.test-kit.js';
import { brokenPromises, type CarrierWorld, carrierContract } from './index.js';

const world = (spoil: (sound: Carrier) => Partial<Carrier>) => (): CarrierWorld => {
  const sound = fakeCarrierWorld();
  return { ...sound, carrier: { ...sound.carrier, ...spoil(sound.carrier) } };
};

const relabelled = (change: (label: Label) => Label) =>
  world((sound) => ({
    buyLabel: async (order) => {
      const bought = await sound.buyLabel(order);
      return bought.ok ? ok(change(bought.value)) : bought;
    },
  }));

const retracked = (change: (tracked: Tracked) => Tracked) =>
  world((sound) => ({
    track: async (numbers) => {
      const known = await sound.track(numbers);
      return known.ok ? ok(known.value.map(change)) : known;
    },
  }));

/** Whatever isn't a label is taken for a wrong answer of its own kind. */
const misjudging = (from: BuyRefused['code'], to: 'carrier.unavailable' | 'carrier.refused') =>
  world((sound) => ({
    buyLabel: async (order) => {
      const bought = await sound.buyLabel(order);
      return bought.ok || bought.error.code !== from ? bought : err({ code: to, message: 'misjudged', path: null });
    },
  }));

const sells = 'sells one label,';

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
      findByReference: async (trace) => {
        await sound.buyLabel(exampleLabelOrder(trace.reference));
        return sound.findByReference(trace);
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
    'says that it is not available, and',
  ],
  [
    'calls a lost answer unavailable',
    misjudging('carrier.unknown_outcome', 'carrier.unavailable'),
    'says perhaps when its answer was lost after the sale',
  ],
  [
    'calls a broken connection unavailable',
    misjudging('carrier.unknown_outcome', 'carrier.unavailable'),
    'says perhaps when the connection broke',
  ],
  [
    'calls a page of HTML a refusal',
    misjudging('carrier.unknown_outcome', 'carrier.refused'),
    'says perhaps when the answer can not be read',
  ],
  [
    'calls a sale without a number a refusal',
    misjudging('carrier.unknown_outcome', 'carrier.refused'),
    'says perhaps when a sale comes without a number',
  ],
  [
    'calls it a refusal to be asked too often',
    misjudging('carrier.unavailable', 'carrier.refused'),
    'says that it is not available when it is asked too often',
  ],
  [
    'gives every parcel the same number',
    relabelled((label) => ({ ...label, parcelNumbers: label.parcelNumbers.map(() => label.trackingNumber) })),
    'sells one label for many parcels',
  ],
  [
    'says ZPL of what is a PDF',
    relabelled((label) => ({ ...label, documents: label.documents.map((one) => ({ ...one, format: 'zpl' })) })),
    'prints labels in each format',
  ],
  [
    'denies a purchase too early',
    world((sound) => ({
      findByReference: async (trace) => {
        const found = await sound.findByReference(trace);
        return found.ok ? found : err({ code: 'carrier.reference_unsettled', message: 'later', until: trace.askedAt });
      },
    })),
    'denies a purchase only when',
  ],
  [
    'takes what it does not show yet for what never was',
    world((sound) => ({
      findByReference: async (trace) => {
        const found = await sound.findByReference(trace);
        return found.ok ? found : err({ code: 'carrier.reference_unknown' });
      },
    })),
    'never denies a purchase that was made',
  ],
  [
    'forgets the day when a parcel ships',
    world((sound) => ({
      findByReference: async (trace) => {
        const isToCome = trace.shipOn !== null && trace.shipOn > '2026-01-05';
        return isToCome ? err({ code: 'carrier.reference_unknown' }) : sound.findByReference(trace);
      },
    })),
    'never denies a purchase that ships',
  ],
  [
    'leaves scans as they come',
    retracked((tracked) => ({ ...tracked, events: [...tracked.events].reverse() })),
    'follows a parcel to its delivery',
  ],
  [
    'takes what came back for delivered',
    retracked((tracked) => ({ ...tracked, status: tracked.events.at(-1)?.status ?? null })),
    'takes a parcel for returned',
  ],
  [
    'leaves numbers out that it does not know',
    world((sound) => ({
      track: async (numbers) => {
        const known = await sound.track(numbers);
        return known.ok ? ok(known.value.filter(({ events }) => events.length > 0)) : known;
      },
    })),
    'answers each number of many',
  ],
  [
    'books although it books none',
    world((sound) => ({ supports: { ...sound.supports, pickup: false } })),
    'sends somebody to pick up',
  ],
  [
    'cancels a pickup once only',
    world((sound) => {
      const cancelled = new Set<string>();
      return {
        cancelPickup: async (pickup) => {
          if (cancelled.has(pickup.confirmation)) return err({ code: 'carrier.refused', message: 'not again', path: null });
          cancelled.add(pickup.confirmation);
          return sound.cancelPickup(pickup);
        },
      };
    }),
    'sends somebody to pick up',
  ],
  [
    'takes a label back once only',
    world((sound) => {
      const taken = new Set<string>();
      return {
        voidLabel: async (number) => {
          if (taken.has(number)) return err({ code: 'carrier.refused', message: 'not again', path: null });
          taken.add(number);
          return sound.voidLabel(number);
        },
      };
    }),
    'takes a label back',
  ],
  [
    'rounds prices to floating numbers',
    world((sound) => ({
      quoteRates: async (consignment) => {
        const rates = await sound.quoteRates(consignment);
        return rates.ok ? ok(rates.value.map((rate) => ({ ...rate, price: { amountMinor: 0.1, currency: 'EUR' } }))) : rates;
      },
    })),
    'quotes rates',
  ],
  [
    'forgets that it has sold to a process that died',
    world(() => ({ findByReference: async () => err({ code: 'carrier.reference_unknown' }) })),
    'is not asked again for what was sold',
  ],
  [
    'denies a purchase during an outage',
    world((sound) => ({
      findByReference: async (trace) => {
        const found = await sound.findByReference(trace);
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
