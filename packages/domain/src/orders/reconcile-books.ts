import { auditLedger, differencesOf, type LedgerAudit, type LevelDifference } from '../inventory/index.js';
import { type Digest, type OrganizationId, ok, type UnitOfWork } from '../kernel/index.js';
import type { BooksSummary } from './books-summary.js';
import type { OrderId } from './order.js';
import type { OrderLineId } from './order-line.js';
import type { LineBooks, OrderStores, ReturnBooks } from './stores.port.js';

/**
 * A line whose units don't add up (I4), whose promise isn't what is reserved for it (I2), or of which its returns say something else than it
 * does: how many are still to come back, or have.
 */
export type LineDifference = {
  readonly invariant: 'I2' | 'I4' | 'returns';
  readonly orderId: OrderId;
  readonly orderLineId: OrderLineId;
  readonly expected: number;
  readonly found: number;
};

/** `complete` is false when there was more to report than fits. */
export type Reconciliation = {
  readonly at: Date;
  readonly levels: readonly LevelDifference[];
  readonly lines: readonly LineDifference[];
  readonly complete: boolean;
};

const AT_MOST = 1_000;

/** Adds up the ledger, the open reservations, the lines and their returns, and reports every difference. Repairs nothing. */
export const reconcile =
  ({ unitOfWork }: { readonly unitOfWork: UnitOfWork<OrderStores> }) =>
  (organizationId: OrganizationId): Promise<Reconciliation> =>
    unitOfWork.read(organizationId, async ({ stock, orders, now }) => {
      const levels = (await stock.books(AT_MOST)).flatMap(differencesOf);
      const lines = [
        ...onceEach((await orders.lineBooks(AT_MOST)).flatMap(lineDifferences)),
        ...(await orders.returnBooks(AT_MOST)).flatMap(returnDifferences),
      ];
      return { at: now, levels, lines, complete: levels.length < AT_MOST && lines.length < AT_MOST };
    });

type Differ = (invariant: LineDifference['invariant'], expected: number, found: number) => readonly LineDifference[];

const differing =
  ({ id, orderId }: Pick<LineBooks, 'id' | 'orderId'>): Differ =>
  (invariant, expected, found) =>
    expected === found ? [] : [{ invariant, orderId, orderLineId: id, expected, found }];

const lineDifferences = (line: LineBooks): readonly LineDifference[] => {
  const { ordered, pending, reserved, backordered, shipped, cancelled, promised, openReserved } = line;
  const sum = pending + reserved + backordered + shipped + cancelled;
  const differ = differing(line);
  return [...differ('I4', ordered, sum), ...differ('I2', openReserved, promised)];
};

const returnDifferences = (line: ReturnBooks): readonly LineDifference[] => {
  const differ = differing(line);
  return [...differ('returns', line.awaited, line.returning), ...differ('returns', line.cameBack, line.returned)];
};

/** A kit's line is looked at once for each component; that it doesn't add up is told once. */
const onceEach = (differences: readonly LineDifference[]): readonly LineDifference[] => {
  const told = new Set<string>();
  return differences.filter(({ invariant, orderLineId }) => {
    if (invariant === 'I2') return true;
    const isNew = !told.has(orderLineId);
    told.add(orderLineId);
    return isNew;
  });
};

/** The sizes of what differs. */
export const summaryOf = ({ at, levels, lines }: Reconciliation, { faults }: LedgerAudit): BooksSummary => {
  const sum = (differences: readonly { readonly expected: number; readonly found: number }[]): number =>
    differences.reduce((units, { expected, found }) => units + Math.abs(expected - found), 0);
  const level = (invariant: LevelDifference['invariant']) => levels.filter((one) => one.invariant === invariant);
  return {
    at,
    oversoldUnits: sum(level('I1')),
    ledgerDriftUnits: sum(level('I3')) + faults.length,
    orphanedReservations: Math.max(sum(level('I2')), sum(lines.filter((one) => one.invariant === 'I2'))),
  };
};

type KeepDeps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly digest: Digest };

/** Everything that can be checked of an organization's books, with its summary kept. */
export type FullReconciliation = Reconciliation & { readonly chains: LedgerAudit };

/** Reconciles, walks through every chain of the ledger, and keeps the summary. */
export const reconcileAll =
  ({ unitOfWork, digest }: KeepDeps) =>
  async (organizationId: OrganizationId): Promise<FullReconciliation> => {
    const books = await reconcile({ unitOfWork })(organizationId);
    const chains = await auditLedger({ unitOfWork, digest })(organizationId);
    await unitOfWork.run(organizationId, async ({ orders }) => ok(await orders.keepSummary(summaryOf(books, chains))));
    return { ...books, chains };
  };
