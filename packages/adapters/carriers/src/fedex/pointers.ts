import { type Fields, fieldsOf, listOf } from '../wire/reading.js';

type Table = readonly (readonly [pattern: RegExp, path: string])[];

const ofParties: Table = [
  [/^(?:requestedshipment\.)?(?:shipper|origindetail\.pickuplocation)\b/, 'from'],
  [/^(?:requestedshipment\.)?recipients?\b/, 'to'],
  [/^addressestovalidate\b/, 'to'],
];
const ofAddresses: Table = [
  [/\bstreetlines\.(\d+)/, 'lines[$1]'],
  [/\bstreetlines\b/, 'lines'],
  [/\bcity\b/, 'city'],
  [/\bstateorprovincecode\b/, 'region'],
  [/\bpostalcode\b/, 'postalCode'],
  [/\bcountrycode\b/, 'countryCode'],
  [/\bphonenumber\b/, 'phone'],
  [/\bemailaddress\b/, 'email'],
  [/\bpersonname\b/, 'name'],
  [/\bcompanyname\b/, 'company'],
];
const ofParcels: Table = [
  [/\bdeclaredvalue\.currency\b/, 'extras.insuredFor.currency'],
  [/\bdeclaredvalue\.amount\b/, 'extras.insuredFor.amountMinor'],
  [/\bdeclaredvalue\b/, 'extras.insuredFor'],
  [/\b(?:packagespecialservices|signatureoptiontype)\b/, 'extras.signature'],
];
const ofParcel: Table = [
  [/\bweight\b/, 'weightGrams'],
  [/\blength\b/, 'lengthMm'],
  [/\bwidth\b/, 'widthMm'],
  [/\bheight\b/, 'heightMm'],
];
const ofGoods: Table = [
  [/\bdescription\b/, 'description'],
  [/\bweight\b/, 'pieceWeightGrams'],
  [/\b(?:unitprice|customsvalue)\b/, 'pieceValueMinor'],
  [/\b(?:quantity|quantityunits|numberofpieces)\b/, 'quantity'],
  [/\bcountryofmanufacture\b/, 'originCountryCode'],
  [/\bharmonizedcode\b/, 'hsCode'],
];
const others: Table = [
  [/\bdutiespayment\b/, 'customs.dutiesPaidBy'],
  [/\btotalcustomsvalue\b/, 'customs.lines'],
  [/\bshipmentpurpose\b/, 'customs.purpose'],
  [/\btermsofsale\b/, 'customs.incoterm'],
  [/\bcommercialinvoice\.customerreferences\b/, 'customs.invoiceNumber'],
  [/\bcustomsclearancedetail\b/, 'customs'],
  [/\bservicetype\b/, 'service'],
  [/\bshipdatestamp\b/, 'shipOn'],
  [/\b(?:labelspecification|labelstocktype|imagetype)\b/, 'labelFormat'],
  [/\betddetail\b/, 'extras.paperlessInvoice'],
  [/\b(?:variableoptions|saturdaydelivery)\b/, 'extras.saturdayDelivery'],
  [/\b(?:totalweight|packagecount|totalpackagecount|requestedpackagelineitems)\b/, 'parcels'],
  [/\breadydatetimestamp\b/, 'on'],
  [/\bcustomerclosetime\b/, 'closesAt'],
  [/\bremarks\b/, 'place'],
  [/\bcountryrelationships\b/, 'abroad'],
];

const fieldBy = (table: Table, text: string): string | null => {
  for (const [pattern, path] of table) {
    const found = pattern.exec(text);
    if (found) return path.replace('$1', found[1] ?? '');
  }
  return null;
};

const below = (start: string, field: string | null): string => (field === null ? start : `${start}.${field}`);

/** Where something stands in what FedEx was sent, in one spelling: `requestedShipment.recipients[0].address.city`, or as a JSON pointer. */
const spelled = (place: string): string =>
  place
    .trim()
    .toLowerCase()
    .replace(/^(?:#|\$)?[./]?/, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .replaceAll('/', '.');

/**
 * A place in what FedEx was sent, in our names: `requestedShipment.requestedPackageLineItems[1].weight` → `parcels[1].weightGrams`.
 * Null for what nobody has asked us for.
 */
export const pathAt = (place: string, sent: unknown = undefined): string | null => {
  const text = spelled(place);
  if (/\btins\b/.test(text)) return 'customs.taxNumbers';
  const [, service] = /\bspecialservicetypes\.(\d+)/.exec(text) ?? [];
  if (service !== undefined && !text.includes('packagespecialservices')) return fieldOfService(Number(service), sent);
  const party = fieldBy(ofParties, text);
  if (party !== null) return below(party, fieldBy(ofAddresses, text));
  const [, parcel] = /\brequestedpackagelineitems\.(\d+)/.exec(text) ?? [];
  if (parcel !== undefined && /\bcustomerreferences\b/.test(text)) return null;
  if (parcel !== undefined) return fieldBy(ofParcels, text) ?? below(`parcels[${parcel}]`, fieldBy(ofParcel, text));
  if (/\bcustomsclearancedetail\b.*\.currency\b/.test(text)) return 'customs.currency';
  const [, goods] = /\bcommodities\.(\d+)/.exec(text) ?? [];
  if (goods !== undefined) return below(`customs.lines[${goods}]`, fieldBy(ofGoods, text));
  return /\bcommodities\b/.test(text) ? 'customs.lines' : fieldBy(others, text);
};

const fieldOfService = (index: number, sent: unknown): string | null => {
  const { shipmentSpecialServices } = fieldsOf(fieldsOf(sent)['requestedShipment']);
  const type = listOf(fieldsOf(shipmentSpecialServices)['specialServiceTypes'])[index];
  if (type === 'SATURDAY_DELIVERY') return 'extras.saturdayDelivery';
  return type === 'ELECTRONIC_TRADE_DOCUMENTS' ? 'extras.paperlessInvoice' : null;
};

/** How many parcels, and how many sorts of goods, FedEx was told of. */
export const countsIn = (sent: unknown): { readonly parcels: number; readonly goods: number } => {
  const { requestedPackageLineItems, customsClearanceDetail }: Fields = fieldsOf(fieldsOf(sent)['requestedShipment']);
  return {
    parcels: listOf(requestedPackageLineItems).length,
    goods: listOf(fieldsOf(customsClearanceDetail)['commodities']).length,
  };
};
