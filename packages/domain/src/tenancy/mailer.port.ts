import type { Result } from '../kernel/index.js';
import type { Language } from './member.js';

/** What a mail tells, with the facts that it needs. A `token` becomes part of a link, and is nowhere else. */
export type MailContent =
  | { readonly kind: 'confirmRegistration'; readonly token: string; readonly minutes: number }
  | { readonly kind: 'alreadyRegistered'; readonly name: string }
  | { readonly kind: 'resetPassword'; readonly name: string; readonly token: string; readonly minutes: number }
  | { readonly kind: 'passwordChanged'; readonly name: string }
  | {
      readonly kind: 'invitation';
      readonly organizationName: string;
      readonly inviterName: string;
      readonly token: string;
      readonly minutes: number;
    }
  | { readonly kind: 'webhookDisabled'; readonly name: string; readonly url: string; readonly why: 'failing' | 'gone' }
  /** Full access ends in so many days, or has ended, with a trial or with the grace after a payment that failed. */
  | {
      readonly kind: 'subscriptionEnding';
      readonly name: string;
      readonly organizationName: string;
      readonly of: 'trial' | 'grace';
      readonly days: number;
    };

export type Mail = {
  /** The same mail sent again has the same id, so that a mailbox may show it once. */
  readonly id: string;
  readonly to: string;
  readonly language: Language;
  readonly content: MailContent;
};

/** It will never be taken, such as for an address that doesn't exist. */
export type MailRefused = { readonly code: 'mail.refused' };
/** Not now, or perhaps: sending it again may bring it twice, and is right all the same. */
export type MailUnavailable = { readonly code: 'mail.unavailable' };

/**
 * Sends mail.
 * - Success means that the next server on the way has taken it over, and nothing about whether it arrives.
 * - "No" and "not now" are answers, and come within a minute. They hold neither the address nor anything of the mail.
 * - What people typed, such as a name, is shown as text on one line, whatever it looks like.
 */
export type Mailer = { readonly send: (mail: Mail) => Promise<Result<undefined, MailRefused | MailUnavailable>> };
