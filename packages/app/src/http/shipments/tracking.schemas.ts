import { type KeptScan, type LocalMoment, shipmentStatuses, type TrackingPage, trackingStatuses } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { anyText, anyTextOrNull, closed, component, listOf, momentOrNull, oneOf, orNull, uuid } from '../vocabulary.schemas.js';

const day = Type.Unsafe<string | null>({ type: ['string', 'null'], description: "A day at the recipient's, `YYYY-MM-DD`." });
const standing = orNull(oneOf(trackingStatuses));

const TrackedParcel = component(
  'TrackedParcel',
  Type.Object({ number: anyText, status: standing, signedBy: anyTextOrNull, deliveryOn: day }, closed),
);

const TrackingScan = component(
  'TrackingScan',
  Type.Object(
    {
      time: Type.String({
        description: 'By the clock on the wall where it happened, with its distance from UTC where the carrier says it.',
        examples: ['2026-01-05T10:00:00+01:00'],
      }),
      number: anyText,
      code: Type.String({ description: "The carrier's own." }),
      status: standing,
      text: anyText,
      place: anyTextOrNull,
    },
    closed,
  ),
);

export const Tracking = component(
  'Tracking',
  Type.Object(
    {
      shipmentId: uuid,
      orderId: uuid,
      carrier: anyText,
      status: oneOf(shipmentStatuses),
      trackingNumber: anyTextOrNull,
      trackingUrl: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description: "The carrier's page, where anybody can look.",
      }),
      deliveryOn: day,
      parcels: listOf(TrackedParcel.ref, { description: 'None before the carrier said anything.' }),
      events: listOf(TrackingScan.ref, { description: 'Newest first.' }),
      askedAt: momentOrNull,
      mayAskAt: Type.Unsafe<Date | null>({
        type: ['string', 'null'],
        format: 'date-time',
        description: 'When the carrier may be asked again; null is now.',
      }),
    },
    closed,
  ),
);

export const trackingComponents = [TrackedParcel, TrackingScan, Tracking];

const two = (number: number): string => String(number).padStart(2, '0');

/** `2026-01-05T10:00:00+01:00`, or without what isn't known. */
export const timeText = ({ local, utcOffsetMinutes }: LocalMoment): string => {
  if (utcOffsetMinutes === null) return local;
  const minutes = Math.abs(utcOffsetMinutes);
  return `${local}${utcOffsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

const scanView = ({ at, number, code, status, description, place }: KeptScan) => ({
  time: timeText(at),
  number,
  code,
  status,
  text: description,
  place,
});

/** The last day on which a parcel is expected. */
const lastDay = ({ shipment }: TrackingPage): string | null =>
  shipment.parcelStandings
    .flatMap(({ deliveryOn }) => deliveryOn ?? [])
    .sort()
    .at(-1) ?? null;

export const trackingView = (tracking: TrackingPage): Static<typeof Tracking.ref> => {
  const { shipment, scans, page, mayTrackAt } = tracking;
  return {
    shipmentId: shipment.id,
    orderId: shipment.orderId,
    carrier: shipment.carrier,
    status: shipment.status,
    trackingNumber: shipment.trackingNumber,
    trackingUrl: page,
    deliveryOn: lastDay(tracking),
    parcels: shipment.parcelStandings,
    events: scans.map(scanView),
    askedAt: shipment.trackedAt,
    mayAskAt: mayTrackAt,
  };
};
