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
import { refused, unknownOutcome } from '../wire/answers.js';
import { paperOf } from '../wire/paper.js';
import { fieldsOf, listOf, parcelNumberOf, remarkOf, textOf } from '../wire/reading.js';
import { companyOf, type FedexAccount } from './account.js';
import type { Asked } from './asking.js';
import { totalGrams, weightOf } from './packages.js';
import { addressOf, contactOf } from './parties.js';
import { fromDoing, fromQuestion, hasCode } from './problems.js';

/** The body of `PUT /ship/v1/shipments/cancel`: the master's number cancels every parcel. */
export const toVoidRequest = (trackingNumber: string, { accountNumber }: FedexAccount) => ({
  accountNumber: { value: accountNumber },
  trackingNumber,
  deletionControl: 'DELETE_ALL_PACKAGES',
});

const errorIs = (asked: Asked, pattern: RegExp): boolean =>
  asked.ok && asked.value.kind === 'answered' && hasCode(asked.value.json, pattern);

/** It is the boolean that counts, not the status. What was cancelled before is cancelled. */
export const fromVoid = (asked: Asked): Result<null, DoRefused> => {
  if (errorIs(asked, /DELETED|ALREADY.*CANCEL/)) return ok(null);
  return fromDoing(asked, (output) => {
    if (output['cancelledShipment'] === true) return ok(null);
    if (output['cancelledShipment'] !== false) return null;
    return refused(remarkOf(output['message']) ?? "FedEx didn't cancel the shipment.");
  });
};

/**
 * The body of `POST /pickup/v1/pickups`. The moment is local, though it looks like UTC; a state is wanted, be it empty. That parcels stay in
 * their country isn't said, since those that leave it without customs in between aren't known here.
 */
export const toPickupRequest = (order: PickupOrder, { accountNumber }: FedexAccount) => ({
  associatedAccountNumber: { value: accountNumber },
  originDetail: {
    pickupLocation: { contact: contactOf(order.from), address: { stateOrProvinceCode: '', ...addressOf(order.from) } },
    readyDateTimestamp: `${order.on}T${order.readyAt}:00Z`,
    customerCloseTime: `${order.closesAt}:00`,
    packageLocation: 'FRONT',
  },
  carrierCode: companyOf(order.service),
  packageCount: order.parcels.length,
  totalWeight: weightOf(totalGrams(order.parcels)),
  ...(order.abroad && { countryRelationships: 'INTERNATIONAL' }),
  ...(order.place !== null && order.place.trim() !== '' && { remarks: order.place.trim().slice(0, 60) }),
});

export const fromPickup = (asked: Asked, { on, service }: PickupOrder): Result<Pickup, DoRefused> =>
  fromDoing(asked, (output) => {
    const confirmation = parcelNumberOf(output['pickupConfirmationCode']);
    if (confirmation === null) return unknownOutcome('FedEx booked a pickup, and its answer has no number.');
    return ok({ confirmation, on, service, station: textOf(output['location']) });
  });

/** The body of `PUT /pickup/v1/pickups/cancel`. Express wants to hear which station sends somebody. */
export const toPickupCancelled = (pickup: Pickup, { accountNumber }: FedexAccount) => ({
  associatedAccountNumber: { value: accountNumber },
  pickupConfirmationCode: pickup.confirmation,
  scheduledDate: pickup.on,
  carrierCode: companyOf(pickup.service),
  ...(pickup.station !== null && { location: pickup.station }),
});

/** A success has the number or a message. What isn't there any more, or was cancelled before, is as good as cancelled. */
export const fromPickupCancelled = (asked: Asked): Result<null, DoRefused> => {
  if (errorIs(asked, /^(?:PICKUP|CONFIRMATION).*NOT\.?FOUND|ALREADY.*CANCEL|CANCEL.*ALREADY/)) return ok(null);
  return fromDoing(asked, (output) => {
    const said = parcelNumberOf(output['pickupConfirmationCode']) ?? textOf(output['cancelConfirmationMessage']);
    return said === null ? null : ok(null);
  });
};

/** The body of `POST /address/v1/addresses/resolve`. */
export const toAddressRequest = (address: Address) => {
  const { residential: _, ...asked } = addressOf(address);
  return { addressesToValidate: [{ address: { postalCode: '', ...asked } }] };
};

/** FedEx says booleans as booleans or as texts. */
const isFalse = (value: unknown): boolean => value === false || value === 'false';

export const fromAddress = (asked: Asked, address: Address): Result<AddressVerdict, AskRefused> =>
  fromQuestion(asked, (output) => {
    const [first] = listOf(output['resolvedAddresses']).map(fieldsOf);
    if (!first) return { deliverable: false, residential: null, better: null, remarks: [] };
    const { classification, attributes, customerMessage } = first;
    const kind = textOf(classification);
    return {
      deliverable: !isFalse(fieldsOf(attributes)['Resolved']),
      residential: kind === 'RESIDENTIAL' ? true : kind === 'BUSINESS' ? false : null,
      better: betterThan(address, first),
      remarks: listOf(customerMessage).flatMap((one) => remarkOf(fieldsOf(one)['message'] ?? one) ?? []),
    };
  });

const betterThan = (asked: Address, first: ReturnType<typeof fieldsOf>): Address | null => {
  const { changed, value } = fieldsOf(first['postalCodeToken']);
  const postalCode = textOf(value);
  return changed === true && postalCode !== null && postalCode !== asked.postalCode ? { ...asked, postalCode } : null;
};

/** The body of `POST /track/v1/trackingdocuments`. */
export const toProofRequest = (trackingNumber: string, { accountNumber }: FedexAccount) => ({
  trackDocumentDetail: { documentType: 'SIGNATURE_PROOF_OF_DELIVERY', documentFormat: 'PDF' },
  trackDocumentSpecification: [{ trackingNumberInfo: { trackingNumber }, accountNumber }],
});

export const fromProof = (asked: Asked): Result<readonly ShipmentDocument[], AskRefused> =>
  errorIs(asked, /NOT\.?(?:FOUND|AVAILABLE)|UNAVAILABLE/)
    ? ok([])
    : fromQuestion(asked, (output) => listOf(output['documents']).flatMap((one) => paperOf('proofOfDelivery', one) ?? []));
