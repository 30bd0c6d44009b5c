import type { Address, Brand } from '../kernel/index.js';

export type LocationId = Brand<string, 'LocationId'>;
export const LocationId = (text: string): LocationId => text as LocationId;

/** A place that holds stock. A lower `priority` is drawn from first; an inactive one is not drawn from at all. */
export type Location = {
  readonly id: LocationId;
  readonly code: string;
  readonly name: string;
  readonly address: Address | null;
  readonly priority: number;
  readonly active: boolean;
};
