export { anyAddress } from './addresses.js';
export { anyComponents, anyDemands, anyDemandsWithKits, anyPolicy, anyRequests } from './demands.js';
export { anyDraft, anyDraftLine } from './drafts.js';
export { anyExternalId, anyExternalOrder } from './external-orders.js';
export { anyNoQuantity, anyQuantity } from './quantities.js';
export { anyLevel, anyShelves, locationId, type ShelfBounds } from './shelves.js';
export { anySku, anySkus, anySkuText } from './skus.js';
