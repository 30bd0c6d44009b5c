import type { Page, PageRequest } from '@rappit/domain';

/** Rows that an export reads at once. */
const EXPORT_PAGE = 1_000;

/** All pages of a list, one after another, each read when the one before has been used. */
export async function* everyPage<Row>(list: (page: PageRequest) => Promise<Page<Row>>): AsyncGenerator<readonly Row[]> {
  for (let cursor: string | undefined; ; ) {
    const { data, nextCursor }: Page<Row> = await list({ limit: EXPORT_PAGE, cursor });
    if (data.length > 0) yield data;
    if (nextCursor === null) return;
    cursor = nextCursor;
  }
}
