import { MAX_PAGE, type Page, type PageRequest } from '@rappit/domain';
import Type, { type Static, type TSchema } from 'typebox';
import { refusing } from './problems/refusals.js';
import { closed, integer, listOf } from './vocabulary.schemas.js';
import { isMoment } from './wire/moments.js';

const DEFAULT_PAGE = 25;

/** What every list takes. `more` are the list's own filters. */
export const pageQuery = {
  limit: Type.Optional(integer(1, MAX_PAGE, { default: DEFAULT_PAGE })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000, description: 'The nextCursor of the page before.' })),
};

/** A list's answer. */
export const pageOf = <Row extends TSchema>(row: Row) =>
  Type.Object(
    {
      data: listOf(row),
      nextCursor: Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'Null on the last page.' }),
    },
    closed,
  );

const matching =
  (pattern: string, flags: string) =>
  (text: string): boolean =>
    new RegExp(pattern, flags).test(text);
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * What a list's places look like, as the stores write them.
 * - `id`: a UUID, handed out as it is.
 * - The others are texts, handed out in base64url so that nobody builds on them.
 * - An `invoice` is the billing provider's own id.
 * - A `pair` is two texts, of which the second may be empty.
 * - A `moment` comes before an id, as `Date` writes it, and is one: the store would stumble over the 99th of a month.
 */
const places = {
  id: matching(`^${UUID}$`, 'i'),
  text: matching('^[^\\0\\p{Cs}]+$', 'u'),
  invoice: matching('^in_[\\w-]+$', ''),
  level: matching(`^[^\\0\\n\\p{Cs}]+\\n${UUID}$`, 'u'),
  pair: matching('^[^\\0\\n\\p{Cs}]+\\n[^\\0\\n\\p{Cs}]*$', 'u'),
  listing: matching(`^${UUID}\\n[^\\0\\p{Cs}]+$`, 'u'),
  moment: (place: string) => matching(`^.{24}\\n${UUID}$`, '')(place) && isMoment(place.slice(0, 24)),
} as const;
export type Place = keyof typeof places;

type Asked = { readonly limit?: number; readonly cursor?: string };

/** The page that was asked for. A cursor that no list handed out is refused. */
export const pageRequest = (place: Place, { limit = DEFAULT_PAGE, cursor }: Asked): PageRequest => {
  if (cursor === undefined) return { limit };
  const read = place === 'id' ? cursor.toLowerCase() : Buffer.from(cursor, 'base64url').toString('utf8');
  if (!places[place](read) || write(place, read) !== (place === 'id' ? read : cursor))
    throw refusing({
      code: 'request.invalid',
      faults: [{ path: 'cursor', message: 'must be the nextCursor of a page of this list' }],
    });
  return { limit, cursor: read };
};

const write = (place: Place, cursor: string): string =>
  place === 'id' ? cursor : Buffer.from(cursor, 'utf8').toString('base64url');

/** A page as it is answered. */
export const pageAnswer = <Row, Shown>(
  place: Place,
  page: Page<Row>,
  view: (row: Row) => Shown,
): { readonly data: readonly Shown[]; readonly nextCursor: string | null } => ({
  data: page.data.map(view),
  nextCursor: page.nextCursor === null ? null : write(place, page.nextCursor),
});

export type PageOf<Row extends TSchema> = Static<ReturnType<typeof pageOf<Row>>>;
