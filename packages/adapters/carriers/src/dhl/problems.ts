import type { CarrierRefused, Err } from '@rappit/domain';
import { refused } from '../wire/answers.js';
import { fieldsOf, listOf, remarkOf, textOf } from '../wire/reading.js';

/** Our fields by the beginnings of DHL's pointers, the longest first; `$1` is a place in a list. */
const ourFields: readonly (readonly [pointer: RegExp, path: string])[] = [
  [/^\/content\/packages\/(\d+)\/weight/, 'parcels[$1].weightGrams'],
  [/^\/content\/packages\/(\d+)\/dimensions\/length/, 'parcels[$1].lengthMm'],
  [/^\/content\/packages\/(\d+)\/dimensions\/width/, 'parcels[$1].widthMm'],
  [/^\/content\/packages\/(\d+)\/dimensions\/height/, 'parcels[$1].heightMm'],
  [/^\/content\/packages\/(\d+)/, 'parcels[$1]'],
  [/^\/content\/packages/, 'parcels'],
  [/^\/content\/incoterm/, 'customs.incoterm'],
  [/^\/content\/declaredValueCurrency/, 'customs.currency'],
  [/^\/content\/exportDeclaration\/lineItems\/(\d+)\/description/, 'customs.lines[$1].description'],
  [/^\/content\/exportDeclaration\/lineItems\/(\d+)\/price/, 'customs.lines[$1].pieceValueMinor'],
  [/^\/content\/exportDeclaration\/lineItems\/(\d+)\/weight/, 'customs.lines[$1].pieceWeightGrams'],
  [/^\/content\/exportDeclaration\/lineItems\/(\d+)\/quantity/, 'customs.lines[$1].quantity'],
  [/^\/content\/exportDeclaration\/lineItems\/(\d+)\/manufacturerCountry/, 'customs.lines[$1].originCountryCode'],
  [/^\/content\/exportDeclaration\/lineItems\/(\d+)\/commodityCodes/, 'customs.lines[$1].hsCode'],
  [/^\/content\/exportDeclaration\/lineItems\/(\d+)/, 'customs.lines[$1]'],
  [/^\/content\/exportDeclaration\/invoice\/number/, 'customs.invoiceNumber'],
  [/^\/content\/exportDeclaration\/invoice\/date/, 'customs.invoicedOn'],
  [/^\/content\/exportDeclaration/, 'customs'],
  [/^\/valueAddedServices/, 'extras'],
  [/^\/productCode/, 'service'],
  [/^\/plannedShippingDateAndTime/, 'shipOn'],
  [/^\/outputImageProperties\/encodingFormat/, 'labelFormat'],
  [/^\/customerReferences\/0/, 'reference'],
  [/^\/customerReferences\/(\d+)/, 'printed'],
];

const parties = new Map([
  ['shipperDetails', 'from'],
  ['receiverDetails', 'to'],
]);
const addressFields = new Map([
  ['postalCode', 'postalCode'],
  ['cityName', 'city'],
  ['countryCode', 'countryCode'],
  ['provinceCode', 'region'],
  ['addressLine1', 'lines[0]'],
  ['addressLine2', 'lines[1]'],
  ['addressLine3', 'lines[2]'],
  ['phone', 'phone'],
  ['email', 'email'],
  ['fullName', 'name'],
  ['companyName', 'company'],
]);

/** DHL's pointer in our names: `#/content/packages/0/weight` → `parcels[0].weightGrams`. Null for what we have no name for. */
export const ourPath = (pointer: string): string | null => {
  const path = pointer.replace(/^#/, '');
  const [, party = '', field = ''] = /^\/customerDetails\/(\w+)(?:\/\w+)*?\/?(\w+)?$/.exec(path) ?? [];
  const [side, part] = [parties.get(party), addressFields.get(field)];
  if (side !== undefined) return part === undefined ? side : `${side}.${part}`;
  for (const [start, ours] of ourFields) {
    const found = start.exec(path);
    if (found) return ours.replace('$1', found[1] ?? '');
  }
  return null;
};

/** What DHL's own codes say of a field; the others say it in words only. */
const fieldsByCode = new Map([
  ['996', 'service'],
  ['1001', 'service'],
  ['1004', 'service'],
  ['7143', 'customs.lines'],
]);

const SCHEMA_FAULT = /#(\/[\w/]*)\s*:\s*(?:required key \[(\w+)\])?/;

/** The field that one line of a fault speaks of. */
const fieldIn = (line: string): string | null => {
  const [, pointer, missing] = SCHEMA_FAULT.exec(line) ?? [];
  if (pointer !== undefined) return ourPath(missing === undefined ? pointer : `${pointer}/${missing}`);
  return fieldsByCode.get(/^\s*(\d{3,6})\s*:/.exec(line)?.[1] ?? '') ?? null;
};

/**
 * Why DHL refused. The details say more than the summary: all of them are handed on, and the field is the first one that any names.
 */
export const refusalIn = (json: unknown): Err<CarrierRefused> => {
  const { detail, message, title, additionalDetails } = fieldsOf(json);
  const lines = [...listOf(additionalDetails), detail].flatMap((line) => textOf(line) ?? []);
  const said = remarkOf(lines.join(' · ')) ?? remarkOf(message) ?? remarkOf(title);
  const field = lines.map(fieldIn).find((path) => path !== null) ?? null;
  return refused(said ?? 'DHL refused the request without saying why.', field);
};
