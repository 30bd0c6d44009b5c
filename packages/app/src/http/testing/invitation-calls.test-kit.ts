import type { Role } from '@rappit/domain';
import { PERSONAL, SECRET } from '../../../../../test/markers.js';
import { type Answer, read } from './client.test-kit.js';
import { actsOf, type PageShape } from './scene.test-kit.js';
import { type Account, PREFIX, type World } from './world.test-kit.js';

export type InvitationShape = {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly status: string;
  readonly invitedBy: string;
};
export type SessionShape = {
  readonly token: string;
  readonly role: Role;
  readonly user: { readonly id: string };
  readonly organization: { readonly id: string };
};
type EntryShape = { readonly kind: string; readonly targetId: string; readonly actor: object; readonly facts: object };

/** What makes an account of an address that has none. */
export const account = { name: 'Lea Quokka', newPassword: `another long ${SECRET}` };
export const linkInvalid = { status: 400, code: 'link.invalid', paths: [] };

let count = 0;
export const freshEmail = (): string => `guest-${++count}@${PERSONAL}.example`;

export const invitationCallsOf = (world: World, who: Account) => {
  const { ask, get, post } = actsOf(world, who);
  return {
    invite: (email: string, more: object = {}) => post('/invitations', { email, role: 'operator', ...more }),
    /** Invites an address, and answers the id and the token that came to it. */
    invited: async (email: string, more: object = {}) => {
      const answer = await post('/invitations', { email, role: 'operator', ...more });
      if (answer.status !== 201) throw new Error(answer.text);
      return { id: read<InvitationShape>(answer).id, token: await lastToken(world, email) };
    },
    resend: (id: string) => post(`/invitations/${id}/resend`),
    revoke: (id: string) => ask('DELETE', `/invitations/${id}`),
    list: async () => (await get<PageShape<InvitationShape>>('/invitations')).data,
    log: async (kind: string) => (await get<PageShape<EntryShape>>(`/audit-log?kind=${kind}`)).data,
    members: async () => (await get<PageShape<{ id: string; email: string; role: Role }>>('/members')).data,
  };
};

export const accept = (world: World, token: string, more: object = {}, signedIn?: string): Promise<Answer> =>
  world.send('POST', `${PREFIX}/auth/invitations/accept`, { json: { token, ...more }, token: signedIn });

export const mailsTo = async (world: World, email: string) =>
  (await world.mails()).filter(({ to, content }) => content.kind === 'invitation' && to.toLowerCase() === email.toLowerCase());

export const lastToken = async (world: World, email: string): Promise<string> => {
  const mail = (await mailsTo(world, email)).at(-1);
  if (!mail || !('token' in mail.content)) throw new Error('a mail with a link was sent');
  return mail.content.token;
};
