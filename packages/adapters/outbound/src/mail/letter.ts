import type { MailContent } from '@rappit/domain';

/** A piece of a paragraph: our own words, or a name that stands apart from them, whichever way it is written. */
export type Piece = string | { readonly name: string };

/** A mail in words, before it is laid out. */
export type Letter = {
  readonly subject: readonly Piece[];
  readonly paragraphs: readonly (readonly Piece[])[];
  readonly action: { readonly label: string; readonly url: string } | null;
};

/** Where the links of mails lead. A token is best put behind `#`, which no server on the way is told. */
export type MailLinks = {
  readonly confirmRegistration: (token: string) => string;
  readonly resetPassword: (token: string) => string;
  readonly acceptInvitation: (token: string) => string;
  readonly signIn: () => string;
  readonly billing: () => string;
};

export type Writer = (content: MailContent, links: MailLinks) => Letter;
