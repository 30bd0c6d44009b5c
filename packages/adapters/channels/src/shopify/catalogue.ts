import { ok, type Result, type ShopAskRefused, type ShopCatalogue, type ShopLocation, type ShopVariant } from '@rappit/domain';
import { listOf, object, required } from '../wire/reading.js';
import { filled, text } from '../wire/scalars.js';
import { CATALOGUE, LOCATIONS } from './documents.js';
import type { ShopifyClient } from './graphql-client.js';
import { numberIn } from './ids.js';
import { flag, pageInfo, readIn } from './page.js';

const VARIANTS_A_PAGE = 100;
/** As many as Shopify hands out at once; Plus shops may have more locations, and sell from few of them. */
const LOCATIONS_AT_ONCE = 250;
/** What Shopify calls the only variant of a product that has no others. */
const NO_TITLE = 'Default Title';

const variant = object({
  id: required('id', numberIn('ProductVariant')),
  sku: filled('sku'),
  barcode: filled('barcode'),
  title: required('title', text),
  product: required('product', object({ title: required('title', text) })),
  item: required('inventoryItem', object({ id: required('id', numberIn('InventoryItem')), tracked: required('tracked', flag) })),
});
const connection = object({ nodes: required('nodes', listOf(variant)), pageInfo: required('pageInfo', pageInfo) });
const catalogueIn = object({ variants: required('productVariants', connection) });

export const catalogue = async (client: ShopifyClient, cursor: string | null): Promise<Result<ShopCatalogue, ShopAskRefused>> => {
  const told = readIn(await client.ask(CATALOGUE, { first: VARIANTS_A_PAGE, after: cursor || null }), catalogueIn);
  if (!told.ok) return told;
  const { nodes, pageInfo: info } = told.value.variants;
  const variants = nodes.map(
    ({ id, sku, barcode, title, product, item }): ShopVariant => ({
      externalVariantId: id,
      externalItemId: item.tracked ? item.id : null,
      sku,
      barcode,
      name: title === NO_TITLE ? product.title : `${product.title} - ${title}`,
    }),
  );
  return ok({ variants, cursor: info.endCursor ?? cursor ?? '', more: info.hasNextPage && info.endCursor !== null });
};

const location = object({
  id: required('id', numberIn('Location')),
  name: required('name', text),
  isActive: required('isActive', flag),
  isFulfillmentService: required('isFulfillmentService', flag),
});
const locationsIn = object({ locations: required('locations', object({ nodes: required('nodes', listOf(location)) })) });

/** What stands at a fulfilment service is that service's to count. */
export const locations = async (client: ShopifyClient): Promise<Result<readonly ShopLocation[], ShopAskRefused>> => {
  const told = readIn(await client.ask(LOCATIONS, { first: LOCATIONS_AT_ONCE }), locationsIn);
  if (!told.ok) return told;
  const ours = told.value.locations.nodes.filter(({ isActive, isFulfillmentService }) => isActive && !isFulfillmentService);
  return ok(ours.map(({ id, name }) => ({ externalLocationId: id, name })));
};
