import { err, type Mail, type Mailer, type MailRefused, type MailUnavailable, ok } from '@rappit/domain';

export type FakeMailer = Mailer & {
  /** Every mail that was taken over, in order. */
  readonly sent: () => readonly Mail[];
  /** From now on this is the answer; `mend` ends it. */
  readonly breakDown: (answer: (MailRefused | MailUnavailable)['code']) => void;
  readonly mend: () => void;
};

/** Keeps mails instead of sending them. */
export const fakeMailer = (): FakeMailer => {
  const sent: Mail[] = [];
  let broken: (MailRefused | MailUnavailable)['code'] | null = null;
  return {
    send: async (mail) => {
      if (broken !== null) return err({ code: broken });
      sent.push(mail);
      return ok(undefined);
    },
    sent: () => [...sent],
    breakDown: (answer) => {
      broken = answer;
    },
    mend: () => {
      broken = null;
    },
  };
};
