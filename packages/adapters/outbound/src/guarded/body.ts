import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { kindOf } from './kind-of-error.js';

/** Why a body isn't there: larger than it may be, or packed in a way that can't be read. */
export type Bodiless = 'tooLarge' | 'unreadable';

/** Leaving the loop early gives up the rest. */
export const readUpTo = async (chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array | Bodiless> => {
  const kept: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return 'tooLarge';
    kept.push(chunk);
  }
  return Buffer.concat(kept);
};

type Unpack = (packed: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Buffer>;
const unpackers: Readonly<Record<string, Unpack>> = {
  identity: async (bytes) => Buffer.from(bytes),
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** The codings that `unpack` knows, as a request says so. */
export const CODINGS = 'gzip, deflate, br';

/** Undoes one coding. What would become larger than it may be is given up where it does, so a small bomb stays small. */
export const unpack = async (bytes: Uint8Array, coding: string, maxBytes: number): Promise<Uint8Array | Bodiless> => {
  const name = coding.trim().toLowerCase() || 'identity';
  const how = Object.hasOwn(unpackers, name) ? unpackers[name] : undefined;
  if (!how) return 'unreadable';
  if (bytes.byteLength === 0) return bytes;
  try {
    return await how(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    return kindOf(error) === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : 'unreadable';
  }
};
