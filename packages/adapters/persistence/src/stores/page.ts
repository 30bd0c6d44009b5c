import type { Page } from '@rappit/domain';

/** A page of `limit` rows from up to one more, which tells whether there is a next page. */
export const pageOf = <Row>(rows: readonly Row[], limit: number, cursorOf: (row: Row) => string): Page<Row> => {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, nextCursor: rows.length > limit && last ? cursorOf(last) : null };
};
