import type { AccountDetails } from './carrier-account.js';
import type { DocumentFormat } from './label.js';

/** One text that an account is told by. */
export type AccountField = {
  readonly name: string;
  readonly needed: boolean;
  readonly isValid: (text: string) => boolean;
  /** For people, such as `must be nine digits`. */
  readonly otherwise: string;
};

/** What an account at a carrier is made of. Among the credentials is `accountNumber`, which is what makes it this account. */
export type AccountForm = {
  readonly carrier: string;
  readonly credentials: readonly AccountField[];
  readonly settings: readonly AccountField[];
  readonly labelFormats: readonly DocumentFormat[];
};

/** Every carrier on which organizations may have accounts, by its code. */
export type AccountForms = ReadonlyMap<string, AccountForm>;

export type DetailFault = { readonly path: string; readonly message: string };

/** Everything that is wrong with details, each by its path: what is needed and missing, what isn't known, what isn't as it must be. */
export const faultsOfDetails = (
  fields: readonly AccountField[],
  details: AccountDetails,
  path: 'credentials' | 'settings',
): readonly DetailFault[] => {
  const given = new Map(Object.entries(details));
  const unknown = [...given.keys()].filter((name) => !fields.some((field) => field.name === name));
  return [
    ...unknown.map((name) => ({ path: `${path}.${name}`, message: "isn't known of this carrier" })),
    ...fields.flatMap(({ name, needed, isValid, otherwise }) => {
      const text = given.get(name);
      if (text === undefined) return needed ? [{ path: `${path}.${name}`, message: 'is needed' }] : [];
      return isValid(text) ? [] : [{ path: `${path}.${name}`, message: otherwise }];
    }),
  ];
};
