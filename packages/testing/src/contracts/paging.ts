import type { Page, PageRequest } from '@rappit/domain';
import { expectThat } from './expecting.js';

/** Every row of a list, page by page; a list that never ends, or whose pages are too long, breaks its promise. */
export const allPages = async <Row>(limit: number, list: (page: PageRequest) => Promise<Page<Row>>): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 1_000; pages += 1) {
    const { data, nextCursor } = await list({ limit, cursor });
    expectThat(data.length <= limit, `a page holds ${limit} rows at most, this one held ${data.length}`);
    rows.push(...data);
    if (nextCursor === null) return rows;
    expectThat(data.length > 0, 'a page that names a next one holds rows');
    cursor = nextCursor;
  }
  throw new Error('the list has no last page');
};
