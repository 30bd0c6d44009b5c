import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export type HeldAnswers = {
  readonly url: string;
  /** Resolves when the request has come that is never answered. */
  readonly reached: Promise<void>;
  readonly close: () => void;
};

const headersOf = ({ headers }: IncomingMessage): Headers => {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'host' && name !== 'connection' && name !== 'content-length'
      ? [[name, value] as const]
      : [],
  );
  return new Headers(kept.map(([name, value]) => [name, value]));
};

/** Hands requests on, and answers no more of those with a text in their body from the nth on. */
export const holdAnswers = async (to: string, held: { readonly text: string; readonly nth: number }): Promise<HeldAnswers> => {
  let count = 0;
  let tell: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (body.includes(held.text)) count += 1;
    if (count >= held.nth) return tell();
    const answer = await fetch(`${to}${request.url}`, { method: request.method ?? 'POST', headers: headersOf(request), body });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
    response.end(await answer.text());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens at a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    reached,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
