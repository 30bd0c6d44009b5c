import type { LookupFunction } from 'node:net';
import {
  err,
  type OutboundAnswer,
  type OutboundRequest,
  type OutboundUnavailable,
  type OutboundUnknown,
  ok,
  type Result,
} from '@rappit/domain';
import { buildConnector, Client, type Dispatcher } from 'undici';
import { CODINGS, readUpTo, unpack } from './body.js';
import { joined } from './headers.js';
import { kindOf } from './kind-of-error.js';
import type { Target } from './target.js';

export type Called = Result<OutboundAnswer, OutboundUnavailable | OutboundUnknown>;

type Where = {
  readonly target: Target;
  /** What was checked: these are connected to, and nothing else. */
  readonly addresses: readonly string[];
  /** Certificates that are trusted besides the system's. */
  readonly ca: readonly string[];
  readonly signal: AbortSignal;
};

const MAX_HEADER_BYTES = 16_384;

/** One request over a connection of its own, closed afterwards: a request that found no connection was certainly not sent. */
export const call = async (where: Where, request: OutboundRequest): Promise<Called> => {
  const course: Course = { connected: false, status: null };
  const client = new Client(where.target.url.origin, {
    connect: noting(course, where, request.deadlineMs),
    maxHeaderSize: MAX_HEADER_BYTES,
    // The whole call has one deadline, kept by the signal.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  try {
    const answer = await client.request(asked(where, request));
    course.status = answer.statusCode;
    return await read(answer, request.maxBytes);
  } catch (error) {
    return err(failure(course, where.signal, error));
  } finally {
    // Whatever is still open is closed at once. It has been answered, or given up.
    client.destroy().catch(() => undefined);
  }
};

const asked = ({ target, signal }: Where, { method, headers, body }: OutboundRequest): Dispatcher.RequestOptions => ({
  path: `${target.url.pathname}${target.url.search}`,
  method,
  headers: { ...headers, 'accept-encoding': CODINGS },
  body: body ?? null,
  signal,
  reset: true,
});

/** How far a call came. */
type Course = { connected: boolean; status: number | null };

/** Connects to the checked addresses, whatever name it is given, and notes it. */
const noting = (course: Course, { target, addresses, ca }: Where, timeout: number): buildConnector.connector => {
  const connect = buildConnector({
    lookup: pinned(addresses),
    autoSelectFamily: true,
    timeout,
    maxCachedSessions: 0,
    rejectUnauthorized: true,
    ...(target.isAddress ? {} : { servername: target.host.replace(/\.$/, '') }),
    ...(ca.length > 0 && { ca: [...ca] }),
  });
  return (options, callback) =>
    connect(options, (...made) => {
      course.connected = made[0] === null;
      callback(...made);
    });
};

/** Answers what was looked up before. Node asks for all of them, or for one. */
const pinned =
  (addresses: readonly string[]): LookupFunction =>
  (_name, { all }, answer) => {
    const known = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const [first] = known;
    if (!first) answer(new Error('no address'), '');
    else if (all) answer(null, known);
    else answer(null, first.address, first.family);
  };

const read = async ({ statusCode, headers, body }: Dispatcher.ResponseData, maxBytes: number): Promise<Called> => {
  const named = joined(headers);
  const packed = await readUpTo(body, maxBytes);
  const plain = typeof packed === 'string' ? packed : await unpack(packed, named['content-encoding'] ?? '', maxBytes);
  if (typeof plain === 'string') return err({ code: 'outbound.unknown_outcome', why: plain, status: statusCode });
  return ok({ status: statusCode, headers: named, body: plain });
};

/** Before there was a connection nothing can have been sent; afterwards nobody knows. */
const failure = ({ connected, status }: Course, signal: AbortSignal, error: unknown): OutboundUnavailable | OutboundUnknown => {
  const kind = kindOf(error);
  if (connected) return { code: 'outbound.unknown_outcome', why: signal.aborted ? 'deadline' : reasonOf(kind), status };
  if (signal.aborted || kind === 'UND_ERR_CONNECT_TIMEOUT') return { code: 'outbound.unavailable', why: 'deadline' };
  return { code: 'outbound.unavailable', why: ofCertificates.test(kind) ? 'certificate' : 'connection' };
};

const ofCertificates = /CERT|ERR_TLS|ERR_SSL|UNABLE_TO|EPROTO/;

const reasonOf = (kind: string): OutboundUnknown['why'] => {
  if (kind === 'UND_ERR_HEADERS_OVERFLOW') return 'tooLarge';
  return kind.startsWith('HPE_') || kind === 'HTTPParserError' ? 'unreadable' : 'connection';
};
