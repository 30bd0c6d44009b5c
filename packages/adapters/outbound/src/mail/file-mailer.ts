import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, type Mailer, ok } from '@rappit/domain';
import { createTransport } from 'nodemailer';
import { envelopeOf, type MailOptions } from './envelope.js';

export type FileOptions = MailOptions & {
  readonly folder: string;
  /** Hears where a mail lies. */
  readonly written?: (path: string) => void;
};

/** For development: each mail becomes a file that mail programs open, and is sent nowhere. Written again, it replaces itself. */
export const fileMailer = ({ folder, written, ...options }: FileOptions): Mailer => {
  const transport = createTransport({ streamTransport: true, buffer: true });
  return {
    send: async (mail) => {
      const { message } = await transport.sendMail(envelopeOf(mail, options));
      const path = join(folder, `${mail.id}-${mail.content.kind}.eml`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(path, message, { mode: 0o600 });
      } catch {
        return err({ code: 'mail.unavailable' });
      }
      written?.(path);
      return ok(undefined);
    },
  };
};
