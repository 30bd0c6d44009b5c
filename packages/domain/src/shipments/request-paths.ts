import type { CarrierRefused } from './carrier.port.js';

/** Where a shipment's sender is kept: at its location, or with the account where the location has no address. */
export type SenderOf = 'location' | 'account';

const senders: Readonly<Record<SenderOf, string>> = { location: 'location.address', account: 'account.shipper' };

type Rule = readonly [begins: RegExp, instead: string | null];

/** The first rule that fits; a path that none fits is the request's own already, and null is one that no request has. */
const byRules = (rules: readonly Rule[], path: string): string | null => {
  const rule = rules.find(([begins]) => begins.test(path));
  if (!rule) return path;
  const [begins, instead] = rule;
  return instead === null ? null : path.replace(begins, instead);
};

/** What we add to each purchase ourselves, and nobody asks for. */
const ours: readonly Rule[] = [[/^(?:reference|printed|goods)(?=[.[]|$)/, null]];

/** `signature` and the like stand beside the parcels in every request. */
const extras: readonly Rule[] = [
  [/^extras$/, null],
  [/^extras\./, ''],
];

const from = (sender: SenderOf): Rule => [/^from(?=\.|$)/, senders[sender]];

/**
 * A carrier's path in the names of a request that ships an order: addresses are named by where they are kept, and places in `customs.lines`
 * count the shipment's lines. Null where no request has such a field.
 */
export const pathOfShipping = (path: string, sender: SenderOf): string | null =>
  byRules(
    [
      from(sender),
      [/^to(?=\.|$)/, 'shippingAddress'],
      [/^customs\.currency$/, null],
      [/^(customs\.lines\[\d+\])\.quantity$/, '$1'],
      ...extras,
      ...ours,
    ],
    path,
  );

/** The same of a request that has an order's goods come back, from where it was sent to where it is kept. */
export const pathOfReturning = (path: string, keeper: SenderOf): string | null =>
  pathOfShipping(
    path.replace(/^(?:from|to)(?=\.|$)/, (end) => (end === 'from' ? 'to' : 'from')),
    keeper,
  );

/** The same of a request for rates, which doesn't say what is bought. */
export const pathOfOrderRates = (path: string, sender: SenderOf): string | null => {
  const named = pathOfShipping(path, sender);
  return named === 'service' || named === 'labelFormat' ? null : named;
};

/** A carrier's path in the names of a request for rates between two addresses: of the goods it says only what they are worth. */
export const pathOfRates = (path: string): string | null =>
  byRules(
    [
      [/^customs\.currency$/, 'goodsValue.currency'],
      [/^customs\.lines(?:\[\d+\](?:\.pieceValueMinor)?)?$/, 'goodsValue.amountMinor'],
      [/^customs\.lines\[\d+\]\.originCountryCode$/, 'from.countryCode'],
      [/^customs\.lines\[\d+\]\.pieceWeightGrams$/, 'parcels'],
      [/^customs\.lines.*$/, 'goodsValue'],
      [/^customs\.(?:invoiceNumber|taxNumbers).*$/, null],
      [/^(?:service|labelFormat)$/, null],
      ...extras,
      ...ours,
    ],
    path,
  );

/**
 * A carrier's path in the names of a request for a pickup. `owners` has, for each parcel, the place in the request of the shipment that it
 * belongs to; none where the request has the parcels themselves.
 */
export const pathOfPickup = (
  path: string,
  { sender, owners }: { readonly sender: SenderOf; readonly owners: readonly number[] },
): string | null => {
  if (owners.length === 0) return byRules([from(sender), ...ours], path);
  const [, parcel] = /^parcels\[(\d+)\]/.exec(path) ?? [];
  const owner = parcel === undefined ? undefined : owners[Number(parcel)];
  if (owner !== undefined) return `shipmentIds[${owner}]`;
  return byRules([from(sender), [/^(?:parcels|service|abroad)(?=[.[]|$).*$/, 'shipmentIds'], ...ours], path);
};

/** A carrier's path in the names of a question about one address, whichever of a consignment's the carrier calls it. */
export const pathOfAddress = (path: string): string => {
  const field = path.replace(/^(?:address|from|to)(?:\.|$)/, '');
  return field === '' ? 'address' : `address.${field}`;
};

/** A refusal with its path in other names; of what isn't one, nothing is changed. */
export const renamed = <Refused extends { readonly code: string }>(
  refused: Refused | CarrierRefused,
  rename: (path: string) => string | null,
): Refused | CarrierRefused =>
  'path' in refused && typeof refused.path === 'string' ? { ...refused, path: rename(refused.path) } : refused;
