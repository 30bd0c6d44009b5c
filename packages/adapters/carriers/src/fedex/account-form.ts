import type { AccountForm } from '@rappit/domain';
import { type Details, keyField, numberField, timeZoneField, USUAL_TIME_ZONE } from '../wire/account-fields.js';
import { type FedexAccount, pickupTypes } from './account.js';

/** What FedEx is told of an account: the number, a key of the developer portal, and perhaps another one to track with. */
export const fedexAccountForm: AccountForm = {
  carrier: 'fedex',
  credentials: [
    numberField('accountNumber', /^\d{9}$/, 'must be nine digits'),
    keyField('clientId'),
    keyField('clientSecret'),
    keyField('trackClientId', false),
    keyField('trackClientSecret', false),
  ],
  settings: [
    timeZoneField,
    {
      name: 'pickupType',
      needed: false,
      isValid: (text) => pickupTypes.some((type) => type === text),
      otherwise: `must be one of ${pickupTypes.join(', ')}`,
    },
  ],
  labelFormats: ['pdf', 'zpl', 'png', 'epl'],
};

/** The account that a form was filled in for. */
export const fedexAccountOf = ({ credentials, settings, labelFormat }: Details, baseUrl: string): FedexAccount => {
  const { trackClientId, trackClientSecret } = credentials;
  return {
    baseUrl,
    accountNumber: credentials['accountNumber'] ?? '',
    clientId: credentials['clientId'] ?? '',
    clientSecret: credentials['clientSecret'] ?? '',
    trackKey: trackClientId && trackClientSecret ? { clientId: trackClientId, clientSecret: trackClientSecret } : null,
    timeZone: settings['timeZone'] ?? USUAL_TIME_ZONE,
    pickupType: pickupTypes.find((type) => type === settings['pickupType']) ?? 'USE_SCHEDULED_PICKUP',
    labelFormat,
  };
};
