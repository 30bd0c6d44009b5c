import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export type Received = {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly user: string | null;
};

export type MailServer = {
  readonly url: string;
  readonly port: number;
  readonly received: () => readonly Received[];
  /** The `count`th mail that comes to an address, when it has come. */
  readonly arrival: (address: string, count: number) => Promise<Received>;
  readonly close: () => Promise<void>;
};

/** A mail server on this machine that takes everything, unless `change` says otherwise. On `port`, or on any that is free. */
export const startMailServer = async (change: SMTPServerOptions = {}, port = 0): Promise<MailServer> => {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
          user: typeof session.user === 'string' ? session.user : null,
        });
        done();
        for (const look of waiting) look();
      });
    },
    ...change,
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const { port: taken } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${taken}`,
    port: taken,
    received: () => [...received],
    arrival: (address, count) =>
      new Promise((resolve) => {
        const look = (): void => {
          const mail = received.filter(({ to }) => to.includes(address))[count - 1];
          if (!mail) return;
          waiting.delete(look);
          resolve(mail);
        };
        waiting.add(look);
        look();
      }),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};
