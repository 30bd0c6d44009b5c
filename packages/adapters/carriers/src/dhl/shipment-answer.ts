import { type BuyRefused, type Label, type Money, ok, type Result, type ShipmentDocument } from '@rappit/domain';
import { answerLost, notReached, unauthorized, unavailable, unknownOutcome } from '../wire/answers.js';
import type { Exchange } from '../wire/exchange.js';
import { paperOf } from '../wire/paper.js';
import { fieldsOf, listOf, moneyOf, parcelNumberOf, remarkOf, textOf } from '../wire/reading.js';
import { refusalIn } from './problems.js';

/**
 * The answer to a purchase. Whatever doesn't say for certain that nothing was sold may have been a sale: DHL makes another waybill
 * for each request, and has no way to take one back.
 */
export const fromPurchase = (answer: Exchange, service: string): Result<Label, BuyRefused> => {
  if (answer.kind === 'notSent') return unavailable(notReached);
  if (answer.kind === 'lost') return unknownOutcome(answerLost);
  const { status, json, sent } = answer;
  if (status === 200 || status === 201) return readLabel(json, service);
  if (status === 400 || status === 413 || status === 422) return refusalIn(json, sent);
  if (status === 401 || status === 403) return unauthorized();
  if (status === 404 || status === 405 || status === 429)
    return unavailable(`DHL didn't take the order (${status}).`, answer.retryAfterSeconds);
  return unknownOutcome(`DHL failed (${status}).`);
};

const readLabel = (json: unknown, service: string): Result<Label, BuyRefused> => {
  const { shipmentTrackingNumber, packages, shipmentCharges, documents, warnings } = fieldsOf(json);
  const trackingNumber = parcelNumberOf(shipmentTrackingNumber);
  if (trackingNumber === null) return unknownOutcome('DHL accepted the order, but its answer has no number that can be read.');
  const papers = listOf(documents).flatMap((one) => documentOf(one) ?? []);
  const printed = papers.some(({ kind }) => kind === 'label');
  return ok({
    trackingNumber,
    parcelNumbers: listOf(packages).flatMap((one) => parcelNumberOf(fieldsOf(one)['trackingNumber']) ?? []),
    service,
    cost: billedIn(shipmentCharges),
    documents: papers,
    warnings: [
      ...listOf(warnings).flatMap((one) => remarkOf(one) ?? []),
      ...(printed ? [] : ['DHL sent no label with the number, and prints none a second time.']),
    ],
  });
};

const kinds: ReadonlyMap<string, ShipmentDocument['kind']> = new Map([
  ['label', 'label'],
  ['waybillDoc', 'waybill'],
  ['invoice', 'invoice'],
  ['shipmentReceipt', 'receipt'],
]);

/** By its type, never by its place: the archive's waybill may come first. */
const documentOf = (json: unknown): ShipmentDocument | undefined => {
  const { typeCode, content } = fieldsOf(json);
  const kind = kinds.get(textOf(typeCode) ?? '');
  return kind && paperOf(kind, content);
};

/** The price in the currency that is billed. Others are the same amount in other currencies. */
export const billedIn = (charges: unknown): Money | null => {
  const billed = listOf(charges)
    .map(fieldsOf)
    .find(({ currencyType }) => currencyType === 'BILLC');
  return billed ? moneyOf(billed['price'], billed['priceCurrency']) : null;
};
