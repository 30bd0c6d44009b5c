import type { TrackingStatus } from '@rappit/domain';

/**
 * FedEx's status codes (`eventType`, `derivedStatusCode`, `latestStatusDetail.code`) and where a parcel stands after them. The set is open:
 * a code that isn't here says nothing. `RS` anywhere makes a parcel a returned one, whatever `DL` comes after.
 * - `MD` and `PY` aren't in FedEx's published list; integrations have met them, as what was handed in and what is late.
 * - `RD` isn't here, though others count it as cancelled: FedEx's list has it as the expired link of a return label, which tells of no parcel.
 */
export const fedexStatusCodes = {
  OC: 'announced',
  OX: 'announced',
  EP: 'announced',
  MD: 'announced',
  IN: 'announced',
  AP: 'pickedUp',
  OF: 'pickedUp',
  PU: 'pickedUp',
  PX: 'pickedUp',
  AA: 'inTransit',
  AC: 'inTransit',
  AF: 'inTransit',
  AO: 'inTransit',
  AR: 'inTransit',
  AX: 'inTransit',
  CC: 'inTransit',
  CP: 'inTransit',
  CU: 'inTransit',
  DP: 'inTransit',
  DS: 'inTransit',
  EA: 'inTransit',
  EO: 'inTransit',
  FD: 'inTransit',
  IT: 'inTransit',
  IX: 'inTransit',
  LO: 'inTransit',
  Ow: 'inTransit',
  PF: 'inTransit',
  PL: 'inTransit',
  PM: 'inTransit',
  SF: 'inTransit',
  TR: 'inTransit',
  AD: 'outForDelivery',
  ED: 'outForDelivery',
  OD: 'outForDelivery',
  HL: 'readyForPickup',
  HP: 'readyForPickup',
  CD: 'onHold',
  SE: 'onHold',
  DD: 'delayed',
  DY: 'delayed',
  PD: 'delayed',
  PY: 'delayed',
  DE: 'deliveryFailed',
  DL: 'delivered',
  RS: 'returned',
  RT: 'returned',
  CA: 'cancelled',
} as const satisfies Readonly<Record<string, TrackingStatus>>;

const statusByCode: ReadonlyMap<string, TrackingStatus> = new Map(Object.entries(fedexStatusCodes));

export const statusOfFedexCode = (code: string): TrackingStatus | null => statusByCode.get(code) ?? null;
