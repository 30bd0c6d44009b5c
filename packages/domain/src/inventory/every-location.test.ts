import { everyLocation } from './every-location.js';
import { type Location, LocationId } from './location.js';

const location = (code: string): Location => ({
  id: LocationId(code),
  code,
  name: code,
  address: null,
  priority: 1,
  active: true,
});

describe('all locations', () => {
  it('are read page by page, each once', async () => {
    const pages = [['A', 'B'], ['C'], []].map((codes) => codes.map(location));
    const asked: unknown[] = [];
    const all = await everyLocation({
      list: async (page) => {
        asked.push(page.cursor);
        return { data: pages[asked.length - 1] ?? [], nextCursor: ['b', 'c', null][asked.length - 1] ?? null };
      },
    });
    expect(all.map(({ code }) => code)).toEqual(['A', 'B', 'C']);
    expect(asked).toEqual([undefined, 'b', 'c']);
  });
});
