/** Makes ids: UUIDv7 texts, so that rows made later sort later. Never the same twice. */
export type IdSource = { readonly next: () => string };
