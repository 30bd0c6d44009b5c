const place = (city: string, postalCode: string, countryCode: string) => ({
  name: `Warehouse ${city}`,
  company: 'Seed Trading',
  lines: ['Hafenweg 1'],
  city,
  region: null,
  postalCode,
  countryCode,
  phone: '+49 30 5550199',
  email: null,
});

export const places = [
  { code: 'BER', name: 'Berlin', priority: 1, active: true, address: place('Berlin', '10115', 'DE') },
  { code: 'RTM', name: 'Rotterdam', priority: 2, active: true, address: place('Rotterdam', '3011 AA', 'NL') },
] as const;

/** Units in Berlin, then in Rotterdam. The last of them has none, so that somebody waits for it. */
export const goods = [
  { sku: 'MUG-BLUE', name: 'Mug, blue', weightGrams: 400, units: [40, 20], priceMinor: 1_490 },
  { sku: 'MUG-RED', name: 'Mug, red', weightGrams: 400, units: [12, 0], priceMinor: 1_490 },
  { sku: 'TEA-MINT', name: 'Mint tea, 250 g', weightGrams: 270, units: [100, 60], priceMinor: 1_500 },
  { sku: 'TEE-BLACK-M', name: 'T-shirt, black, M', weightGrams: 180, units: [25, 25], priceMinor: 1_900 },
  { sku: 'POT-IRON', name: 'Teapot, cast iron', weightGrams: 1_900, units: [0, 4], priceMinor: 8_900 },
  { sku: 'TRAY-OAK', name: 'Tray, oak', weightGrams: 900, units: [0, 0], priceMinor: 3_200 },
] as const;

export const kit = {
  sku: 'TEA-SET',
  name: 'Tea set: two mugs and mint tea',
  components: [
    { sku: 'MUG-BLUE', quantity: 2 },
    { sku: 'TEA-MINT', quantity: 1 },
  ],
} as const;

type Fate = 'reserved' | 'ready' | 'held' | 'cancelled';

/** What is ordered, and what becomes of it. Whoever orders the tray waits. */
export const orders: readonly { readonly lines: Readonly<Record<string, number>>; readonly fate: Fate }[] = [
  { lines: { 'MUG-BLUE': 3, 'TEA-MINT': 4 }, fate: 'reserved' },
  { lines: { 'TEA-SET': 2 }, fate: 'reserved' },
  { lines: { 'TEE-BLACK-M': 1 }, fate: 'ready' },
  { lines: { 'POT-IRON': 1, 'MUG-RED': 2 }, fate: 'ready' },
  { lines: { 'TRAY-OAK': 2 }, fate: 'reserved' },
  { lines: { 'TEA-MINT': 10 }, fate: 'held' },
  { lines: { 'MUG-RED': 1 }, fate: 'cancelled' },
];
