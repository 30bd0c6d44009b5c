import { createSocket } from 'node:dgram';

/** What a name leads to; `silent` never answers, `broken` answers that it can't. A name without an entry doesn't exist. */
export type Zone = Readonly<Record<string, readonly string[] | 'silent' | 'broken'>>;

export type NameServer = {
  readonly address: string;
  readonly asked: () => readonly string[];
  readonly close: () => Promise<void>;
};

const [A, AAAA] = [1, 28];
const [SERVFAIL, NXDOMAIN] = [2, 3];

/** A DNS server on this machine that knows a few names. */
export const startNameServer = async (zone: Zone): Promise<NameServer> => {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (query, { address, port }) => {
    const { name, kind } = questionIn(query);
    asked.push(`${name} ${kind === A ? 'A' : 'AAAA'}`);
    const known = zone[name];
    if (known === 'silent') return;
    const records = typeof known === 'object' ? known.filter((text) => text.includes(':') === (kind === AAAA)) : [];
    const code = known === undefined ? NXDOMAIN : known === 'broken' ? SERVFAIL : 0;
    socket.send(answerTo(query, code, records), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked: () => [...asked],
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
};

const HEAD = 12;

const questionIn = (query: Buffer): { readonly name: string; readonly kind: number; readonly end: number } => {
  const labels: string[] = [];
  let at = HEAD;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), kind: query.readUInt16BE(at + 1), end: at + 5 };
};

const answerTo = (query: Buffer, code: number, records: readonly string[]): Buffer => {
  const { kind, end } = questionIn(query);
  const head = Buffer.alloc(HEAD);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  const answers = records.map((text) => {
    const data = bytesOf(text);
    const record = Buffer.alloc(HEAD);
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(kind, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([record, data]);
  });
  return Buffer.concat([head, query.subarray(HEAD, end), ...answers]);
};

/** IPv4 in dots, or IPv6 with all of its eight groups. */
const bytesOf = (text: string): Buffer =>
  text.includes(':')
    ? Buffer.from(
        text
          .split(':')
          .map((group) => group.padStart(4, '0'))
          .join(''),
        'hex',
      )
    : Buffer.from(text.split('.').map(Number));
