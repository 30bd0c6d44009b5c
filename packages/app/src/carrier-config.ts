import { dhlAccountForm } from '@rappit/carriers/dhl';
import { fedexAccountForm } from '@rappit/carriers/fedex';
import { type AccountDetails, type AccountForm, faultsOfDetails } from '@rappit/domain';

/** Where a carrier is asked, and the installation's own account there; null where it has none. */
export type CarrierConfig = {
  readonly baseUrl: string;
  readonly own: { readonly credentials: AccountDetails; readonly settings: AccountDetails } | null;
};

type Variables = {
  readonly form: AccountForm;
  readonly url: string;
  readonly usualUrl: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
};

const dhl = {
  form: dhlAccountForm,
  url: 'DHL_API_URL',
  usualUrl: 'https://express.api.dhl.com/mydhlapi',
  credentials: {
    accountNumber: 'DHL_ACCOUNT_NUMBER',
    apiKey: 'DHL_API_KEY',
    apiSecret: 'DHL_API_SECRET',
    dutiesAccountNumber: 'DHL_DUTIES_ACCOUNT_NUMBER',
  },
  settings: { timeZone: 'DHL_TIME_ZONE', goods: 'DHL_GOODS' },
} as const satisfies Variables;

const fedex = {
  form: fedexAccountForm,
  url: 'FEDEX_API_URL',
  usualUrl: 'https://apis.fedex.com',
  credentials: {
    accountNumber: 'FEDEX_ACCOUNT_NUMBER',
    clientId: 'FEDEX_API_KEY',
    clientSecret: 'FEDEX_SECRET_KEY',
    trackClientId: 'FEDEX_TRACK_API_KEY',
    trackClientSecret: 'FEDEX_TRACK_SECRET_KEY',
  },
  settings: { timeZone: 'FEDEX_TIME_ZONE', pickupType: 'FEDEX_PICKUP_TYPE' },
} as const satisfies Variables;

const carriers = { dhl, fedex } as const;
export type CarrierCode = keyof typeof carriers;

/** What each carrier is told by: the variable of its URL, of its credentials, of its settings. */
export const carrierVariables: Readonly<Record<CarrierCode, Omit<Variables, 'form' | 'usualUrl'>>> = carriers;

type Environment = Readonly<Record<string, string | undefined>>;
type Read = { readonly config: CarrierConfig; readonly faults: readonly string[] };

/** The carriers as the environment has them, and everything that is wrong with them, each by its variable. */
export const readCarriers = (given: Environment, inProduction: boolean) => {
  const read = { dhl: readOne(dhl, given, inProduction), fedex: readOne(fedex, given, inProduction) };
  return {
    carriers: { dhl: read.dhl.config, fedex: read.fedex.config },
    faults: [...read.dhl.faults, ...read.fedex.faults],
  };
};

const readOne = ({ form, url, usualUrl, ...names }: Variables, given: Environment, inProduction: boolean): Read => {
  const credentials = detailsIn(names.credentials, given);
  const settings = detailsIn(names.settings, given);
  const isSet = Object.keys(credentials).length > 0;
  const baseUrl = belowHost(given[url] ?? usualUrl, usualUrl);
  const nameOf = (path: string): string => {
    const [where = '', field = ''] = path.split('.');
    return (where === 'credentials' ? names.credentials : names.settings)[field] ?? field;
  };
  const faults = [
    ...(isSet ? faultsOfDetails(form.credentials, credentials, 'credentials') : []),
    ...faultsOfDetails(form.settings, settings, 'settings'),
  ].map(
    ({ path, message }) =>
      `${nameOf(path)}: ${message === 'is needed' ? `must be set beside ${named(names, credentials)}` : message}`,
  );
  const urlFault = faultOfUrl(baseUrl, inProduction);
  return {
    config: { baseUrl: baseUrl.replace(/\/+$/, ''), own: isSet ? { credentials, settings } : null },
    faults: [...faults, ...(urlFault === null ? [] : [`${url}: ${urlFault}`])],
  };
};

/** A carrier's own host by itself stands for the whole of its usual URL: DHL's API lies below a path. */
const belowHost = (text: string, usualUrl: string): string =>
  URL.canParse(text) && new URL(text).href === `${new URL(usualUrl).origin}/` ? usualUrl : text;

const named = ({ credentials }: Pick<Variables, 'credentials'>, given: AccountDetails): string =>
  Object.keys(given)
    .map((field) => credentials[field])
    .join(' and ');

const detailsIn = (names: Readonly<Record<string, string>>, given: Environment): AccountDetails =>
  Object.fromEntries(
    Object.entries(names).flatMap(([field, name]) => {
      const text = given[name];
      return text === undefined ? [] : [[field, text] as const];
    }),
  );

/** Words of a host or a path that carriers call their test worlds by: parcels bought there are picked up by nobody. */
const testing = ['sandbox', 'test', 'testing'];

const faultOfUrl = (text: string, inProduction: boolean): string | null => {
  if (!URL.canParse(text)) return 'must be a URL';
  const { protocol, hostname, pathname, username, password, search, hash } = new URL(text);
  if (!/^https?:$/.test(protocol) || username + password + search + hash !== '')
    return 'must be an http:// or https:// URL without a login, a query or a fragment';
  if (!inProduction) return null;
  if (protocol !== 'https:') return 'must be an https:// URL when NODE_ENV is production';
  const words = `${hostname}${unescaped(pathname)}`.toLowerCase().split(/[^a-z]+/);
  return words.some((word) => testing.includes(word))
    ? "must not be a carrier's sandbox or test URL when NODE_ENV is production"
    : null;
};

const unescaped = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
