import type { AccountForm, AccountForms, Carrier, CarrierConnections } from '@rappit/domain';

/** An account at a fake carrier: a number of nine digits, a key, and where it wants to say so the parcels' time zone. */
export const fakeAccountFormOf = (carrier: string): AccountForm => ({
  carrier,
  credentials: [
    {
      name: 'accountNumber',
      needed: true,
      isValid: (text) => /^\d{9}$/.test(text),
      otherwise: 'must be nine digits',
    },
    { name: 'apiKey', needed: true, isValid: (text) => text.trim() !== '', otherwise: 'must not be blank' },
  ],
  settings: [
    {
      name: 'timeZone',
      needed: false,
      isValid: (text) => text.includes('/'),
      otherwise: 'must be a time zone such as Europe/Berlin',
    },
  ],
  labelFormats: ['pdf', 'zpl', 'png', 'epl'],
});

export const fakeAccountForms: AccountForms = new Map([['fake', fakeAccountFormOf('fake')]]);

/** The same carriers on whichever account, whatever its credentials are. */
export const fakeConnections = (...carriers: readonly Carrier[]): CarrierConnections => {
  const installation: CarrierConnections['installation'] = (code) => carriers.find((carrier) => carrier.code === code);
  return { codes: carriers.map(({ code }) => code), installation, ofAccount: ({ account }) => installation(account.carrier) };
};
