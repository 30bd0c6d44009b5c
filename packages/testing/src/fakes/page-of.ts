import type { Page, PageRequest } from '@rappit/domain';
import { byCodePoint } from './code-points.js';

/** How a list is ordered, and where it goes on: by the row's place, which is also its cursor. */
export type Listed<Row> = { readonly placeOf: (row: Row) => string; readonly newestFirst?: boolean };

/** The page after the cursor's place. The cursor needs no row of its own: any text is a place. */
export const pageOf = <Row>(
  rows: Iterable<Row>,
  { limit, cursor }: PageRequest,
  { placeOf, newestFirst = false }: Listed<Row>,
): Page<Row> => {
  const direction = newestFirst ? -1 : 1;
  const sorted = [...rows].sort((a, b) => direction * byCodePoint(placeOf(a), placeOf(b)));
  const rest = cursor === undefined ? sorted : sorted.filter((row) => direction * byCodePoint(placeOf(row), cursor) > 0);
  const data = rest.slice(0, limit);
  const last = data.at(-1);
  return { data, nextCursor: last && rest.length > data.length ? placeOf(last) : null };
};
