import { fieldsOf, listOf, textOf } from '../wire/reading.js';

/** Our fields by the beginnings of DHL's pointers, the longest first; `$1` is a place in a list. Null is what nobody has asked us for. */
const ourFields: readonly (readonly [pointer: RegExp, path: string | null])[] = [
  [/^\/packages\/(\d+)\/weight/, 'parcels[$1].weightGrams'],
  [/^\/packages\/(\d+)\/dimensions\/length/, 'parcels[$1].lengthMm'],
  [/^\/packages\/(\d+)\/dimensions\/width/, 'parcels[$1].widthMm'],
  [/^\/packages\/(\d+)\/dimensions\/height/, 'parcels[$1].heightMm'],
  [/^\/packages\/(\d+)/, 'parcels[$1]'],
  [/^\/packages/, 'parcels'],
  [/^\/declaration\/lineitems\/(\d+)\/description/, 'customs.lines[$1].description'],
  [/^\/declaration\/lineitems\/(\d+)\/price/, 'customs.lines[$1].pieceValueMinor'],
  [/^\/declaration\/lineitems\/(\d+)\/weight/, 'customs.lines[$1].pieceWeightGrams'],
  [/^\/declaration\/lineitems\/(\d+)\/quantity/, 'customs.lines[$1].quantity'],
  [/^\/declaration\/lineitems\/(\d+)\/manufacturercountry/, 'customs.lines[$1].originCountryCode'],
  [/^\/declaration\/lineitems\/(\d+)\/commoditycodes/, 'customs.lines[$1].hsCode'],
  [/^\/declaration\/lineitems\/\d+\/exportreasontype/, 'customs.purpose'],
  [/^\/declaration\/lineitems\/(\d+)/, 'customs.lines[$1]'],
  [/^\/declaration\/lineitems/, 'customs.lines'],
  [/^\/declaration\/invoice\/number/, 'customs.invoiceNumber'],
  [/^\/declaration\/invoice\/date/, 'customs.invoicedOn'],
  [/^\/declaration\/(?:exportreason|shipmenttype)/, 'customs.purpose'],
  [/^\/declaration\/placeofincoterm/, 'to.city'],
  [/^\/declaration/, 'customs'],
  [/^\/(?:declaredvaluecurrency|monetaryamount\/\d+\/currency)/, 'customs.currency'],
  [/^\/(?:declaredvalue|monetaryamount)/, 'customs.lines'],
  [/^\/incoterm/, 'customs.incoterm'],
  [/^\/(?:local)?productcode/, 'service'],
  [/^\/plannedshippingdateandtime/, 'shipOn'],
  [/^\/outputimageproperties\/encodingformat/, 'labelFormat'],
  [/^\/plannedpickupdateandtime/, 'on'],
  [/^\/closetime/, 'closesAt'],
  [/^\/location$/, 'place'],
];

const parties: ReadonlyMap<string, string> = new Map([
  ['shipperdetails', 'from'],
  ['receiverdetails', 'to'],
]);
const addressFields: ReadonlyMap<string, string> = new Map([
  ['postalcode', 'postalCode'],
  ['cityname', 'city'],
  ['countrycode', 'countryCode'],
  ['provincecode', 'region'],
  ['addressline1', 'lines[0]'],
  ['addressline2', 'lines[1]'],
  ['addressline3', 'lines[2]'],
  ['phone', 'phone'],
  ['email', 'email'],
  ['fullname', 'name'],
  ['companyname', 'company'],
]);

/** Which of our fields had a service added. */
const fieldsOfServices: ReadonlyMap<string, string> = new Map([
  ['II', 'extras.insuredFor'],
  ['DD', 'customs.dutiesPaidBy'],
  ['WY', 'extras.paperlessInvoice'],
  ['AA', 'extras.saturdayDelivery'],
  ['SF', 'extras.signature'],
]);

/** One spelling of them all: DHL writes pointers in several, and the same things lie elsewhere in rates and pickups. */
const spelled = (pointer: string): string =>
  pointer
    .replace(/^#/, '')
    .toLowerCase()
    .replace(/^\/content(?=\/)/, '')
    .replace(/^\/shipmentdetails\/\d+(?=\/)/, '')
    .replace(/^\/exportdeclaration(?:\/\d+)?(?=\/|$)/, '/declaration');

/**
 * DHL's pointer into what it was sent, in our names: `#/content/packages/0/weight` → `parcels[0].weightGrams`.
 * Null for what nobody has asked us for.
 */
export const ourPath = (pointer: string, sent: unknown = undefined): string | null => {
  const path = spelled(pointer);
  const ofService = /^\/valueaddedservices\/(\d+)(?:\/(value|currency))?/.exec(path);
  if (ofService) return fieldOfService(ofService, sent);
  const [, party = '', field = ''] = /^\/customerdetails\/(\w+)(?:\/\w+)*?\/?(\w+)?$/.exec(path) ?? [];
  const side = parties.get(party);
  if (side !== undefined && path.includes('/registrationnumbers')) return 'customs.taxNumbers';
  const part = addressFields.get(field);
  if (side !== undefined) return part === undefined ? side : `${side}.${part}`;
  if (path === '/description')
    return fieldsOf(fieldsOf(sent)['content'])['isCustomsDeclarable'] === true ? 'customs.lines' : null;
  for (const [start, ours] of ourFields) {
    const found = start.exec(path);
    if (found) return ours?.replace('$1', found[1] ?? '') ?? null;
  }
  return null;
};

const fieldOfService = ([, index, part]: readonly (string | undefined)[], sent: unknown): string | null => {
  const { serviceCode } = fieldsOf(listOf(fieldsOf(sent)['valueAddedServices'])[Number(index)]);
  const field = fieldsOfServices.get(textOf(serviceCode) ?? '') ?? null;
  if (field !== 'extras.insuredFor' || part === undefined) return field;
  return `${field}.${part === 'value' ? 'amountMinor' : 'currency'}`;
};
