import type { Fault } from '../problems/refusals.js';

/** Our own bodies are some six levels deep. */
const MAX_DEPTH = 32;

const [QUOTE, COMMA, COLON, BACKSLASH] = [0x22, 0x2c, 0x3a, 0x5c];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What JSON text looks like before it is parsed: how many members its objects have as they are written, and whether it is nested too deeply. */
export type Shape = { readonly members: number; readonly tooDeep: boolean };

/** One pass over the text, sound or not; it ends early where the text is nested too deeply to be parsed. */
export const shapeOf = (json: string): Shape => {
  let [depth, members] = [0, 0];
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfText(json, at);
    else if (code === COLON) members += 1;
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth += 1;
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) depth -= 1;
    if (depth > MAX_DEPTH) return { members, tooDeep: true };
  }
  return { members, tooDeep: false };
};

export const tooDeep: readonly Fault[] = [{ path: '', message: `is nested deeper than ${MAX_DEPTH} levels` }];

/**
 * The fields that stand twice in one object: one reader takes the first of them, another the last.
 * Parsing has dropped them already, so a body with as many members as were written has none.
 */
export const repeatedFields = (json: string, { members }: Shape, body: unknown): readonly Fault[] =>
  members === membersOf(body) ? [] : findRepeated(json).map((path) => ({ path, message: 'stands there more than once' }));

/** No deeper than what was let through to be parsed. */
const membersOf = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  let members = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const inner of Object.values(value)) members += membersOf(inner);
  return members;
};

/** Where the quote is that ends the text which begins at `start`; the end of everything where there is none. */
const endOfText = (json: string, start: number): number => {
  let end = json.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end < 0 ? json.length : end;
};

const isEscaped = (json: string, at: number): boolean => {
  let before = at;
  while (json.charCodeAt(before - 1) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 1;
};

/** An object or an array that has begun and not ended: where it is, and where in it we are. */
type Open = { readonly path: string; readonly names: Set<string> | null; name: string; index: number; expectsName: boolean };

const pathIn = (open: Open | undefined): string => {
  if (!open) return '';
  if (!open.names) return `${open.path}[${open.index}]`;
  return open.path === '' ? open.name : `${open.path}.${open.name}`;
};

/** The paths of repeated fields, up to fifty, in text that is known to be JSON. */
const findRepeated = (json: string): readonly string[] => {
  const found: string[] = [];
  const opened: Open[] = [];
  for (let at = 0; at < json.length && found.length < 50; at += 1) {
    const code = json.charCodeAt(at);
    const open = opened.at(-1);
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      const names = code === OPEN_OBJECT ? new Set<string>() : null;
      opened.push({ path: pathIn(open), names, name: '', index: 0, expectsName: true });
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) opened.pop();
    else if (code === COMMA && open) {
      open.index += 1;
      open.expectsName = true;
    } else if (code === QUOTE) {
      const end = endOfText(json, at);
      if (open?.names && open.expectsName) {
        open.name = String(JSON.parse(json.slice(at, end + 1))).slice(0, 100);
        open.expectsName = false;
        if (open.names.has(open.name)) found.push(pathIn(open));
        open.names.add(open.name);
      }
      at = end;
    }
  }
  return found;
};
