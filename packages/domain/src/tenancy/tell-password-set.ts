import { bug, type DomainEvent, type EventSubscriber, hearing, ok, type UnitOfWork } from '../kernel/index.js';
import type { Accounts } from './accounts.port.js';
import { auditEntry } from './audit.js';
import type { Mailer } from './mailer.port.js';
import { type Member, UserId } from './member.js';
import { actingAs } from './open-session.js';
import { PASSWORD_SET, type PasswordSet } from './set-password.js';
import type { TenancyStores } from './stores.port.js';

type Memberships = { readonly accounts: Pick<Accounts, 'membershipsOf'> };
type AuditDeps = Memberships & { readonly unitOfWork: UnitOfWork<Pick<TenancyStores, 'audit'>> };

/** Tells the audit logs of the user's other organizations. Heard again it appends nothing: an entry has the id of the event. */
export const auditPasswordSetElsewhere = (deps: AuditDeps): EventSubscriber =>
  hearing([PASSWORD_SET], async (organizationId, event) => {
    const set = event.data as PasswordSet;
    for (const member of await deps.accounts.membershipsOf(UserId(set.userId)))
      if (member.organization.id !== organizationId) await append(deps, member, event, set);
  });

const append = async ({ unitOfWork }: AuditDeps, member: Member, event: DomainEvent, set: PasswordSet): Promise<void> => {
  const entry = auditEntry(
    { caller: actingAs(member, undefined), at: event.at, ids: { next: () => event.aggregateId } },
    { kind: set.kind, targetId: member.user.id, facts: {} },
  );
  const told = await unitOfWork.run(member.organization.id, async ({ audit }) => {
    const moment = { kind: set.kind, from: event.at, to: new Date(event.at.getTime() + 1) };
    const { data } = await audit.list({ limit: 100 }, moment);
    if (!data.some(({ id }) => id === entry.id)) await audit.append([entry]);
    return ok(undefined);
  });
  if (!told.ok) bug(`an audit entry could not be appended: ${told.error.code}`);
};

/** Tells the user by mail, who may not have been the one. */
export const mailPasswordSet = ({ accounts, mailer }: Memberships & { readonly mailer: Mailer }): EventSubscriber =>
  hearing([PASSWORD_SET], async (_organizationId, { aggregateId, data }) => {
    const [member] = await accounts.membershipsOf(UserId((data as PasswordSet).userId));
    if (!member) return;
    const { email, name, language } = member.user;
    const sent = await mailer.send({ id: aggregateId, to: email, language, content: { kind: 'passwordChanged', name } });
    if (!sent.ok && sent.error.code === 'mail.unavailable') throw new Error(sent.error.code);
  });
