import {
  type AuditEntry,
  type AuditFilter,
  type Cells,
  everyLocation,
  type ItemColumn,
  itemCells,
  itemColumns,
  type LevelFilter,
  type OrderFilter,
  type OrderSummary,
  type OrganizationId,
  type Page,
  type StockColumn,
  type StockLevel,
  stockCells,
  stockColumns,
} from '@rappit/domain';
import type { Stores } from '../../use-cases.js';
import type { HttpDeps } from '../deps.js';
import { everyPage } from './every-page.js';
import type { Sheet } from './send-csv.js';

/** Reads of one organization. Each sees one state of it; the pages of a sheet are read one after another, and hold nothing open meanwhile. */
export type Reads = <Value>(work: (stores: Stores) => Promise<Value>) => Promise<Value>;

export const within =
  (read: HttpDeps['read'], organizationId: OrganizationId): Reads =>
  (work) =>
    read(organizationId, work);

export const itemSheet = (read: Reads, text?: string): Sheet<ItemColumn> => ({
  name: 'items',
  columns: itemColumns,
  pages: itemRows(read, text),
});

async function* itemRows(read: Reads, text?: string): AsyncGenerator<readonly Cells<ItemColumn>[]> {
  for await (const page of everyPage((asked) => read(({ items }) => items.list(asked, text)))) yield page.map(itemCells);
}

/** Levels of items that are there: what is left of a deleted one is nothing that could be counted. */
export const stockSheet = (read: Reads, where: LevelFilter): Sheet<StockColumn> => ({
  name: 'stock',
  columns: stockColumns,
  pages: everyPage((asked) =>
    read(async (stores) => {
      const { data, nextCursor } = await stores.stock.levels(asked, where);
      return { data: await levelRows(stores, data), nextCursor };
    }),
  ),
});

const levelRows = async (
  { items, locations }: Stores,
  levels: Page<StockLevel>['data'],
): Promise<readonly Cells<StockColumn>[]> => {
  const found = new Map((await items.findMany(levels.map(({ sku }) => sku))).map((item) => [item.sku, item]));
  const places = new Map((await everyLocation(locations)).map((location) => [location.id, location]));
  return levels.flatMap((level) => {
    const [item, location] = [found.get(level.sku), places.get(level.locationId)];
    return item && location ? [stockCells(level, item, location)] : [];
  });
};

const auditColumns = ['at', 'kind', 'actorKind', 'actorId', 'targetId', 'facts', 'requestId', 'id'] as const;
type AuditColumn = (typeof auditColumns)[number];

/** The audit log, newest first, the facts of an entry as JSON in one cell. */
export const auditSheet = (read: Reads, filter: AuditFilter): Sheet<AuditColumn> => ({
  name: 'audit-log',
  columns: auditColumns,
  pages: auditRows(read, filter),
});

async function* auditRows(read: Reads, filter: AuditFilter): AsyncGenerator<readonly Cells<AuditColumn>[]> {
  for await (const page of everyPage((asked) => read(({ audit }) => audit.list(asked, filter)))) yield page.map(auditCells);
}

const auditCells = ({ at, kind, actor, targetId, facts, requestId, id }: AuditEntry): Cells<AuditColumn> => ({
  at: at.toISOString(),
  kind,
  actorKind: actor.kind,
  actorId: actor.id,
  targetId,
  facts: JSON.stringify(facts),
  requestId,
  id,
});

const orderColumns = [
  'number',
  'status',
  'hold',
  'placedAt',
  'source',
  'externalNumber',
  'customerName',
  'units',
  'totalMinor',
  'currency',
  'paymentStatus',
  'id',
] as const;
type OrderColumn = (typeof orderColumns)[number];

/** Orders as the list shows them. */
export const orderSheet = (read: Reads, filter: OrderFilter): Sheet<OrderColumn> => ({
  name: 'orders',
  columns: orderColumns,
  pages: orderRows(read, filter),
});

async function* orderRows(read: Reads, filter: OrderFilter): AsyncGenerator<readonly Cells<OrderColumn>[]> {
  for await (const page of everyPage((asked) => read(({ orders }) => orders.list(asked, filter)))) yield page.map(orderCells);
}

const orderCells = ({ source, placedAt, ...order }: OrderSummary): Cells<OrderColumn> => ({
  number: order.number,
  status: order.status,
  hold: order.hold,
  placedAt: placedAt.toISOString(),
  source: source.kind === 'channel' ? source.channelId : source.kind,
  externalNumber: source.kind === 'channel' ? source.externalNumber : null,
  customerName: order.customerName,
  units: order.units,
  totalMinor: order.totalMinor,
  currency: order.currency,
  paymentStatus: order.paymentStatus,
  id: order.id,
});
