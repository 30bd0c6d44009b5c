import type { CarrierRefused, Err } from '@rappit/domain';
import { refused } from '../wire/answers.js';
import { fieldsOf, listOf, remarkOf, textOf } from '../wire/reading.js';
import { ourPath } from './pointers.js';

/** What DHL's own codes say of a field; the others say it in words only. */
const fieldsByCode = new Map([
  ['996', 'service'],
  ['1001', 'service'],
  ['1004', 'service'],
  ['7143', '#/content/description'],
]);

/** A pointer somewhere in a sentence, and the key that is missing there. */
const POINTER = /#(\/[\w/]*)(?:\s*:\s*required key \[(\w+)\])?/;

/** The field that one line of a fault speaks of. */
const fieldIn = (line: string, sent: unknown): string | null => {
  const [, pointer, missing] = POINTER.exec(line) ?? [];
  if (pointer !== undefined) return ourPath(missing === undefined ? pointer : `${pointer}/${missing}`, sent);
  if (/\bShipTimeStamp\b/i.test(line)) return 'shipOn';
  const field = fieldsByCode.get(/^\s*(\d{3,6})\s*:/.exec(line)?.[1] ?? '') ?? null;
  return field?.startsWith('#') ? ourPath(field, sent) : field;
};

/**
 * Why DHL refused what it was sent. The details say more than the summary: all of them are handed on, and the field is the first one that
 * any names.
 */
export const refusalIn = (json: unknown, sent: unknown = undefined): Err<CarrierRefused> => {
  const { detail, message, title, additionalDetails } = fieldsOf(json);
  const lines = [...listOf(additionalDetails), detail].flatMap((line) => textOf(line) ?? []);
  const said = remarkOf(lines.join(' · ')) ?? remarkOf(message) ?? remarkOf(title);
  const field = lines.map((line) => fieldIn(line, sent)).find((path) => path !== null) ?? null;
  return refused(said ?? 'DHL refused the request without saying why.', field);
};
