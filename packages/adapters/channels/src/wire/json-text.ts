import { ok } from '@rappit/domain';
import { parse } from 'lossless-json';
import { type Read, unreadable } from './reading.js';

/** An order of a thousand lines, each told again by its fulfilment and its refund, takes about half of it. */
const MAX_CHARACTERS = 10_000_000;
/** The bodies of shops go ten levels deep. */
const MAX_DEPTH = 64;

/**
 * Reads JSON with every number kept as it is written, so that ids above 2^53 stay exact.
 * Refused are texts too long or too deep for the parser, and an object that says two different things under one key.
 */
export const parseExactly = (text: string): Read<unknown> => {
  if (text.length > MAX_CHARACTERS || isTooDeep(text)) return unreadable('');
  try {
    return ok(parse(text));
  } catch {
    return unreadable('');
  }
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Counts brackets outside of strings. Up to the first error it sees what the parser will see, and the parser stops there. */
const isTooDeep = (text: string): boolean => {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) inString = !inString;
    else if (inString) at += code === BACKSLASH ? 1 : 0;
    else if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
};
