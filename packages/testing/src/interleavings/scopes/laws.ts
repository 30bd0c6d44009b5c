import type { Movement, OrganizationId } from '@rappit/domain';
import { expectEqual, expectThat } from '../../contracts/expecting.js';
import { allPages } from '../../contracts/paging.js';
import type { PersistenceWorld } from '../../contracts/persistence-world.js';
import type { Sale } from '../../fakes/fake-carrier.js';
import { checkInvariants, checkLedger, checkReconciled, look } from '../../properties/books.js';
import type { Seen } from '../../properties/picture.js';

export type Books = Pick<PersistenceWorld, 'unitOfWork' | 'digest'> & { readonly organizationId: OrganizationId };

/** I1 to I6 and I9 of what is stored and sold, whatever the commands were. Throws what doesn't hold. */
export const checkLaws = async (books: Books, sold: readonly Sale[]): Promise<Seen> => {
  const seen = await look(books, books.organizationId);
  checkInvariants(undefined, seen);
  await checkReconciled(books, books.organizationId);
  await checkLedger(books, books.organizationId, books.digest);
  await checkShipped(books, seen);
  checkLabels(seen, sold);
  return seen;
};

const isOfShipment = ({ kind, reference }: Movement): boolean =>
  kind === 'consume' || (kind === 'restock' && reference?.kind === 'shipment');

/** What has left the shelves, and didn't come back with a cancelled shipment, is what orders say was shipped. */
const checkShipped = async ({ unitOfWork, organizationId }: Books, { orders }: Seen): Promise<void> => {
  const movements = await allPages(100, (page) => unitOfWork.read(organizationId, ({ stock }) => stock.movements(page, {})));
  const consumed = movements.reduce((units, one) => (isOfShipment(one) ? units - one.onHandDelta : units), 0);
  const shipped = orders.flatMap(({ lines }) => lines).reduce((units, line) => units + line.shipped, 0);
  expectEqual(shipped, consumed, 'units that were shipped, by the ledger');
};

/** A shipment has one paid label at most, and every label that was sold is written down, or waits to be looked up. */
const checkLabels = ({ shipments, orders }: Seen, sold: readonly Sale[]): void => {
  for (const { reference, status, trackingNumber } of shipments) {
    const labels = sold.filter((sale) => sale.reference === reference);
    expectThat(labels.length <= 1, `I6: ${labels.length} labels were sold for one shipment`);
    if (status !== 'purchasing' && status !== 'unknown')
      expectEqual(trackingNumber, labels[0]?.label.trackingNumber ?? null, 'I9: the label of a shipment, by the carrier');
  }
  const references = shipments.map(({ reference }) => reference);
  expectThat(
    sold.every(({ reference }) => references.includes(reference)),
    'I9: every label that was sold belongs to a shipment',
  );
  for (const { id, number, purchases } of orders) {
    const underWay = shipments.filter(
      ({ orderId, returnId, status }) => orderId === id && returnId === null && (status === 'purchasing' || status === 'unknown'),
    );
    expectEqual(purchases, underWay.length, `purchases of order ${number} that are under way`);
  }
};
