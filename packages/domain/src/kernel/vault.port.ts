/**
 * Seals what we must be able to read back (a shop's secret), so that the store alone doesn't give it away.
 * - `open` of an altered seal, or of another key's, is a bug or an attack and throws.
 */
export type Vault = { readonly seal: (plain: string) => string; readonly open: (sealed: string) => string };
