import { type BuyRefused, type Label, type Money, ok, type Result, type ShipmentDocument } from '@rappit/domain';
import { unknownOutcome } from '../wire/answers.js';
import { paperOf } from '../wire/paper.js';
import { type Fields, fieldsOf, listOf, parcelNumberOf, remarkOf, textOf } from '../wire/reading.js';
import type { Asked } from './asking.js';
import { moneyFrom } from './currencies.js';
import { fromDoing } from './problems.js';

/** The answer to a purchase. A job without a number is one that FedEx goes on with: nobody knows yet what it sells. */
export const fromPurchase = (asked: Asked, service: string): Result<Label, BuyRefused> =>
  fromDoing(asked, (output) => {
    const [shipment] = listOf(output['transactionShipments']).map(fieldsOf);
    if (shipment) return readLabel(shipment, output, service);
    return textOf(output['jobId']) === null ? null : unknownOutcome('FedEx goes on with the order, and has no number yet.');
  });

const readLabel = (shipment: Fields, output: Fields, service: string): Result<Label, BuyRefused> => {
  const pieces = listOf(shipment['pieceResponses']).map(fieldsOf).sort(bySequence);
  const trackingNumber = parcelNumberOf(shipment['masterTrackingNumber']);
  if (trackingNumber === null) return unknownOutcome('FedEx accepted the order, but its answer has no number that can be read.');
  const documents = documentsOf(shipment, pieces);
  const printed = documents.some(({ kind }) => kind === 'label');
  return ok({
    trackingNumber,
    parcelNumbers: pieces.flatMap((piece) => parcelNumberOf(piece['trackingNumber']) ?? []),
    service: textOf(shipment['serviceType']) ?? service,
    cost: costOf(shipment),
    documents,
    warnings: [
      ...[...listOf(output['alerts']), ...listOf(shipment['alerts'])].flatMap(
        (alert) => remarkOf(fieldsOf(alert)['message']) ?? [],
      ),
      ...(printed ? [] : ['FedEx sent no label with the number, and prints none a second time.']),
    ],
  });
};

const bySequence = (one: Fields, other: Fields): number =>
  Number(one['packageSequenceNumber'] ?? 0) - Number(other['packageSequenceNumber'] ?? 0);

/** Labels stand with their pieces, and at times again, or only, with the shipment; an invoice is never a label. */
const documentsOf = (shipment: Fields, pieces: readonly Fields[]): readonly ShipmentDocument[] => {
  const ofPieces = papersIn(pieces.flatMap((piece) => listOf(piece['packageDocuments'])));
  const ofShipment = papersIn(listOf(shipment['shipmentDocuments']));
  const labelled = ofPieces.some(({ kind }) => kind === 'label');
  return [...ofPieces, ...ofShipment.filter(({ kind }) => kind !== 'label' || !labelled)];
};

const kinds: ReadonlyMap<string, ShipmentDocument['kind']> = new Map([
  ['LABEL', 'label'],
  ['MERGED_LABELS_ONLY', 'label'],
  ['COMMERCIAL_INVOICE', 'invoice'],
  ['PRO_FORMA_INVOICE', 'invoice'],
  ['CERTIFICATE_OF_ORIGIN', 'customs'],
]);

const papersIn = (documents: readonly unknown[]): readonly ShipmentDocument[] =>
  documents.flatMap((json) => {
    const { contentType, encodedLabel } = fieldsOf(json);
    const kind = kinds.get(textOf(contentType) ?? '');
    return (kind && paperOf(kind, encodedLabel)) ?? [];
  });

/** The row that counts is the one that FedEx names; prices of single pieces may be 0 and aren't the price. */
const costOf = (shipment: Fields): Money | null => {
  const { actualRateType, shipmentRateDetails } = fieldsOf(fieldsOf(shipment['completedShipmentDetail'])['shipmentRating']);
  const rows = listOf(shipmentRateDetails).map(fieldsOf);
  const row = rows.find(({ rateType }) => textOf(rateType) === textOf(actualRateType)) ?? rows[0];
  return row ? moneyFrom(row['totalNetCharge'], row['currency']) : null;
};
