import { type AskRefused, type Consignment, declaredValue, ok, type Rate, type Result } from '@rappit/domain';
import { answerLost, notReached, unauthorized, unavailable } from '../wire/answers.js';
import type { Exchange } from '../wire/exchange.js';
import { dayOf, decimalOf, fieldsOf, textOf } from '../wire/reading.js';
import type { DhlAccount } from './account.js';
import { postalAddress } from './parties.js';
import { refusalIn } from './problems.js';
import { billedIn } from './shipment-answer.js';
import { accountsOf, packagesOf, servicesOf } from './shipment-request.js';

/** The body of `POST /rates`: addresses are flat here. */
export const toRatesRequest = (consignment: Consignment, account: DhlAccount, plannedAt: string) => {
  const { from, to, customs } = consignment;
  const value = customs && declaredValue(customs);
  return {
    customerDetails: { shipperDetails: postalAddress(from), receiverDetails: postalAddress(to) },
    accounts: accountsOf(consignment, account),
    ...servicesOf(consignment),
    plannedShippingDateAndTime: plannedAt,
    unitOfMeasurement: 'metric',
    isCustomsDeclarable: customs !== null,
    ...(value && {
      monetaryAmount: [{ typeCode: 'declaredValue', value: decimalOf(value), currency: value.currency }],
    }),
    packages: packagesOf(consignment),
  };
};

/** What a question came to that changes nothing: it may always be asked again. */
export const fromQuestion = <Value>(answer: Exchange, read: (json: unknown) => Value | null): Result<Value, AskRefused> => {
  if (answer.kind === 'notSent') return unavailable(notReached);
  if (answer.kind === 'lost') return unavailable(answerLost);
  const { status, json, sent } = answer;
  if (status === 401 || status === 403) return unauthorized();
  if (status === 400 || status === 422) return refusalIn(json, sent);
  const value = status === 200 ? read(json) : null;
  return value === null ? unavailable(`DHL's answer can't be used (${status}).`, answer.retryAfterSeconds) : ok(value);
};

/** Older answers say by 404 that a lane has no product, in DHL's own words; a 404 without any is a path that isn't there. */
const asRefusal = (answer: Exchange): Exchange =>
  answer.kind === 'answered' && answer.status === 404 && textOf(fieldsOf(answer.json)['detail']) !== null
    ? { ...answer, status: 400 }
    : answer;

/** The products of a lane. What costs nothing isn't sold to this account; a lane without a product has no rates. */
export const fromRates = (answer: Exchange): Result<readonly Rate[], AskRefused> =>
  fromQuestion(asRefusal(answer), (json) => {
    const { products } = fieldsOf(json);
    return Array.isArray(products) ? products.flatMap((one) => rateOf(one) ?? []) : null;
  });

const rateOf = (json: unknown): Rate | undefined => {
  const { productCode, productName, totalPrice, deliveryCapabilities } = fieldsOf(json);
  const [service, price] = [textOf(productCode), billedIn(totalPrice)];
  if (service === null || price?.amountMinor === 0) return undefined;
  const deliveryOn = dayOf(fieldsOf(deliveryCapabilities)['estimatedDeliveryDateAndTime']);
  return { service, name: textOf(productName) ?? service, price, deliveryOn };
};
