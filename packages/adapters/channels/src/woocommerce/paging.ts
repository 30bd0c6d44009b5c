import { ok, type Result, type ShopAskRefused } from '@rappit/domain';
import { unavailable } from '../wire/answers.js';
import { noOf, type WooAnswer, type WooSession } from './client.js';

/** The most that WooCommerce hands out at once. */
const PAGE = 100;
/** Of anything that is read to its end; no store has as many webhooks, refunds of an order or variations of a product. */
const MOST_PAGES = 20;

/** The rows of an answer that is a list. */
export const rowsOf = (answer: WooAnswer): Result<readonly unknown[], ShopAskRefused> => {
  if (!answer.isOk) return noOf(answer);
  return Array.isArray(answer.json) ? ok(answer.json) : unavailable('The shop answered with something else than a list.');
};

/** Everything that a path lists, the oldest first. */
export const allOf = async (
  session: WooSession,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<Result<readonly unknown[], ShopAskRefused>> => {
  const all: unknown[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await session.ask(path, { ...query, per_page: PAGE, page });
    const rows = answer.ok ? rowsOf(answer.value) : answer;
    if (!rows.ok) return rows;
    all.push(...rows.value);
    if (rows.value.length < PAGE) break;
  }
  return ok(all);
};

/** Lists of ids, no longer than a request takes. */
export const inBatches = <Value>(values: readonly Value[]): readonly (readonly Value[])[] =>
  Array.from({ length: Math.ceil(values.length / PAGE) }, (_, index) => values.slice(index * PAGE, (index + 1) * PAGE));
