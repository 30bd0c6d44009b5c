import type { Mail } from '@rappit/domain';
import type { MailLinks } from './letter.js';

export const TOKEN = 'a-token-that-nobody-else-may-see';

export const links: MailLinks = {
  confirmRegistration: (token) => `https://rappit.example/confirm#token=${token}`,
  resetPassword: (token) => `https://rappit.example/reset#token=${token}`,
  acceptInvitation: (token) => `https://rappit.example/invitation#token=${token}`,
  signIn: () => 'https://rappit.example/sign-in',
  billing: () => 'https://rappit.example/billing',
};

export const exampleMail = (change: Partial<Mail> = {}): Mail => ({
  id: '019b8d9d-0000-7000-8000-000000000001',
  to: 'mina@quokka.example',
  language: 'en',
  content: { kind: 'resetPassword', name: 'Mina Okafor', token: TOKEN, minutes: 60 },
  ...change,
});

/** Header fields of a message, unfolded, and its parts, decoded. */
export const readMessage = (raw: string): { readonly headers: readonly string[]; readonly parts: readonly string[] } => {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? '';
  const parts = rest.join('\r\n\r\n').split(`--${boundary}`).slice(1, -1);
  return { headers: head.replace(/\r\n[ \t]+/g, ' ').split('\r\n'), parts: parts.map(decoded) };
};

const decoded = (part: string): string => {
  const [head = '', ...rest] = part.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/quoted-printable/i.test(head)) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};
