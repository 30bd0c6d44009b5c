import type { DocumentFormat, ShipmentDocument } from '@rappit/domain';
import { textOf } from './reading.js';

/** What a file begins with tells what it is, whatever a carrier calls it. */
const formatOf = (content: Uint8Array): DocumentFormat | null => {
  const start = Buffer.from(content.subarray(0, 32)).toString('latin1');
  if (start.startsWith('%PDF-')) return 'pdf';
  if (start.startsWith('\u0089PNG')) return 'png';
  const printed = start.replace('\u0010', '').trimStart();
  if (printed.startsWith('CT~~CD') || printed.startsWith('^XA')) return 'zpl';
  return /^[NIOQq]/.test(printed) ? 'epl' : null;
};

/** A paper that came as base64. Undefined when it is none that anybody could print. */
export const paperOf = (kind: ShipmentDocument['kind'], base64: unknown): ShipmentDocument | undefined => {
  const text = textOf(base64);
  if (text === null || !/^[A-Za-z0-9+/=\s]+$/.test(text)) return undefined;
  const content = Uint8Array.from(Buffer.from(text, 'base64'));
  const format = formatOf(content);
  return format === null ? undefined : { kind, format, content };
};
