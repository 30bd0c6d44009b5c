export type { FedexAccount, FedexKey, FedexOptions } from './account.js';
export { fedexAccountForm, fedexAccountOf } from './account-form.js';
export { fedexCarrier } from './fedex-carrier.js';
export { fedexPush } from './push.js';
export { fedexStatusCodes } from './status-codes.js';
