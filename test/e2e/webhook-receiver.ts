import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as it came over the wire. */
export type Received = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };

/** Somebody else's server, which is sent webhooks. */
export type Receiver = {
  readonly urlOf: (path: string) => string;
  /** Everything that reached it, in its order. */
  readonly received: () => readonly Received[];
  /** Resolves when what it has received is so. */
  readonly until: (isSo: (received: readonly Received[]) => boolean) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Answers each call with a status, or, for null, never. */
export const startReceiver = async (statusOf: (call: Received, number: number) => number | null): Promise<Receiver> => {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const answer = (call: Received, response: ServerResponse): void => {
    received.push(call);
    const status = statusOf(call, received.length);
    if (status !== null) response.writeHead(status).end();
    for (const look of waiting) look();
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      answer({ path: request.url ?? '', headers: request.headers, body }, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (path) => `http://127.0.0.1:${port}${path}`,
    received: () => received,
    until: (isSo) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!isSo(received)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
