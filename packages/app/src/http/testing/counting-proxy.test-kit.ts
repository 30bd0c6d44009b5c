import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between the app and its database, passes everything on, and counts the statements that go by. */
export type CountingProxy = {
  /** The same database, by way of here. */
  readonly through: (url: string) => string;
  readonly statements: () => number;
  readonly close: () => Promise<void>;
};

/** PostgreSQL's `Query`, and `Execute` of the extended protocol. */
const RUNS: ReadonlySet<number> = new Set(Buffer.from('QE'));
const LENGTH_BYTES = 4;

export const startCountingProxy = async (databaseUrl: string): Promise<CountingProxy> => {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let statements = 0;
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    const count = countingMessages(() => {
      statements += 1;
    });
    client.on('data', count);
    client.pipe(database).pipe(client);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => client.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        database.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    through: (url) => {
      const changed = new URL(url);
      changed.hostname = '127.0.0.1';
      changed.port = String(own);
      return changed.href;
    },
    statements: () => statements,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

/** A connection begins with a message that has no type; each later one says its type and its length. */
const countingMessages = (ran: () => void): ((chunk: Buffer) => void) => {
  let waiting = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (;;) {
      const typeBytes = started ? 1 : 0;
      if (waiting.length < typeBytes + LENGTH_BYTES) return;
      const length = typeBytes + waiting.readUInt32BE(typeBytes);
      if (waiting.length < length) return;
      if (started && RUNS.has(waiting.readUInt8(0))) ran();
      started = true;
      waiting = waiting.subarray(length);
    }
  };
};
