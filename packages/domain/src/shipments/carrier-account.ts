import type { Brand } from '../kernel/index.js';

export type CarrierAccountId = Brand<string, 'CarrierAccountId'>;
export const CarrierAccountId = (text: string): CarrierAccountId => text as CarrierAccountId;

/** The organization has no such account, or nothing new may be bought on it. */
export type CarrierAccountNotFound = { readonly code: 'carrier_account.not_found' };
