export type { DhlAccount, DhlOptions } from './account.js';
export { dhlCarrier } from './dhl-carrier.js';
export { dhlEventCodes } from './event-codes.js';
