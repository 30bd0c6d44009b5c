import type { FastifyInstance } from 'fastify';
import { type Fault, refusing } from '../problems/refusals.js';

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

/** No route takes such text in its path or its query either, where `%00` is U+0000: the database would stumble over it. */
export const takeSoundParameters = (server: FastifyInstance): void => {
  server.addHook('preValidation', ({ is404, params, query }, _reply, done) => {
    const faults = is404 ? [] : [...unsoundTexts(params), ...unsoundTexts(query)];
    if (faults.length === 0) done();
    else done(refusing({ code: 'request.invalid', faults }));
  });
};
