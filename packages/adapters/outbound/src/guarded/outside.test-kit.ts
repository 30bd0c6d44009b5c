import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { OutboundAnswer } from '@rappit/domain';
import type { Arrived, OutboundOutage } from '@rappit/testing/contracts';
import type { Certificate } from './certificate.test-kit.js';

/** Somebody on this machine who may be called, and what they saw of it. */
export type Outside = {
  readonly port: number;
  readonly url: (path?: string, host?: string) => string;
  readonly arrived: () => readonly Arrived[];
  /** Connections that were made, whatever came over them. */
  readonly connections: () => number;
  readonly answerWith: (answer: OutboundAnswer) => void;
  /** Answers by hand from now on. */
  readonly act: (how: (response: ServerResponse) => void) => void;
  readonly breakDown: (outage: OutboundOutage) => Promise<void>;
  readonly close: () => Promise<void>;
};

export const startOutside = async ({ tls }: { readonly tls?: Certificate } = {}): Promise<Outside> => {
  const arrived: Arrived[] = [];
  let connections = 0;
  let act = (response: ServerResponse): void => void response.end();
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const header = request.headers['x-contract'];
      const body = Buffer.concat(chunks).toString();
      arrived.push({ method: request.method ?? '', path: request.url ?? '', header: String(header ?? ''), body });
      act(response);
    });
  };
  const server: Server = tls ? createTlsServer({ key: tls.key, cert: tls.pem }, take) : createServer(take);
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    port,
    url: (path = '/', host = '127.0.0.1') => `${tls ? 'https' : 'http'}://${host}:${port}${path}`,
    arrived: () => [...arrived],
    connections: () => connections,
    answerWith: ({ status, headers, body }) => {
      act = (response) => void response.writeHead(status, { ...headers }).end(body);
    },
    act: (how) => {
      act = how;
    },
    breakDown: async (outage) => {
      if (outage === 'away') await close();
      else act = outage === 'lost' ? (response) => void response.destroy() : () => undefined;
    },
    close,
  };
};
