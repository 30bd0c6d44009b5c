import { parseExactly } from '../wire/json-text.js';
import { object, optional, required } from '../wire/reading.js';
import { moment, units } from '../wire/scalars.js';

/**
 * Where a reading of changed orders has come to.
 * - `after`: the changes since then are read; null for all of them.
 * - `offset`: how many of them were handed out, in the order of their ids.
 * - `begun`: when this reading began, by the store's clock, and `newest` the newest change that it met: the next one begins at the older.
 */
export type OrdersCursor = {
  readonly after: Date | null;
  readonly offset: number;
  readonly begun: Date | null;
  readonly newest: Date | null;
};

const fields = object<OrdersCursor>({
  after: optional('after', moment),
  offset: required('offset', units),
  begun: optional('begun', moment),
  newest: optional('newest', moment),
});

export const atTheBeginning: OrdersCursor = { after: null, offset: 0, begun: null, newest: null };

export const cursorText = (cursor: OrdersCursor): string => JSON.stringify(cursor);

/** A text that isn't a cursor begins anew: orders that come again change nothing. */
export const cursorIn = (text: string | null): OrdersCursor => {
  const parsed = text === null ? undefined : parseExactly(text);
  const read = parsed?.ok ? fields(parsed.value, '') : undefined;
  return read?.ok ? read.value : atTheBeginning;
};

/** Where the next reading begins, when this one is over. A change in the future, by a clock that is wrong, skips nothing. */
export const afterReading = ({ after, begun, newest }: OrdersCursor): OrdersCursor => {
  const earlier = newest && begun && begun < newest ? begun : newest;
  return { ...atTheBeginning, after: earlier && after && earlier < after ? after : (earlier ?? after) };
};
