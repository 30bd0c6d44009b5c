export type { DhlAccount, DhlOptions } from './account.js';
export { dhlAccountForm, dhlAccountOf } from './account-form.js';
export { dhlCarrier } from './dhl-carrier.js';
export { dhlEventCodes } from './event-codes.js';
export { dhlPush } from './push.js';
