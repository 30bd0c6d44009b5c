import { err, type Mailer, type MailRefused, type MailUnavailable, ok } from '@rappit/domain';
import { createTransport } from 'nodemailer';
import { envelopeOf, type MailOptions } from './envelope.js';

export type SmtpOptions = MailOptions & {
  /** `smtp://user:password@host:587`, or `smtps://…:465` for TLS from the first byte. `?requireTLS=false` sends without TLS to where there is none. */
  readonly url: string;
  /** Milliseconds for a whole mail, whatever the server does. */
  readonly deadlineMs?: number;
};

const DEADLINE_MS = 30_000;
const SILENCE_MS = 10_000;
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Whether what is sent there must be hidden from whoever is on the way. */
export const needsTls = (url: string): boolean => {
  const { hostname, searchParams } = new URL(url);
  const said = searchParams.get('requireTLS');
  return said === null ? !loopback.test(hostname) : said !== 'false';
};

/** Mail over SMTP, a connection for each. Without TLS nothing is sent but to this machine, unless the URL says otherwise. */
export const smtpMailer = ({ url, deadlineMs = DEADLINE_MS, ...options }: SmtpOptions): Mailer => {
  const transport = createTransport({
    url,
    requireTLS: needsTls(url),
    connectionTimeout: SILENCE_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async (mail) => {
      try {
        await within(deadlineMs, transport.sendMail(envelopeOf(mail, options)));
        return ok(undefined);
      } catch (error) {
        return err(answerTo(error));
      }
    },
  };
};

/** The server's own "never": a reply of 5xx to the address or the mail. Anything else may be otherwise next time. */
const answerTo = (error: unknown): MailRefused | MailUnavailable => {
  const { code, responseCode }: { readonly code?: unknown; readonly responseCode?: unknown } =
    typeof error === 'object' && error !== null ? error : {};
  const never = typeof responseCode === 'number' && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return { code: never ? 'mail.refused' : 'mail.unavailable' };
};

const within = async <Value>(milliseconds: number, work: Promise<Value>): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the mail server takes too long')), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
