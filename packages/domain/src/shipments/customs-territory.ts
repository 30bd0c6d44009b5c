import type { Address } from '../kernel/index.js';

const union = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK'.split(' ');

/** Countries that are one for customs: the European Union with Monaco, and neighbours whose parcels pass without a declaration. */
const territories: Readonly<Record<string, string>> = {
  ...Object.fromEntries(union.map((country) => [country, 'EU'])),
  IM: 'GB',
  JE: 'GB',
  GG: 'GB',
  LI: 'CH',
  PR: 'US',
};

/** Parts of member states outside the Union's customs territory: Canaries, Ceuta, Melilla, Heligoland, Büsingen, Livigno, Campione. */
const outside: Readonly<Record<string, RegExp>> = {
  ES: /^(35|38|51|52)\d{3}$/,
  DE: /^(27498|78266)$/,
  IT: /^(23041|23030|22061|22060)$/,
};

/**
 * The customs territory that an address lies in, as a word to be compared with another. Between two of them customs wants a declaration.
 * Regions with a country code of their own (`RE`, `GP`, `FO`, `GL`) are territories of their own, as carriers treat them.
 */
export const customsTerritoryOf = ({ countryCode, postalCode }: Pick<Address, 'countryCode' | 'postalCode'>): string =>
  outside[countryCode]?.test((postalCode ?? '').trim())
    ? `${countryCode} ${postalCode?.trim()}`
    : (territories[countryCode] ?? countryCode);
