type Table = readonly (readonly [code: RegExp, path: string])[];

const parties: Table = [
  [/SHIPPER|ORIGIN|SENDER/, 'from'],
  [/RECIPIENT|DESTINATION|RECEIVER/, 'to'],
];
const partyFields: Table = [
  [/POSTAL/, 'postalCode'],
  [/CITY/, 'city'],
  [/STATE|PROVINCE/, 'region'],
  [/COUNTRY/, 'countryCode'],
  [/PHONE/, 'phone'],
  [/STREET|ADDRESSLINE/, 'lines'],
  [/PERSONNAME/, 'name'],
  [/COMPANYNAME/, 'company'],
];
const others: Table = [
  [/DECLAREDVALUE.*CURRENCY/, 'extras.insuredFor.currency'],
  [/CUSTOMS.*CURRENCY/, 'customs.currency'],
  [/SERVICETYPE|SERVICE\.(?:TYPE|PACKAGECOMBINATION|INVALID|UNAVAILABLE)|PRODUCT/, 'service'],
  [/SHIPDATE|SHIP\.?TIMESTAMP/, 'shipOn'],
  [/CUSTOMSVALUE/, 'customs.lines'],
  [/DUTIES/, 'customs.dutiesPaidBy'],
  [/CUSTOMS/, 'customs'],
  [/SATURDAY/, 'extras.saturdayDelivery'],
  [/SIGNATURE/, 'extras.signature'],
  [/DECLAREDVALUE/, 'extras.insuredFor'],
  [/LABEL|IMAGETYPE/, 'labelFormat'],
];
const goodsFields: Table = [
  [/DESCRIPTION/, 'description'],
  [/WEIGHT/, 'pieceWeightGrams'],
  [/UNITPRICE|CUSTOMSVALUE/, 'pieceValueMinor'],
  [/QUANTITY|NUMBEROFPIECES/, 'quantity'],
  [/COUNTRYOFMANUFACTURE/, 'originCountryCode'],
  [/HARMONIZED/, 'hsCode'],
];
const parcelFields: Table = [
  [/WEIGHT/, 'weightGrams'],
  [/LENGTH/, 'lengthMm'],
  [/WIDTH/, 'widthMm'],
  [/HEIGHT/, 'heightMm'],
];

const fieldBy = (table: Table, code: string): string | undefined => table.find(([pattern]) => pattern.test(code))?.[1];

/** Which of several an error speaks of; null where it doesn't say. */
export type Which = { readonly parcel: number | null; readonly goods: number | null };
const neither: Which = { parcel: null, goods: null };

/**
 * Our field that a code of FedEx speaks of: `RECIPIENT.POSTALCODE.INVALID` → `to.postalCode`. Null for what says nothing of a field.
 * Of several parcels or goods that one is named that `which` says.
 */
export const ourPath = (code: string, which: Which = neither): string | null => {
  const party = fieldBy(parties, code);
  const field = fieldBy(partyFields, code);
  if (party !== undefined) return field === undefined ? party : `${party}.${field}`;
  if (/COMMODIT.*CURRENCY/.test(code)) return 'customs.currency';
  if (/COMMODIT|HARMONIZED|COUNTRYOFMANUFACTURE/.test(code))
    return oneOf('customs.lines', which.goods, fieldBy(goodsFields, code));
  return (
    fieldBy(others, code) ??
    (/WEIGHT|DIMENSION|PACKAGE/.test(code) ? oneOf('parcels', which.parcel, fieldBy(parcelFields, code)) : null)
  );
};

const oneOf = (list: string, index: number | null, field: string | undefined): string => {
  if (index === null) return list;
  return field === undefined ? `${list}[${index}]` : `${list}[${index}].${field}`;
};
