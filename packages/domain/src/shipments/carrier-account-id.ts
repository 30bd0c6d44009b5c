import type { Brand } from '../kernel/index.js';

export type CarrierAccountId = Brand<string, 'CarrierAccountId'>;
export const CarrierAccountId = (text: string): CarrierAccountId => text as CarrierAccountId;
