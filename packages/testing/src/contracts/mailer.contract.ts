import type { Mail, Mailer } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectRefused, expectThat } from './expecting.js';

export type MailerWorld = {
  readonly mailer: Mailer;
  /** Addresses that mail has come to, in order. */
  readonly arrived: () => Promise<readonly string[]>;
  /** Nothing can be sent until it is mended. */
  readonly breakDown: () => Promise<void>;
  readonly mend: () => Promise<void>;
};

const token = 'a-token-that-nobody-else-may-see';
const mail = (count: number, content: Mail['content'] = { kind: 'resetPassword', name: 'Mina', token, minutes: 60 }): Mail => ({
  id: `019b8d9d-0000-7000-8000-00000000000${count}`,
  to: `mina-${count}@quokka.example`,
  language: 'en',
  content,
});

const contents: readonly Mail['content'][] = [
  { kind: 'confirmRegistration', token, minutes: 1_440 },
  { kind: 'alreadyRegistered', name: 'Mina' },
  { kind: 'resetPassword', name: 'Mina', token, minutes: 60 },
  { kind: 'passwordChanged', name: 'Mina' },
  { kind: 'invitation', organizationName: 'Teahouse', inviterName: 'Mina', token, minutes: 1_440 },
  { kind: 'webhookDisabled', name: 'Mina', url: 'https://hooks.example.com/rappit', why: 'failing' },
  { kind: 'subscriptionEnding', name: 'Mina', organizationName: 'Teahouse', of: 'trial', days: 3 },
];

export const mailerContract: readonly ContractCase<MailerWorld>[] = [
  {
    promise: 'sends every kind of mail, in every language, to the address that it is for',
    keeps: async ({ mailer, arrived }) => {
      const mails = contents.flatMap((content, index) => [
        mail(index, content),
        { ...mail(index + contents.length, content), language: 'ar' as const },
      ]);
      for (const one of mails) expectOk(await mailer.send(one), `sending ${one.content.kind} in ${one.language}`);
      expectEqual([...(await arrived())].sort(), mails.map(({ to }) => to).sort(), 'where mail has come to');
    },
  },
  {
    promise: 'sends what people typed as text, whatever it looks like',
    keeps: async ({ mailer, arrived }) => {
      const name = 'Mina\r\nBcc: everybody@quokka.example\r\n\r\n<script>"&\u0000\u202egpj.exe';
      const sent = await mailer.send(
        mail(1, { kind: 'invitation', organizationName: name, inviterName: name, token, minutes: 60 }),
      );
      expectOk(sent, 'sending');
      expectEqual(await arrived(), [mail(1).to], 'where mail has come to');
    },
  },
  {
    promise: 'answers an outage, with nothing of the mail, and sends again afterwards',
    keeps: async ({ mailer, arrived, breakDown, mend }) => {
      await breakDown();
      const refused = expectRefused(await mailer.send(mail(1)), 'mail.unavailable', 'sending during an outage');
      expectThat(!JSON.stringify(refused).includes(token), 'the answer holds no token');
      await mend();
      expectOk(await mailer.send(mail(1)), 'sending afterwards');
      expectEqual(await arrived(), [mail(1).to], 'where mail has come to');
    },
  },
];
