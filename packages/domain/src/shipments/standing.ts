/** Where a parcel stands, in the finest words that all carriers share. */
export const trackingStatuses = [
  'announced',
  'pickedUp',
  'inTransit',
  'outForDelivery',
  'readyForPickup',
  'onHold',
  'delayed',
  'deliveryFailed',
  'damaged',
  'delivered',
  'returned',
  'cancelled',
] as const;
export type TrackingStatus = (typeof trackingStatuses)[number];

/** Where a number of a shipment stands, in the finest words; null before its first scan. */
export type ParcelStanding = {
  readonly number: string;
  readonly status: TrackingStatus | null;
  readonly signedBy: string | null;
  /** A day at the recipient's, `YYYY-MM-DD`. */
  readonly deliveryOn: string | null;
};
