/**
 * What came of one request.
 * - `answered`: the status is certain; `body` is undefined where it was no JSON.
 * - `notSent`: there was no connection, so that nothing can have been done.
 * - `lost`: it may have arrived.
 */
export type Asked =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'notSent' }
  | { readonly kind: 'lost' };

/** `deadline` is made anew for each request and bounds the whole of it, so that tests can let it pass by hand. */
export type Line = { readonly baseUrl: string; readonly apiKey: string; readonly deadline: () => AbortSignal };

/** Asks once and never throws. Asking again is for whoever knows that it is safe. */
export const ask = async ({ baseUrl, apiKey, deadline }: Line, path: string, order?: object): Promise<Asked> => {
  try {
    const response = await fetch(new URL(path, baseUrl), {
      headers: { authorization: `Pigeon ${apiKey}`, ...(order && { 'content-type': 'application/json' }) },
      ...(order && { method: 'POST', body: JSON.stringify(order) }),
      redirect: 'manual',
      signal: deadline(),
    });
    const text = await response.text();
    return { kind: 'answered', status: response.status, body: parsed(text) };
  } catch (error) {
    return { kind: wasRefused(error) ? 'notSent' : 'lost' };
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Nobody listened, or nobody of that name was found. */
const wasRefused = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  'syscall' in error.cause &&
  ['connect', 'getaddrinfo'].includes(String(error.cause.syscall));

/** An object's fields, whatever was sent: what a stranger sends is looked at before it is believed. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
