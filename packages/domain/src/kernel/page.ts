/**
 * A slice of a list: at most `limit` rows (1 to `MAX_PAGE` when somebody outside asks) after the place that `cursor` names.
 * Lists in the order of ids have a UUID as cursor, which whoever takes it from outside checks; each other list takes any text as a place.
 */
export type PageRequest = { readonly limit: number; readonly cursor?: string | undefined };

/** `nextCursor` is null on the last page. Cursors are opaque to whoever holds them. */
export type Page<Row> = { readonly data: readonly Row[]; readonly nextCursor: string | null };

export const MAX_PAGE = 100;
