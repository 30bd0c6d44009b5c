import type { Mail } from '@rappit/domain';
import type { MailLinks } from './letter.js';
import { render } from './render.js';

export type MailOptions = {
  /** The sender as it is shown: `Rappit <no-reply@example.com>`. */
  readonly from: string;
  readonly links: MailLinks;
};

const domainOf = (from: string): string => /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';

/** A mail as nodemailer takes it. Sent again it has the same Message-ID, so that a mailbox may show it once; nobody's robot answers it. */
export const envelopeOf = ({ id, to, language, content }: Mail, { from, links }: MailOptions) => ({
  from,
  // As an object: whatever stands in the address is one address, and never a list or a name.
  to: { name: '', address: to },
  messageId: `<${content.kind}.${id}@${domainOf(from)}>`,
  headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
  ...render(content, language, links),
});
