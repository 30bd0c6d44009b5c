import type { Address, AskRefused, Consignment, Money, Rate, Result } from '@rappit/domain';
import { dayOf, type Fields, fieldsOf, listOf, textOf } from '../wire/reading.js';
import { type FedexAccount, isInternational } from './account.js';
import type { Asked } from './asking.js';
import { moneyFrom } from './currencies.js';
import { clearanceOf, packagesOf } from './packages.js';
import { addressOf } from './parties.js';
import { fromQuestion } from './problems.js';

/** The body of `POST /rate/v1/rates/quotes`, which spells things otherwise than a shipment: one `recipient`, and `shipDateStamp`. */
export const toRatesRequest = (consignment: Consignment, account: FedexAccount, shipOn: string) => {
  const { from, to, extras } = consignment;
  return {
    accountNumber: { value: account.accountNumber },
    rateRequestControlParameters: {
      returnTransitTimes: true,
      ...(extras.saturdayDelivery && { variableOptions: 'SATURDAY_DELIVERY' }),
    },
    requestedShipment: {
      shipper: { address: placeOf(from) },
      recipient: { address: placeOf(to) },
      shipDateStamp: shipOn,
      pickupType: account.pickupType,
      packagingType: 'YOUR_PACKAGING',
      rateRequestType: ['ACCOUNT', 'LIST'],
      ...(isInternational(consignment) && { customsClearanceDetail: clearedFor(consignment, account.accountNumber) }),
      requestedPackageLineItems: packagesOf(consignment, []).map(({ sequenceNumber: _, ...rest }) => rest),
    },
  };
};

/** A price needs no street. */
const placeOf = (address: Address) => {
  const { streetLines: _, ...place } = addressOf(address);
  return place;
};

/** What it is worth, and not for what it is. Here FedEx knows of no duties but those that the sender pays. */
const clearedFor = (consignment: Consignment, accountNumber: string) => {
  const { commodities, dutiesPayment } = clearanceOf(consignment, accountNumber);
  return { commodities, ...(dutiesPayment.paymentType === 'SENDER' && { dutiesPayment }) };
};

/** Each service once; where a Saturday was asked for only those that deliver then, and else of the two of a Saturday the other one. */
export const fromRates = (asked: Asked, saturdayDelivery: boolean): Result<readonly Rate[], AskRefused> =>
  fromQuestion(asked, ({ rateReplyDetails }) => {
    if (!Array.isArray(rateReplyDetails)) return null;
    const rates = new Map<string, Rate>();
    const isWanted = (row: Fields) => (fieldsOf(row['commit'])['saturdayDelivery'] === true) === saturdayDelivery;
    const rows = rateReplyDetails.map(fieldsOf);
    for (const row of [...(saturdayDelivery ? [] : rows.filter((one) => !isWanted(one))), ...rows.filter(isWanted)]) {
      const rate = rateOf(row);
      if (rate) rates.set(rate.service, rate);
    }
    return [...rates.values()];
  });

const rateOf = (row: Fields): Rate | undefined => {
  const service = textOf(row['serviceType']);
  if (service === null) return undefined;
  const [operational, commit] = [fieldsOf(row['operationalDetail']), fieldsOf(row['commit'])];
  return {
    service,
    name: textOf(row['serviceName']) ?? service,
    price: priceOf(row),
    deliveryOn: dayOf(operational['deliveryDate']) ?? dayOf(fieldsOf(commit['dateDetail'])['dayFormat']),
  };
};

/** What the account pays, where FedEx says it; else the list price. */
const priceOf = (row: Fields): Money | null => {
  const prices = listOf(row['ratedShipmentDetails']).map(fieldsOf);
  const price = prices.find(({ rateType }) => rateType === 'ACCOUNT') ?? prices[0] ?? {};
  const currency = textOf(price['currency']) ?? fieldsOf(price['shipmentRateDetail'])['currency'];
  const money = moneyFrom(price['totalNetCharge'], currency);
  return money && money.amountMinor > 0 ? money : null;
};
