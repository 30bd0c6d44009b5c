import type { AccountDetails, AccountField, DocumentFormat } from '@rappit/domain';

/** What an adapter's account is made from: what an organization, or the installation, has said of it. */
export type Details = {
  readonly credentials: AccountDetails;
  readonly settings: AccountDetails;
  readonly labelFormat: DocumentFormat | null;
};

/** Part of a header or a form, so it holds nothing but what can be seen. */
export const keyField = (name: string, needed = true): AccountField => ({
  name,
  needed,
  isValid: (text) => /^[\x21-\x7e]{1,200}$/.test(text),
  otherwise: 'must be 1 to 200 visible ASCII characters',
});

export const numberField = (name: string, shape: RegExp, otherwise: string, needed = true): AccountField => ({
  name,
  needed,
  isValid: (text) => shape.test(text),
  otherwise,
});

const isTimeZone = (text: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).format(0) !== '';
  } catch {
    return false;
  }
};

export const timeZoneField: AccountField = {
  name: 'timeZone',
  needed: false,
  isValid: isTimeZone,
  otherwise: 'must be a time zone such as Europe/Berlin',
};

/** Where nobody has said where parcels are handed over. */
export const USUAL_TIME_ZONE = 'UTC';
