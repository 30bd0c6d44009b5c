import type { Brand } from './brand.js';

/** The tenant. It stands in the kernel since every unit of work is opened for one. */
export type OrganizationId = Brand<string, 'OrganizationId'>;
export const OrganizationId = (text: string): OrganizationId => text as OrganizationId;
