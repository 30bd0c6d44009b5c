import type { Address } from '../kernel/index.js';
import type { Parcel } from './parcel.js';

/** When somebody is to come. Times are `HH:MM` by the clock on the wall there. */
export type PickupOrder = {
  readonly from: Address;
  readonly parcels: readonly Parcel[];
  /** A day, `YYYY-MM-DD`. */
  readonly on: string;
  readonly readyAt: string;
  readonly closesAt: string;
  /** Where the parcels lie, such as `reception`. */
  readonly place: string | null;
  /** The service of what is picked up, where it has one. */
  readonly service: string | null;
  /** The goods cross a border. */
  readonly abroad: boolean;
};

/** A booked pickup, with all that the carrier wants to hear when it is cancelled. */
export type Pickup = {
  readonly confirmation: string;
  readonly on: string;
  readonly service: string | null;
  /** The carrier's own place that sends somebody. */
  readonly station: string | null;
};

/** What a carrier says of an address. `better` is how the carrier would write it; null where it has nothing better. */
export type AddressVerdict = {
  readonly deliverable: boolean;
  readonly residential: boolean | null;
  readonly better: Address | null;
  readonly remarks: readonly string[];
};
