import { fields } from './fields.js';

/**
 * What came of one request.
 * - `answered`: the status is certain; `json` is undefined when the body was too large, cut off or no JSON.
 * - `notSent`: no connection was made, so the other side can't have seen the request.
 * - `lost`: the request may have arrived.
 */
export type Exchange =
  | { readonly kind: 'answered'; readonly status: number; readonly json: unknown }
  | { readonly kind: 'notSent' }
  | { readonly kind: 'lost' };

export type Question = {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};
export type Bounds = { readonly deadlineMs: number; readonly maxBytes: number };

/** Asks once, never longer than the deadline from the first byte sent to the last byte read, and never throws. Redirects aren't followed. */
export const exchange = async ({ url, ...init }: Question, { deadlineMs, maxBytes }: Bounds): Promise<Exchange> => {
  const signal = AbortSignal.timeout(deadlineMs);
  try {
    const response = await fetch(url, { ...init, signal, redirect: 'manual' });
    return { kind: 'answered', status: response.status, json: await jsonOf(response, maxBytes) };
  } catch (error) {
    return { kind: neverConnected(error) ? 'notSent' : 'lost' };
  }
};

const jsonOf = async (response: Response, maxBytes: number): Promise<unknown> => {
  try {
    const text = await readUpTo(response, maxBytes);
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Leaving the loop early gives the rest of the body up and closes its connection. */
const readUpTo = async ({ body }: Response, maxBytes: number): Promise<string | undefined> => {
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** Looking up and connecting are the only steps before a request is on its way. An error with `errors` has tried several addresses. */
export const neverConnected = (error: unknown): boolean => {
  const { errors, syscall, code, cause } = fields(error);
  if (Array.isArray(errors) && errors.length > 0) return errors.every(neverConnected);
  if (syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT') return true;
  return cause !== undefined && neverConnected(cause);
};
