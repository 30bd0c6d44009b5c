import { type Order, OrderId, OrderLineId, ok } from '@rappit/domain';
import type { Backend, MakeBackend } from './backend.test-kit.js';
import { type Acts, actsOf } from './scene.test-kit.js';
import { type Account, openWorld, type World } from './world.test-kit.js';

/** More than a page of an export, of so few moments that a page ends among orders of one moment. */
const ORDERS = 1_300;
const MOMENTS = 40;
const hour = (index: number): Date => new Date(Date.UTC(2025, 0, 1, index));

type Row = { readonly number: string; readonly at: number; readonly id: string; readonly isOdd: boolean };

/** An export that is narrowed by dates, held against a plain look at all there is. */
export const datedExport = (make: MakeBackend): void => {
  describe('orders of some dates as CSV', () => {
    let backend: Backend;
    let world: World;
    let acts: Acts;
    let rows: readonly Row[];
    beforeAll(async () => {
      world = await openWorld(async () => {
        backend = await make();
        return backend;
      });
      const account = await world.signUp();
      acts = actsOf(world, account);
      await acts.addItem('MUG');
      const { id } = await acts.place('MUG', 1, { onShortage: 'backorder' });
      rows = await placedThen(account, OrderId(id));
    });
    afterAll(() => world.close());

    /** Orders like this one, each with a later id than the one before, and most of them placed before it. */
    const placedThen = async ({ organizationId }: Account, id: OrderId): Promise<readonly Row[]> => {
      const like = await backend.unitOfWork.read(organizationId, ({ orders }) => orders.find(id));
      if (!like) throw new Error('there is an order');
      const orders = Array.from({ length: ORDERS }, (_, index): Order => {
        const next = OrderId(backend.ids.next());
        const lines = like.lines.map((line) => ({ ...line, id: OrderLineId(backend.ids.next()) }));
        const tags = index % 2 === 0 ? [] : ['odd'];
        return { ...like, id: next, number: `N-${index}`, placedAt: hour((index * 7) % MOMENTS), tags, lines };
      });
      const fresh = { isNew: true, addedLines: 1, entries: [], events: [], explanation: null };
      for (let from = 0; from < ORDERS; from += 500)
        await backend.unitOfWork.run(organizationId, async (stores) =>
          ok(await stores.orders.save(...orders.slice(from, from + 500).map((order) => ({ ...fresh, order })))),
        );
      return [like, ...orders].map(({ number, placedAt, tags, ...order }) => ({
        number,
        at: placedAt.getTime(),
        id: order.id,
        isOdd: tags.length > 0,
      }));
    };

    const oldestFirst = (one: Row, other: Row): number => one.at - other.at || (one.id < other.id ? -1 : 1);
    const lookedUp = (isWanted: (row: Row) => boolean): readonly string[] =>
      rows
        .filter(isWanted)
        .sort(oldestFirst)
        .map(({ number, at, id }) => `${number} ${new Date(at).toISOString()} ${id}`);
    const exported = async (query: Readonly<Record<string, string>>): Promise<readonly string[]> => {
      const answer = await acts.ask('GET', `/orders?${new URLSearchParams(query)}`, undefined, { accept: 'text/csv' });
      expect([answer.status, answer.headers.get('content-disposition')]).toEqual([200, 'attachment; filename="orders.csv"']);
      const [head, ...lines] = answer.text.split('\r\n').slice(0, -1);
      const columns = head?.replace('\uFEFF', '').split(',') ?? [];
      const places = ['number', 'placedAt', 'id'].map((column) => columns.indexOf(column));
      return lines.map((line) => places.map((place) => line.split(',')[place]).join(' '));
    };

    const [third, last] = [hour(3), hour(36)];
    const isWithin = ({ at }: Row): boolean => at >= third.getTime() && at < last.getTime();
    const dates = { from: third.toISOString(), to: last.toISOString() };

    it('are those placed from the first moment on, and before the second, newest first, each once over all pages', async () => {
      const wanted = lookedUp(isWithin);
      expect(wanted.length).toBeGreaterThan(1_000);
      expect(await exported(dates)).toEqual(wanted.toReversed());
    });

    it.each<[string, Readonly<Record<string, string>>, (row: Row) => boolean]>([
      ['of both dates', dates, isWithin],
      ['from a moment on', { from: dates.from }, ({ at }) => at >= third.getTime()],
      ['until a moment', { to: dates.to }, ({ at }) => at < last.getTime()],
      ['of both dates with a tag', { ...dates, tag: 'odd' }, (row) => isWithin(row) && row.isOdd],
      ['of dates in another time zone', { from: '2025-01-01T08:00:00+05:00', to: '2025-01-02T07:00:00-05:00' }, isWithin],
      ['of one moment', { from: dates.from, to: new Date(third.getTime() + 1).toISOString() }, ({ at }) => at === +third],
      ['of dates before all of them', { to: hour(0).toISOString() }, () => false],
      ['of dates that end before they begin', { from: dates.to, to: dates.from }, () => false],
    ])('are the same as a plain look finds, oldest first: %s', async (_, query, isWanted) => {
      expect(await exported({ ...query, sort: 'oldest' })).toEqual(lookedUp(isWanted));
    });
  });
};
