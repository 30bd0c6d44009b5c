import { incoterms, type LabelOrder } from '@rappit/domain';
import type { Recorded } from '@rappit/simulators/dhl';
import { brokenPromises, carrierContract } from '@rappit/testing/contracts';
import { exampleCustoms, exampleGoods, exampleParcel } from '@rappit/testing/fakes';
import {
  grandCanary,
  paris,
  type VendorServer,
  type VendorWorld,
  vendorWorld,
  type WorldOptions,
} from './contract-world.test-kit.js';

type Recording = VendorServer & { readonly recorded: () => readonly Recorded[] };

/** Orders that make an adapter write everything that it can write. */
const variations = ({ order, abroad }: VendorWorld<unknown>): readonly LabelOrder[] => {
  const customs = abroad().customs;
  const foreign = (facts: Partial<NonNullable<LabelOrder['customs']>>): LabelOrder => ({
    ...abroad(),
    customs: customs && { ...customs, ...facts },
  });
  const [line] = customs?.lines ?? [];
  return [
    ...incoterms.map((incoterm) => foreign({ incoterm })),
    ...(['sale', 'gift', 'sample', 'return', 'repair', 'personal'] as const).map((purpose) => foreign({ purpose })),
    foreign({ dutiesPaidBy: 'recipient', taxNumbers: [] }),
    foreign({
      taxNumbers: (['vat', 'eori', 'ioss', 'ein'] as const).flatMap((kind) =>
        (['sender', 'recipient'] as const).map((party) => ({ party, kind, number: '123456789', countryCode: 'DE' })),
      ),
    }),
    foreign({ lines: line ? [line, { ...line, hsCode: null, description: 'Cup '.repeat(100) }] : [] }),
    { ...order(), extras: { ...abroad().extras, saturdayDelivery: true } },
    { ...order(), shipOn: '2026-01-07' },
    { ...order(), to: paris, goods: exampleGoods() },
    {
      ...order(),
      to: paris,
      goods: {
        ...exampleCustoms(),
        taxNumbers: [{ party: 'recipient', kind: 'vat', number: 'FR40303265045', countryCode: 'FR' }],
      },
    },
    { ...order(), to: paris },
    { ...foreign({}), from: { ...grandCanary, city: 'Madrid', postalCode: '28001' }, to: grandCanary },
    { ...order(), printed: ['R-1001', 'a much longer text than any carrier prints on a label of its own'] },
    { ...order(), parcels: Array.from({ length: 12 }, () => ({ ...exampleParcel, weightGrams: 1, lengthMm: 1_015 })) },
    { ...order(), to: { ...order().to, countryCode: 'AE', city: 'Dubai', postalCode: null, company: 'Beech & Co' } },
    { ...order(), to: { ...order().to, lines: ['Quokkaweg 12', ' ', 'Hinterhaus', '3. Stock'], region: 'HE' } },
  ];
};

/** Every request that the suites make an adapter send: those of the contract, and those of many sorts of orders besides. */
export const requestsOfSuites = async <Server extends Recording>(options: WorldOptions<Server>): Promise<readonly Recorded[]> => {
  const requests: Recorded[] = [];
  const dispose = async ({ server, close }: VendorWorld<Server>): Promise<void> => {
    requests.push(...server.recorded());
    await close();
  };
  const make = () => vendorWorld(options, (carrier) => carrier);
  const broken = await brokenPromises({ cases: carrierContract, make, dispose });
  if (broken.length > 0) throw new Error(`the contract isn't kept: ${broken.map(({ promise }) => promise).join(', ')}`);
  const world = await make();
  for (const order of variations(world)) {
    await world.carrier.quoteRates(order);
    const bought = await world.carrier.buyLabel(order);
    if (!bought.ok) throw new Error(`${bought.error.code}: ${bought.error.message}`);
  }
  await world.carrier.bookPickup({ ...world.pickup(), abroad: true, place: null, service: null });
  await dispose(world);
  return requests;
};
