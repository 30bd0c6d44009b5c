import type { Letter, Writer } from './letter.js';

const lasting = (minutes: number): string =>
  minutes % 60 === 0 && minutes > 60 ? `${minutes / 60} hours` : `${minutes} minutes`;
const once = (minutes: number): string => `The link works once, within ${lasting(minutes)}.`;

export const english: Writer = (content, links): Letter => {
  switch (content.kind) {
    case 'confirmRegistration':
      return {
        subject: ['Confirm your e-mail address'],
        paragraphs: [
          [
            'Somebody is opening an account at Rappit with this address. If it was you, confirm it, and enter the password that you chose.',
          ],
          [once(content.minutes), ' If it was not you, do nothing: there will be no account.'],
        ],
        action: { label: 'Confirm the address', url: links.confirmRegistration(content.token) },
      };
    case 'alreadyRegistered':
      return {
        subject: ['You have an account already'],
        paragraphs: [
          ['Hello ', { name: content.name }, ','],
          [
            'somebody wanted to open an account at Rappit with this address, which has one already. If it was you, just sign in; there you can also set a new password.',
          ],
          ['If it was not you, do nothing: nothing has changed.'],
        ],
        action: { label: 'Sign in', url: links.signIn() },
      };
    case 'resetPassword':
      return {
        subject: ['Set a new password'],
        paragraphs: [
          ['Hello ', { name: content.name }, ','],
          [
            'somebody has forgotten the password of your account at Rappit. If it was you, set a new one. You will be signed out everywhere.',
          ],
          [once(content.minutes), ' If it was not you, do nothing: your password stays as it is.'],
        ],
        action: { label: 'Set a new password', url: links.resetPassword(content.token) },
      };
    case 'passwordChanged':
      return {
        subject: ['Your password was changed'],
        paragraphs: [
          ['Hello ', { name: content.name }, ','],
          ['the password of your account at Rappit was changed, and your other sessions were ended.'],
          ['If it was not you, set a new password at once, and tell an admin of your organization.'],
        ],
        action: { label: 'Sign in', url: links.signIn() },
      };
    case 'invitation':
      return {
        subject: ['Invitation to ', { name: content.organizationName }],
        paragraphs: [
          ['Hello,'],
          [
            { name: content.inviterName },
            ' invites you to work in ',
            { name: content.organizationName },
            ' at Rappit. Nothing happens unless you accept.',
          ],
          [once(content.minutes), ' If you do not know who this is, do nothing.'],
        ],
        action: { label: 'See the invitation', url: links.acceptInvitation(content.token) },
      };
    case 'webhookDisabled':
      return {
        subject: ['A webhook endpoint was disabled'],
        paragraphs: [
          ['Hello ', { name: content.name }, ','],
          [
            'events of your organization are no longer sent to ',
            { name: content.url },
            content.why === 'gone'
              ? ': it answered that it is gone (410).'
              : ': for 24 hours nothing that was sent there had arrived.',
          ],
          ['Once it works again, enable it, and have sent again what it missed: the log of its deliveries names each event.'],
        ],
        action: { label: 'Sign in', url: links.signIn() },
      };
    case 'subscriptionEnding':
      return {
        subject: [ending[content.of].subject(inDays(content.days))],
        paragraphs: [
          ['Hello ', { name: content.name }, ','],
          [ending[content.of].before, { name: content.organizationName }, ending[content.of].behind(inDays(content.days))],
          [
            content.days === 0
              ? 'Everything stays readable and can be exported, and orders that your shops sell are taken in; nothing else can be changed until it is paid for.'
              : 'After that everything stays readable, and nothing can be changed until it is paid for.',
          ],
        ],
        action: { label: ending[content.of].label, url: links.billing() },
      };
  }
};

/** Null when the day has come. */
const inDays = (days: number): string | null => (days === 0 ? null : days === 1 ? 'in one day' : `in ${days} days`);

const ending = {
  trial: {
    subject: (when: string | null) => (when ? `Your trial ends ${when}` : 'Your trial has ended'),
    before: 'the trial of ',
    behind: (when: string | null) =>
      when ? ` at Rappit ends ${when}. Choose a plan to go on as before.` : ' at Rappit has ended. Choose a plan to go on.',
    label: 'Choose a plan',
  },
  grace: {
    subject: (when: string | null) =>
      when ? `A payment failed: full access ends ${when}` : 'A payment is missing: full access has ended',
    before: 'a payment for ',
    behind: (when: string | null) =>
      when
        ? ` at Rappit failed. Unless it is made, full access ends ${when}.`
        : ' at Rappit is still missing, and full access has ended.',
    label: 'See what is owed',
  },
} as const;
