/** What both simulated shops sell. Rappit's demo has some of each in stock. */
export const goods = [
  { sku: 'MUG-BLUE', name: 'Mug, blue', barcode: '4006381333931', priceMinor: 1_490 },
  { sku: 'MUG-WHITE', name: 'Mug, white', barcode: '4006381333948', priceMinor: 1_490 },
  { sku: 'TEA-MINT', name: 'Mint tea, 250 g', barcode: '4006381333955', priceMinor: 690 },
] as const;

/** What had been sold before anybody looked, order by order: so many units of each SKU. The last is of goods that nobody here knows. */
export const sold: readonly (readonly { readonly sku: string; readonly quantity: number }[])[] = [
  [{ sku: 'MUG-BLUE', quantity: 2 }],
  [
    { sku: 'MUG-WHITE', quantity: 1 },
    { sku: 'TEA-MINT', quantity: 3 },
  ],
];

/** What each shop shows of everything before it is told. */
export const SHOWN_STOCK = 12;

/** Somewhere parcels can go to. */
export const buyer = {
  firstName: 'Robin',
  lastName: 'Example',
  email: 'robin@shop.example',
  street: 'Hafenweg 1',
  city: 'Berlin',
  zip: '10115',
  countryCode: 'DE',
  phone: '+49 30 5550199',
} as const;

/** When all of that happened. Fixed: a shop that was begun anew tells the same again, and nothing is news. */
export const OPENED_AT = new Date('2026-11-02T09:00:00Z');

/** Ids of what happens from now on: none that the shop gave before it was begun anew. */
export const idsToSkip = (now: Date): number => Math.floor((now.getTime() - OPENED_AT.getTime()) / 100);
