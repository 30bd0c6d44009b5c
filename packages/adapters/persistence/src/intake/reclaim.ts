import type { ExpireUnpaid, OrganizationId, Sku } from '@rappit/domain';

/** Something that a batch asks for lapsed: nothing is written, and the batch is placed again once that was expired. */
export class Lapsed extends Error {
  override readonly name = 'Lapsed';
  constructor(readonly skus: readonly Sku[]) {
    super('promises lapsed');
  }
}

/**
 * Places, and places again after expiring what lapsed, which the orders that wait for it get first. The second time what has lapsed
 * since counts as reserved: nobody waits for others' clocks for ever.
 */
export const reclaiming = async <Value>(
  expire: ExpireUnpaid,
  organizationId: OrganizationId,
  place: (heedLapsed: boolean) => Promise<Value>,
): Promise<Value> => {
  try {
    return await place(true);
  } catch (error) {
    if (!(error instanceof Lapsed)) throw error;
    while ((await expire(organizationId, error.skus)) > 0);
    return place(false);
  }
};
