import type { TrackingStatus } from '@rappit/domain';

/**
 * DHL's checkpoint codes (`typeCode` of an event) and where a parcel stands after them. Only `OK` is a delivery; `DD` is one of
 * something damaged, and `PD` one of a part. The set is open: a code that isn't here says nothing of where the parcel stands.
 * Three stand here otherwise than in lists that have fewer words than ours:
 * - `EM` (data merged) is `announced` and not under way: it comes of data, also before anybody has the parcel in hand.
 * - `TD` (transport delay) is `delayed` and not merely under way, since whoever waits wants to know.
 * - `PD` (partial delivery) is `deliveryFailed`, which shows as an exception: what is missing wasn't delivered.
 */
export const dhlEventCodes = {
  SD: 'announced',
  MF: 'announced',
  EM: 'announced',
  PU: 'pickedUp',
  AF: 'inTransit',
  AR: 'inTransit',
  BL: 'inTransit',
  BR: 'inTransit',
  CI: 'inTransit',
  CR: 'inTransit',
  CU: 'inTransit',
  DF: 'inTransit',
  DG: 'inTransit',
  ES: 'inTransit',
  FD: 'inTransit',
  HN: 'inTransit',
  IC: 'inTransit',
  LV: 'inTransit',
  MC: 'inTransit',
  MS: 'inTransit',
  PL: 'inTransit',
  RR: 'inTransit',
  RW: 'inTransit',
  SA: 'inTransit',
  SC: 'inTransit',
  SI: 'inTransit',
  SM: 'inTransit',
  TR: 'inTransit',
  UV: 'inTransit',
  WC: 'outForDelivery',
  CC: 'readyForPickup',
  AD: 'onHold',
  BN: 'onHold',
  CD: 'onHold',
  HI: 'onHold',
  HO: 'onHold',
  HP: 'onHold',
  OH: 'onHold',
  PW: 'onHold',
  PY: 'onHold',
  UD: 'onHold',
  TD: 'delayed',
  BA: 'deliveryFailed',
  CA: 'deliveryFailed',
  CM: 'deliveryFailed',
  MD: 'deliveryFailed',
  NA: 'deliveryFailed',
  ND: 'deliveryFailed',
  NH: 'deliveryFailed',
  RD: 'deliveryFailed',
  PD: 'deliveryFailed',
  CS: 'onHold',
  DP: 'onHold',
  SS: 'onHold',
  ST: 'onHold',
  TP: 'onHold',
  DD: 'damaged',
  DM: 'damaged',
  DS: 'damaged',
  RT: 'returned',
  OK: 'delivered',
} as const satisfies Readonly<Record<string, TrackingStatus>>;

const statusByCode: ReadonlyMap<string, TrackingStatus> = new Map(Object.entries(dhlEventCodes));

export const statusOfDhlCode = (code: string): TrackingStatus | null => statusByCode.get(code) ?? null;
