const top = new Map([
  ['customer_ref', 'reference'],
  ['service_code', 'service'],
  ['shipper', 'from'],
  ['consignee', 'to'],
  ['pieces', 'parcels'],
]);

const below = new Map([
  ['contact', 'name'],
  ['company', 'company'],
  ['street', 'lines'],
  ['town', 'city'],
  ['state', 'region'],
  ['zip', 'postalCode'],
  ['country', 'countryCode'],
  ['tel', 'phone'],
  ['mail', 'email'],
  ['kg', 'weightGrams'],
  ['l', 'lengthMm'],
  ['w', 'widthMm'],
  ['h', 'heightMm'],
]);

/** The carrier's pointer in our names: `/pieces/0/kg` → `parcels[0].weightGrams`. Null for what we have no name for. */
export const ourPath = (pointer: string): string | null => {
  const [, first = '', ...rest] = pointer.split('/');
  const start = top.get(first);
  return start === undefined ? null : rest.filter((step) => step !== 'cm').reduce<string | null>(extended, start);
};

const extended = (path: string | null, step: string): string | null => {
  if (path === null) return null;
  if (/^\d{1,3}$/.test(step)) return `${path}[${step}]`;
  const name = below.get(step);
  return name === undefined ? null : `${path}.${name}`;
};
