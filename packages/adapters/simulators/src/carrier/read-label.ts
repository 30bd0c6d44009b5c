import { type Label, type Money, minorFromDecimal } from '@rappit/domain';
import { type Fields, fields } from './fields.js';

/**
 * A sale as our label; undefined when it has no tracking number, no label, or belongs to another reference.
 * A charge that is missing or can't be read exactly leaves the cost open: the label was bought all the same.
 */
export const readLabel = (reference: string, json: unknown): Label | undefined => {
  const { awb, customer_ref, service_code, charge, label } = fields(json);
  if (typeof awb !== 'string' || !/^[\x21-\x7e]{1,50}$/.test(awb) || customer_ref !== reference) return undefined;
  const content = readPdf(fields(label));
  if (!content) return undefined;
  return {
    trackingNumber: awb,
    parcelNumbers: [],
    service: typeof service_code === 'string' ? service_code : null,
    cost: readCost(fields(charge)),
    documents: [{ kind: 'label', format: 'pdf', content }],
    warnings: [],
  };
};

const readPdf = ({ format, data }: Fields): Uint8Array | undefined => {
  if (format !== 'PDF' || typeof data !== 'string') return undefined;
  const content = Buffer.from(data, 'base64');
  return content.subarray(0, 5).toString('latin1') === '%PDF-' ? Uint8Array.from(content) : undefined;
};

const readCost = ({ amount, currency }: Fields): Money | null => {
  if (typeof amount !== 'string' || typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return null;
  const minor = minorFromDecimal(amount, currency);
  return minor.ok && minor.value >= 0 ? { amountMinor: minor.value, currency } : null;
};
