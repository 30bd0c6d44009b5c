import type { Brand } from '../kernel/index.js';
import type { Language } from './member.js';

export type AccountRequestId = Brand<string, 'AccountRequestId'>;
export const AccountRequestId = (text: string): AccountRequestId => text as AccountRequestId;

/** Who somebody will be when the address is confirmed. */
export type Registrant = { readonly organizationName: string; readonly name: string; readonly passwordHash: string };

/**
 * Something asked for an e-mail address by somebody whom nobody has signed in. It is kept before anything is looked up, so that the
 * answer is the same for every address, and comes to something only by a link that is mailed there.
 */
export type AccountRequest = {
  readonly id: AccountRequestId;
  /** As typed; compared in lower case. */
  readonly email: string;
  readonly language: Language;
  readonly asks: { readonly kind: 'registration'; readonly registrant: Registrant } | { readonly kind: 'passwordReset' };
};

/** How long a request waits for its link to be used, from when it was made. */
export const lifetimeMinutes = { registration: 24 * 60, passwordReset: 60 } as const satisfies Readonly<
  Record<AccountRequest['asks']['kind'], number>
>;

/** One answer for a link that never was, was used, has expired, or leads to what has changed since. */
export type LinkInvalid = { readonly code: 'link.invalid' };
