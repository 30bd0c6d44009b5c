export type { FedexAccount, FedexKey, FedexOptions } from './account.js';
export { fedexCarrier } from './fedex-carrier.js';
export { fedexStatusCodes } from './status-codes.js';
