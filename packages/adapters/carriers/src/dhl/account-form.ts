import type { AccountForm } from '@rappit/domain';
import { type Details, keyField, numberField, timeZoneField, USUAL_TIME_ZONE } from '../wire/account-fields.js';
import type { DhlAccount } from './account.js';

const number = /^[0-9A-Za-z]{1,12}$/;
const otherwise = 'must be 1 to 12 letters or digits';

/** What DHL is told of an account: the number, and the user and password of the API. */
export const dhlAccountForm: AccountForm = {
  carrier: 'dhl',
  credentials: [
    numberField('accountNumber', number, otherwise),
    // A colon would end the user's name in HTTP's Basic scheme.
    numberField('apiKey', /^[\x21-\x39\x3b-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters without a colon'),
    keyField('apiSecret'),
    numberField('dutiesAccountNumber', number, otherwise, false),
  ],
  settings: [
    timeZoneField,
    {
      name: 'goods',
      needed: false,
      isValid: (text) => /^\S.{2,69}$/.test(text),
      otherwise: 'must say in 3 to 70 characters what is in the parcels',
    },
  ],
  labelFormats: ['pdf', 'zpl', 'epl'],
};

/** The account that a form was filled in for. */
export const dhlAccountOf = ({ credentials, settings, labelFormat }: Details, baseUrl: string): DhlAccount => ({
  baseUrl,
  accountNumber: credentials['accountNumber'] ?? '',
  apiKey: credentials['apiKey'] ?? '',
  apiSecret: credentials['apiSecret'] ?? '',
  dutiesAccountNumber: credentials['dutiesAccountNumber'] ?? null,
  timeZone: settings['timeZone'] ?? USUAL_TIME_ZONE,
  goods: settings['goods'] ?? 'Merchandise',
  labelFormat,
});
