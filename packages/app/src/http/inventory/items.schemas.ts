import {
  type Availability as DomainAvailability,
  type Item as DomainItem,
  hsCodePattern,
  type ItemFacts,
  itemLimits,
  MAX_COMPONENTS,
  MAX_QUANTITY,
} from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { skuOf } from '../ids.js';
import { pageOf, pageQuery } from '../pages.js';
import {
  anyInteger,
  anyText,
  anyTextOrNull,
  closed,
  component,
  countryCode,
  integer,
  listOf,
  moment,
  orNull,
  skuText,
  text,
  textOrNull,
  uuid,
} from '../vocabulary.schemas.js';

const millimetres = integer(1, itemLimits.sideMm);
const dimensions = Type.Object({ lengthMm: millimetres, widthMm: millimetres, heightMm: millimetres }, closed);
const customs = Type.Object(
  {
    hsCode: Type.String({ pattern: hsCodePattern, description: "The Harmonized System's code." }),
    originCountryCode: countryCode,
    description: text(itemLimits.customsDescription),
  },
  closed,
);
const part = Type.Object(
  { sku: skuText, quantity: integer(1, MAX_QUANTITY, { description: 'Units of it in one kit.' }) },
  closed,
);
const parts = listOf(part, {
  minItems: 1,
  maxItems: MAX_COMPONENTS,
  description: 'What one kit is put together from: items with stock of their own. A kit holds no stock itself.',
});

const grams = Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 1, maximum: itemLimits.weightGrams });

const threshold = Type.Unsafe<number | null>({
  type: ['integer', 'null'],
  minimum: 0,
  maximum: MAX_QUANTITY,
  description:
    'The stock is low when no more units than these are available at all active locations together. Null: no alarm. A kit has none: its components have.',
});

const facts = {
  barcode: Type.Optional(textOrNull(itemLimits.barcode)),
  weightGrams: Type.Optional(grams),
  dimensions: Type.Optional(orNull(dimensions)),
  customs: Type.Optional(orNull(customs)),
  lowStockThreshold: Type.Optional(threshold),
  components: Type.Optional(orNull(parts)),
};

export const NewItem = component(
  'NewItem',
  Type.Object(
    { sku: skuText, name: text(itemLimits.name), ...facts },
    { ...closed, examples: [{ sku: 'TEE-BLACK-M', name: 'T-shirt, black, M', weightGrams: 180 }] },
  ),
);

export const ItemChange = component(
  'ItemChange',
  Type.Object({ name: Type.Optional(text(itemLimits.name)), ...facts }, { ...closed, minProperties: 1 }),
);

export const Item = component(
  'Item',
  Type.Object(
    {
      sku: anyText,
      name: anyText,
      barcode: anyTextOrNull,
      weightGrams: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
      dimensions: orNull(dimensions),
      customs: orNull(customs),
      lowStockThreshold: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
      components: orNull(listOf(Type.Object({ sku: anyText, quantity: anyInteger }, closed))),
      createdAt: moment,
    },
    closed,
  ),
);

export const ItemPage = component('ItemPage', pageOf(Item.ref));
export const itemQuery = Type.Object(
  {
    ...pageQuery,
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'What the SKU or the name starts with.' })),
  },
  closed,
);
export const skuParams = Type.Object(
  { sku: Type.String({ minLength: 1, maxLength: 400, description: 'Percent-encoded.' }) },
  closed,
);

export const Availability = component(
  'Availability',
  Type.Object(
    {
      sku: anyText,
      available: Type.Integer({ description: 'What a new order could get; of a kit, whole kits.' }),
      locations: listOf(Type.Object({ locationId: uuid, available: anyInteger }, closed)),
    },
    closed,
  ),
);

export const availabilityView = (sku: string, { available, locations }: DomainAvailability): Static<typeof Availability.ref> => ({
  sku,
  available,
  locations,
});

export const itemView = (item: DomainItem): Static<typeof Item.ref> => item;

export const itemFactsOf = (given: Static<typeof NewItem.ref>): ItemFacts => ({
  name: given.name,
  barcode: given.barcode ?? null,
  weightGrams: given.weightGrams ?? null,
  dimensions: given.dimensions ?? null,
  customs: given.customs ?? null,
  lowStockThreshold: given.lowStockThreshold ?? null,
  components: componentsOf(given.components) ?? null,
});

type Parts = Static<typeof NewItem.ref>['components'];

/** Left out stays left out. */
export const componentsOf = (asked: Parts): ItemFacts['components'] | undefined =>
  asked?.map(({ sku, quantity }) => ({ sku: skuOf(sku), quantity }));
