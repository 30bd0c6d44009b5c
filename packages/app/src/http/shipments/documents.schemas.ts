import { documentFormats, MAX_MERGED, type Shipment, type ShipmentDocument, shipmentStatuses } from '@rappit/domain';
import Type from 'typebox';
import { anyInteger, anyText, closed, component, integer, listOf, oneOf, uuid } from '../vocabulary.schemas.js';

/** The media type of a document, as it is sent. */
export const mediaTypeOf: Readonly<Record<(typeof documentFormats)[number], string>> = {
  pdf: 'application/pdf',
  zpl: 'application/zpl',
  epl: 'application/epl',
  png: 'image/png',
};

export const documentKinds: readonly ShipmentDocument['kind'][] = [
  'label',
  'customs',
  'invoice',
  'waybill',
  'receipt',
  'proofOfDelivery',
];

const DocumentEntry = Type.Object(
  {
    number: Type.Integer({ description: 'Under which it is fetched.' }),
    kind: oneOf(documentKinds),
    format: oneOf(documentFormats),
    mediaType: anyText,
    name: Type.String({ description: 'A name for the file.' }),
    bytes: anyInteger,
  },
  closed,
);
export const DocumentList = component('DocumentList', Type.Object({ data: listOf(DocumentEntry) }, closed));
export const documentComponents = [DocumentList];

export const documentParams = Type.Object({ id: uuid, number: integer(1, 10_000) }, closed);

const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
export const labelsQuery = Type.Object(
  {
    ids: Type.Optional(
      Type.String({
        pattern: `^${UUID}(?:,${UUID}){0,${MAX_MERGED - 1}}$`,
        description: `Shipments by their ids, with commas between them, ${MAX_MERGED} at most: the file has their labels in this order.`,
      }),
    ),
    orderId: Type.Optional(uuid),
    status: Type.Optional(oneOf(shipmentStatuses)),
  },
  closed,
);

/** A file name that says what it is, without anything that a file system or a header could take amiss. */
export const fileNameOf = (
  { trackingNumber, reference }: Pick<Shipment, 'trackingNumber' | 'reference'>,
  { kind, format }: Pick<ShipmentDocument, 'kind' | 'format'>,
  count: number,
): string => `${kind}-${(trackingNumber ?? reference).replace(/[^\w-]/g, '')}${count > 1 ? `-${count}` : ''}.${format}`;
