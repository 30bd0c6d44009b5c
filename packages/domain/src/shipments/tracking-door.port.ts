import type { OrganizationId } from '../kernel/index.js';

/** The door for what a carrier tells by itself: whose shipments of the installation's own account have these numbers, or parcels that have them. */
export type TrackingDoor = {
  readonly organizationsOfNumbers: (
    carrier: string,
    numbers: readonly string[],
  ) => Promise<readonly { readonly organizationId: OrganizationId; readonly number: string }[]>;
};
