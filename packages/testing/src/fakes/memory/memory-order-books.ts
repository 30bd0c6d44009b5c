import { addsUp, type LineBooks, type Order, type OrderStore, orderLinesAfter, type ReturnBooks } from '@rappit/domain';
import type { Workbench } from './workbench.js';

/** What orders say beside what others say of them. */
export const memoryOrderBooks = ({ state }: Workbench): Pick<OrderStore, 'lineBooks' | 'returnBooks'> => ({
  lineBooks: async (limit) => {
    const all = [...state().orders.values()].flatMap((order) =>
      order.lines.flatMap((line) => booksOf(state, order, line).map((books) => ({ line, books }))),
    );
    const differ = ({ line, books }: (typeof all)[number]): boolean => !addsUp(line) || books.promised !== books.openReserved;
    return [...all.filter(differ), ...all.filter((one) => !differ(one))].slice(0, limit).map(({ books }) => books);
  },
  returnBooks: async (limit) => [...state().orders.values()].flatMap((order) => returnBooksOf(state, order)).slice(0, limit),
});

const returnBooksOf = (state: Workbench['state'], order: Order): readonly ReturnBooks[] => {
  const count = [...state().returns.values()].filter(
    ({ orderId, status }) => orderId === order.id && status !== 'rejected' && status !== 'cancelled',
  );
  const untouched = order.lines.map((line) => ({ ...line, returning: 0, returned: 0 }));
  const told = count.reduce<Order['lines']>((lines, one) => orderLinesAfter(lines, [], one.lines), untouched);
  return order.lines.flatMap(({ id, returning, returned }) => {
    const own = told.find((line) => line.id === id);
    const [awaited, cameBack] = [own?.returning ?? 0, own?.returned ?? 0];
    const isSame = awaited === returning && cameBack === returned;
    return isSame ? [] : [{ id, orderId: order.id, returning, returned, awaited, cameBack }];
  });
};

const booksOf = (state: Workbench['state'], order: Order, line: Order['lines'][number]): readonly LineBooks[] => {
  const { id, ordered, pending, reserved, backordered, shipped, cancelled } = line;
  const open = [...state().stock.reservations.values()].filter(
    (one) => one.status === 'open' && one.orderId === order.id && one.orderLineId === id,
  );
  const parts = line.components ?? [{ sku: line.sku, quantity: 1 }];
  const skus = new Set([...parts.map(({ sku }) => sku), ...open.map(({ sku }) => sku)]);
  return [...skus].map((sku) => ({
    id,
    orderId: order.id,
    ordered,
    pending,
    reserved,
    backordered,
    shipped,
    cancelled,
    sku,
    promised: reserved * (parts.find((part) => part.sku === sku)?.quantity ?? 0),
    openReserved: open.reduce((sum, { sku: ofSku, quantity }) => (ofSku === sku ? sum + quantity : sum), 0),
  }));
};
