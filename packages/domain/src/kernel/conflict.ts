/** What was decided on had changed by the time it was to be written. Nothing was written; the whole request may be made again. */
export type StoreConflict = { readonly code: 'store.conflict' };

/** Something in it can't be stored, such as a NUL character in a text. Nothing was written. */
export type StoreUnstorable = { readonly code: 'store.unstorable' };
