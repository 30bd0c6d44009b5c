import type { Sample } from '../requests.test-kit.js';
import type { Named, Schema } from './documented-values.test-kit.js';

export type Parameter = { readonly name: string; readonly in: string; readonly schema: Schema };
export type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
};

/** What a request to an operation is made from: named schemas, ids that there are, and a sound request. */
export type Around = { readonly named: Named; readonly ids: readonly string[]; readonly sample: Sample };

export const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
