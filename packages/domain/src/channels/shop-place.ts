/** Where a shop counts stock: of what it sells, and at which of its places where it has several. */
export type ShopPlace = { readonly externalItemId: string; readonly externalLocationId: string | null };
