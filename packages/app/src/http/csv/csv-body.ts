import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusing } from '../problems/refusals.js';
import { isPacked } from '../wire/json-body.js';
import { breaksIn, unreadable } from './read-csv.js';

/** Bytes of the largest sheet: 250 for each of 200,000 rows. */
export const SHEET_LIMIT = 50_000_000;

/** Takes CSV and no other type of body, and leaves it to the route to read it as it arrives. */
export const takeCsv = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
  // Something has to stand for the body, or a route that needs one would miss it.
  server.addContentTypeParser('text/csv', (_request, _payload, done) => done(null, ''));
};

/** A body that is being read, and what is known of it afterwards. */
export type ArrivingText = { readonly text: AsyncIterable<string>; readonly digest: () => string };

/**
 * The body's text as it arrives, without the mark at its beginning.
 * Refused as soon as it shows: more than is taken, another encoding than UTF-8, and a client that goes away.
 */
export const arrivingText = (request: Pick<FastifyRequest, 'raw' | 'headers'>, about: string): ArrivingText => {
  const charset = /;\s*charset\s*=\s*"?([\w-]+)/i.exec(request.headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (isPacked(request.headers['content-encoding']) || !/^(?:utf-?8|us-ascii)$/i.test(charset))
    throw refusing({ code: 'request.media_type_unsupported' });
  if (Number(request.headers['content-length'] ?? 0) > SHEET_LIMIT) throw refusing({ code: 'request.too_large' });
  const hash = createHash('sha256').update(`${about}\n`);
  async function* bytes(): AsyncGenerator<Buffer> {
    let size = 0;
    for await (const chunk of chunksOf(request.raw)) {
      size += chunk.length;
      if (size > SHEET_LIMIT) throw refusing({ code: 'request.too_large' });
      hash.update(chunk);
      yield chunk;
    }
  }
  return { text: decoded(bytes()), digest: () => hash.digest('hex') };
};

/** The connection stays open when nobody reads on, so that the client hears why. */
async function* chunksOf(raw: FastifyRequest['raw']): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of raw.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } catch (error) {
    throw raw.complete ? error : refusing({ code: 'request.malformed' });
  }
}

async function* decoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      const before = new TextDecoder().decode(chunk).split('\ufffd', 1)[0] ?? '';
      throw unreadable(line + breaksIn(before), 'holds what is not UTF-8: save the sheet as CSV UTF-8');
    }
  };
  for await (const chunk of bytes) {
    const text = decode(chunk);
    const nul = text.indexOf('\0');
    if (nul >= 0) throw unreadable(line + breaksIn(text.slice(0, nul)), 'holds U+0000, which no text has');
    line += breaksIn(text);
    yield text;
  }
  yield decode();
}
