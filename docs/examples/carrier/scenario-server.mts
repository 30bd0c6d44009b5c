import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CarrierFault, Scan } from '@rappit/testing/fakes';
import { fieldsOf, listOf, textOf } from './ask.mjs';
import { scanCodes } from './scan-codes.mjs';

export const KEY = 'a-key-for-tests';

/** A parcel that weighs more is refused. Grams. */
export const MAX_GRAMS = 5_000;

type Sale = { readonly ref: string; readonly soldAt: Date; readonly shown: object; readonly number: string };

export type ScenarioServer = {
  readonly baseUrl: string;
  readonly sold: () => readonly { readonly reference: string }[];
  readonly breakDown: (fault: CarrierFault | null) => void;
  readonly scan: (number: string, scans: readonly Scan[]) => void;
  readonly close: () => Promise<void>;
};

type Options = {
  readonly now: () => Date;
  /** How long a sale can't be found. */
  readonly shownAfterMs: number;
  /** Called when a request is left without an answer: the moment to let its deadline pass. */
  readonly held: () => void;
};

/** Pigeon Post as it behaves on a good day, and on request on a bad one. It sells twice when it is asked twice. */
export const startScenarioServer = async ({ now, shownAfterMs, held }: Options): Promise<ScenarioServer> => {
  const sales: Sale[] = [];
  const scans = new Map<string, readonly Scan[]>();
  let fault: CarrierFault | null = null;

  const find = (ref: string | null): object => ({
    consignments: sales
      .filter((sale) => sale.ref === ref && now().getTime() >= sale.soldAt.getTime() + shownAfterMs)
      .map(({ shown }) => shown),
  });
  const follow = (numbers: readonly string[]): object => ({
    parcels: numbers.map((number) => ({ number, scans: (scans.get(number) ?? []).map(wireScan) })),
  });
  const sell = (order: Readonly<Record<string, unknown>>): object => {
    const number = `PIG${String(sales.length + 1).padStart(7, '0')}`;
    const shown = saleOf(number, order);
    sales.push({ ref: String(order['ref']), soldAt: now(), shown, number });
    return shown;
  };
  /** What is done about an order, on whatever day it is. */
  const takeOrder = (order: Readonly<Record<string, unknown>>): ((reply: Reply) => void) => {
    const heavy = listOf(order['boxes']).findIndex((box) => Number(fieldsOf(box)['grams']) > MAX_GRAMS);
    if (heavy >= 0) return (reply) => reply.json(422, { field: `boxes[${heavy}].grams`, message: 'Too heavy for a pigeon.' });
    if (fault === 'lostBeforeSale') return held;
    if (fault === 'errorInside') return (reply) => reply.json(201, { error: 'No pigeon is free.' });
    const shown = sell(order);
    if (fault === 'lostAfterSale') return held;
    if (fault === 'resetAfterSale') return (reply) => reply.cut();
    if (fault === 'unreadable') return (reply) => reply.page('<h1>Welcome to the dovecote</h1>');
    if (fault === 'numberMissing') return (reply) => reply.json(201, { ...shown, number: undefined });
    if (fault === 'labelMissing') return (reply) => reply.json(201, { ...shown, papers: [] });
    if (fault === 'slow') return (reply) => void setTimeout(() => reply.json(201, shown), 20);
    return (reply) => reply.json(201, shown);
  };

  const answer = (method: string | undefined, url: URL, body: string): ((reply: Reply) => void) => {
    if (method === 'POST') return takeOrder(fieldsOf(JSON.parse(body)));
    const found =
      url.pathname === '/v1/scans'
        ? follow((url.searchParams.get('numbers') ?? '').split(','))
        : find(url.searchParams.get('ref'));
    return (reply) => reply.json(200, found);
  };
  const away = ({ authorization }: IncomingMessage['headers']): readonly [number, object] | null => {
    if (fault === 'unauthorized' || authorization !== `Pigeon ${KEY}`) return [401, {}];
    if (fault === 'unavailable') return [503, { taken: false }];
    return fault === 'rateLimited' ? [429, {}] : null;
  };

  const serve = async (request: IncomingMessage, reply: Reply): Promise<void> => {
    const body = await bodyOf(request);
    const gone = away(request.headers);
    if (gone) reply.json(...gone);
    else answer(request.method, new URL(request.url ?? '/', 'http://pigeon'), body)(reply);
  };
  const server = createServer((request, response) => {
    void serve(request, replyTo(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sold: () => sales.map(({ ref }) => ({ reference: ref })),
    breakDown: (next) => {
      fault = next;
    },
    scan: (number, seen) => void scans.set(number, seen),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

const saleOf = (number: string, order: Readonly<Record<string, unknown>>): object => {
  const boxes = listOf(order['boxes']);
  const file = textOf(order['paper']) ?? 'PDF';
  const label = file === 'ZPL' ? `^XA^FD${number}^FS^XZ` : `%PDF-1.4\n% ${number}\n%%EOF\n`;
  return {
    ...{ number, boxes: boxes.map((_, index) => `${number}-${index + 1}`), speed: textOf(order['speed']) ?? 'homing' },
    charge: { value: `${boxes.length * 3}.50`, currency: 'EUR' },
    papers: [{ file, base64: Buffer.from(label).toString('base64') }],
  };
};

const wireScan = ({ at, status }: Scan): object => ({
  at: `${at.toISOString().slice(0, 19)}+00:00`,
  code: Object.keys(scanCodes).find((code) => scanCodes[code] === status),
  place: 'Dovecote',
});

type Reply = ReturnType<typeof replyTo>;
const replyTo = (response: ServerResponse) => ({
  json: (status: number, body: object): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
  page: (html: string): void => void response.writeHead(201, { 'content-type': 'text/html' }).end(html),
  cut: (): void => void response.destroy(),
});

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};
