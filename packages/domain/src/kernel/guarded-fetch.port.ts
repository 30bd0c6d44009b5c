import type { Result } from './result.js';

/** A request to somebody outside: a shop, a webhook endpoint, a carrier. */
export type OutboundRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** For everything together, from looking up the name to the last byte of the answer. */
  readonly deadlineMs: number;
  /** How large the answer's body may be, also when it is unpacked. */
  readonly maxBytes: number;
};

/** What the other side said, whatever its status. Names of headers are in small letters; one that came twice is joined by a comma. */
export type OutboundAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

export const outboundObjections = ['malformed', 'scheme', 'credentials', 'port', 'address', 'header'] as const;
/** What is wrong with a request: `address` is one that isn't public, `header` one that only the connection itself may set. */
export type OutboundObjection = (typeof outboundObjections)[number];

/** May not be sent. Nothing was. */
export type OutboundRefused = { readonly code: 'outbound.refused'; readonly why: OutboundObjection };
/** Certainly not sent: asking again is safe. */
export type OutboundUnavailable = {
  readonly code: 'outbound.unavailable';
  readonly why: 'name' | 'connection' | 'certificate' | 'deadline';
};
/** It may have happened. `status` is what the answer began with, where so much of it arrived; then it did happen. */
export type OutboundUnknown = {
  readonly code: 'outbound.unknown_outcome';
  readonly why: 'deadline' | 'connection' | 'tooLarge' | 'unreadable';
  readonly status: number | null;
};

/**
 * The only way to call an address that a tenant gave (SSRF).
 * - Only public addresses are called, and none that a name leads to by a later look-up: what was checked is what is connected to.
 * - Redirects are answers like any other, and never followed.
 * - Nothing throws, and nothing takes longer than its deadline or more memory than its bounds.
 */
export type GuardedFetch = {
  /** What can be said of a URL at once, without looking up its name. Where it leads may change later, so `send` looks again. */
  readonly check: (url: string) => Result<null, OutboundRefused>;
  readonly send: (
    request: OutboundRequest,
  ) => Promise<Result<OutboundAnswer, OutboundRefused | OutboundUnavailable | OutboundUnknown>>;
};
