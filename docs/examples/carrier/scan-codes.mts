import type { TrackingStatus } from '@rappit/domain';

/** What each code of Pigeon Post's manual (chapter 5) says of a parcel. A code that isn't here is kept and moves nothing. */
export const scanCodes: Readonly<Record<string, TrackingStatus>> = {
  NEST: 'announced',
  FED: 'pickedUp',
  AIR: 'inTransit',
  SIGHT: 'outForDelivery',
  HAWK: 'delayed',
  HOME: 'delivered',
  BACK: 'returned',
};
