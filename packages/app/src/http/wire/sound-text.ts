import type { Fault } from '../problems/refusals.js';

/** Text that says so can't be stored or sent on as it is: U+0000, and halves of a surrogate pair. */
const unsound = /[\0\p{Cs}]/u;

/** Whether JSON text could hold unsound characters at all; they can only be written as escapes. */
export const mayBeUnsound = (json: string): boolean => /\\u(?:0000|d[89a-f])/i.test(json);

/** Every unsound text and key in a value, up to fifty. Works on any depth. */
export const unsoundTexts = (value: unknown): readonly Fault[] => {
  const faults: Fault[] = [];
  const waiting: { readonly value: unknown; readonly path: string }[] = [{ value, path: '' }];
  for (let next = waiting.pop(); next && faults.length < 50; next = waiting.pop()) {
    const { value: found, path } = next;
    if (typeof found === 'string' && unsound.test(found)) faults.push({ path, message: 'holds U+0000 or half a surrogate pair' });
    if (typeof found !== 'object' || found === null) continue;
    for (const [key, inner] of Object.entries(found)) {
      const step = Array.isArray(found) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      if (unsound.test(key)) faults.push({ path, message: 'has a field whose name holds U+0000 or half a surrogate pair' });
      else waiting.push({ value: inner, path: step });
    }
  }
  return faults.reverse();
};
