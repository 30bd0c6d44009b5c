import {
  type Address,
  type AddressVerdict,
  type AskRefused,
  type DoRefused,
  ok,
  type Pickup,
  type PickupOrder,
  type Result,
  type ShipmentDocument,
} from '@rappit/domain';
import { answerLost, notReached, unauthorized, unavailable, unknownOutcome } from '../wire/answers.js';
import type { Exchange } from '../wire/exchange.js';
import { paperOf } from '../wire/paper.js';
import { fieldsOf, listOf, parcelNumberOf, remarkOf, textOf } from '../wire/reading.js';
import type { DhlAccount } from './account.js';
import { partyOf } from './parties.js';
import { refusalIn } from './problems.js';
import { fromQuestion } from './rates.js';
import { packagesOf } from './shipment-request.js';

/** The body of `POST /pickups`. */
export const toPickupRequest = (order: PickupOrder, { accountNumber, goods }: DhlAccount, readyAt: string) => ({
  plannedPickupDateAndTime: readyAt,
  closeTime: order.closesAt,
  ...(order.place !== null && order.place.trim() !== '' && { location: order.place.trim().slice(0, 80) }),
  accounts: [{ typeCode: 'shipper', number: accountNumber }],
  customerDetails: { shipperDetails: partyOf(order.from) },
  shipmentDetails: [
    {
      productCode: order.service ?? (order.abroad ? 'P' : 'N'),
      isCustomsDeclarable: order.abroad,
      unitOfMeasurement: 'metric',
      packages: packagesOf(order),
    },
  ],
  remark: goods,
});

/** What became of something that may be done twice without harm, or at a price: `done` reads the answer. */
const fromDoing = <Value>(answer: Exchange, done: (json: unknown) => Result<Value, DoRefused>): Result<Value, DoRefused> => {
  if (answer.kind === 'notSent') return unavailable(notReached);
  if (answer.kind === 'lost') return unknownOutcome(answerLost);
  const { status, json, sent } = answer;
  if (status === 200 || status === 201) return done(json);
  if (status === 400 || status === 422) return refusalIn(json, sent);
  if (status === 401 || status === 403) return unauthorized();
  if (status === 404 || status === 405 || status === 429)
    return unavailable(`DHL didn't do it (${status}).`, answer.retryAfterSeconds);
  return unknownOutcome(`DHL failed (${status}).`);
};

export const fromPickup = (answer: Exchange, { on, service }: PickupOrder): Result<Pickup, DoRefused> =>
  fromDoing(answer, (json) => {
    const [confirmation] = listOf(fieldsOf(json)['dispatchConfirmationNumbers']).flatMap((one) => parcelNumberOf(one) ?? []);
    return confirmation === undefined
      ? unknownOutcome('DHL booked a pickup, and its answer has no number.')
      : ok({ confirmation, on, service, station: null });
  });

/** The body is empty where it was cancelled; a number that isn't there (any more) is as good as cancelled. */
export const fromPickupCancelled = (answer: Exchange): Result<null, DoRefused> =>
  answer.kind === 'answered' && answer.status === 404 ? ok(null) : fromDoing(answer, () => ok(null));

/** DHL knows cities and postal codes, and no streets; a place that it doesn't serve is refused or not found. */
export const fromAddress = (answer: Exchange, asked: Address): Result<AddressVerdict, AskRefused> => {
  const nowhere = (json: unknown): Result<AddressVerdict, AskRefused> =>
    ok({ deliverable: false, residential: null, better: null, remarks: [refusalIn(json).error.message] });
  if (answer.kind === 'answered' && (answer.status === 400 || answer.status === 404)) return nowhere(answer.json);
  return fromQuestion(answer, (json) => {
    const { address, warnings } = fieldsOf(json);
    const [first] = listOf(address).map(fieldsOf);
    const remarks = listOf(warnings).flatMap((one) => remarkOf(one) ?? []);
    return { deliverable: first !== undefined, residential: null, better: first ? betterThan(asked, first) : null, remarks };
  });
};

const betterThan = (asked: Address, first: ReturnType<typeof fieldsOf>): Address | null => {
  const postalCode = textOf(first['postalCode']) ?? asked.postalCode;
  const same = (postalCode ?? '').replace(/\s/g, '') === (asked.postalCode ?? '').replace(/\s/g, '');
  return same ? null : { ...asked, postalCode };
};

/** There is none before the delivery, which DHL says by 404. */
export const fromProof = (answer: Exchange): Result<readonly ShipmentDocument[], AskRefused> =>
  answer.kind === 'answered' && answer.status === 404
    ? ok([])
    : fromQuestion(answer, (json) =>
        listOf(fieldsOf(json)['documents']).flatMap((one) => paperOf('proofOfDelivery', fieldsOf(one)['content']) ?? []),
      );
