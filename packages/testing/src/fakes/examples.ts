import {
  type Address,
  bug,
  type Customs,
  type DraftLine,
  type Goods,
  type ItemFacts,
  type LabelOrder,
  type LocationFacts,
  noExtras,
  type OrderDraft,
  type Parcel,
  parseSku,
  type Sku,
} from '@rappit/domain';

/** A SKU from a text that is known to be one. */
export const exampleSku = (text: string): Sku => {
  const sku = parseSku(text);
  return sku.ok ? sku.value : bug(`${text} is no SKU`);
};

export const exampleAddress: Address = {
  name: 'Mina Okafor',
  company: null,
  lines: ['Quokkaweg 12'],
  city: 'Frankfurt am Main',
  region: null,
  postalCode: '60316',
  countryCode: 'DE',
  phone: null,
  email: null,
};

export const exampleItem = (name: string, facts: Partial<ItemFacts> = {}): ItemFacts => ({
  name,
  barcode: null,
  weightGrams: 400,
  dimensions: null,
  customs: null,
  lowStockThreshold: null,
  components: null,
  ...facts,
});

export const exampleLocation = (code: string, facts: Partial<LocationFacts> = {}): LocationFacts => ({
  code,
  name: code,
  address: exampleAddress,
  priority: 1,
  active: true,
  ...facts,
});

export const exampleParcel: Parcel = { weightGrams: 1_200, lengthMm: 300, widthMm: 200, heightMm: 150 };

export const exampleLine = (sku: string | null, quantity: number, facts: Partial<DraftLine> = {}): DraftLine => ({
  sku,
  name: null,
  quantity,
  unitPriceMinor: 1_900,
  taxMinor: 0,
  discountMinor: 0,
  shipped: 0,
  cancelled: 0,
  external: null,
  ...facts,
});

/** An order from the API that is refused when there isn't enough, unless told otherwise. */
export const exampleDraft = (lines: readonly DraftLine[], facts: Partial<OrderDraft> = {}): OrderDraft => ({
  source: { kind: 'api' },
  currency: 'EUR',
  customer: { externalId: null, name: 'Mina Okafor', email: 'mina@quokka.example', phone: null },
  shippingAddress: exampleAddress,
  billingAddress: null,
  lines,
  shippingMinor: 490,
  totals: null,
  paymentStatus: 'paid',
  paymentMethod: 'prepaid',
  tags: [],
  onShortage: 'reject',
  ...facts,
});

/** One parcel within one country, and nothing besides, unless told otherwise. */
export const exampleLabelOrder = (reference: string, facts: Partial<LabelOrder> = {}): LabelOrder => ({
  reference,
  from: exampleAddress,
  to: exampleAddress,
  parcels: [exampleParcel],
  service: null,
  goods: null,
  customs: null,
  extras: noExtras,
  shipOn: null,
  labelFormat: null,
  printed: [],
  isReturn: false,
  ...facts,
});

/** Two mugs that were sold, of which nobody has said more than what they cost. */
export const exampleGoods = (facts: Partial<Goods> = {}): Goods => ({
  currency: 'EUR',
  lines: [
    {
      description: 'Stoneware coffee mug',
      quantity: 2,
      pieceWeightGrams: null,
      pieceValueMinor: 1_900,
      originCountryCode: null,
      hsCode: null,
    },
  ],
  taxNumbers: [],
  ...facts,
});

/** What customs is told of two mugs that were sold. */
export const exampleCustoms = (facts: Partial<Customs> = {}): Customs => ({
  purpose: 'sale',
  incoterm: 'DAP',
  dutiesPaidBy: 'recipient',
  currency: 'EUR',
  lines: [
    {
      description: 'Stoneware coffee mug',
      quantity: 2,
      pieceWeightGrams: 400,
      pieceValueMinor: 1_900,
      originCountryCode: 'PT',
      hsCode: '691200',
    },
  ],
  invoiceNumber: 'R-1001',
  invoicedOn: '2026-01-05',
  taxNumbers: [],
  ...facts,
});
