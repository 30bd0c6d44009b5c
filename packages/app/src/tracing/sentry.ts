import { alsoNearby, guardedFetch, systemNames } from '@rappit/outbound/guarded';
import { createTransport } from '@sentry/core';
import { ServerRuntimeClient } from '@sentry/core/server';
import { beforeEnd, hearErrors } from '../logger.js';

/** Sentry answers quickly or not at all; an error that it didn't take is in the log. Milliseconds. */
const PATIENCE = 5_000;
const LONGEST_ANSWER = 65_536;

/**
 * Tells Sentry of each error that is logged: the line as the log has it, scrubbed in the same way, and nothing beside it. No request, no
 * header, no address, no variable of the code goes there.
 */
export const tellSentry = (dsn: string, environment: string): void => {
  // Where it is is the operator's to say: a Sentry of one's own is often nearby.
  const { send } = guardedFetch({ policy: alsoNearby, names: systemNames });
  const client = new ServerRuntimeClient({
    dsn,
    environment,
    platform: 'node',
    integrations: [],
    stackParser: () => [],
    sendDefaultPii: false,
    transport: (options) =>
      createTransport(options, async ({ body }) => {
        const headers = { ...options.headers, 'content-type': 'application/x-sentry-envelope' };
        const answer = await send({
          method: 'POST',
          url: options.url,
          headers,
          body,
          deadlineMs: PATIENCE,
          maxBytes: LONGEST_ANSWER,
        });
        if (!answer.ok) throw new Error(answer.error.code);
        const { status, headers: said } = answer.value;
        const limits = {
          'x-sentry-rate-limits': said['x-sentry-rate-limits'] ?? null,
          'retry-after': said['retry-after'] ?? null,
        };
        return { statusCode: status, headers: limits };
      }),
  });
  client.init();
  hearErrors((message, fields) => {
    client.captureEvent({ message, level: 'error', extra: fields, fingerprint: [message, nameIn(fields)] });
  });
  beforeEnd(async () => client.close(PATIENCE));
};

/** What kind of error a line is about, so that one message of several kinds makes several issues. */
const nameIn = ({ err, fault }: Readonly<Record<string, unknown>>): string => {
  const error = (err ?? fault) as { readonly name?: unknown; readonly code?: unknown } | undefined;
  return `${String(error?.name ?? '')} ${String(error?.code ?? '')}`;
};
