import type { Actor, Brand, Caller, IdSource } from '../kernel/index.js';

export type AuditEntryId = Brand<string, 'AuditEntryId'>;
export const AuditEntryId = (text: string): AuditEntryId => text as AuditEntryId;

type Told = { readonly target: string; readonly facts: readonly string[]; readonly means: string };

/**
 * Every change that matters to security: the one table that entries, filters and documents are made from.
 * `target` says what the entry's target id names, `facts` what else is told. A name is kept for ever, since entries are never rewritten.
 */
export const auditKinds = {
  'organization.opened': { target: 'organization', facts: [], means: 'The organization was opened, with its first admin.' },
  'organization.changed': { target: 'organization', facts: ['fields'], means: 'Settings of the organization were changed.' },
  'member.joined': { target: 'user', facts: ['role', 'invitationId'], means: 'A user became a member.' },
  'member.role_changed': { target: 'user', facts: ['from', 'to'], means: 'A member has another role.' },
  'member.removed': { target: 'user', facts: ['role'], means: 'A user is no longer a member.' },
  'user.disabled': { target: 'user', facts: [], means: 'A member was shut out of the whole installation by its operator.' },
  'user.enabled': { target: 'user', facts: [], means: 'A member who was shut out may sign in again.' },
  'invitation.created': { target: 'invitation', facts: ['role'], means: 'Somebody was invited.' },
  'invitation.resent': { target: 'invitation', facts: [], means: 'An invitation was sent again, with a new secret.' },
  'invitation.revoked': { target: 'invitation', facts: [], means: 'An invitation no longer counts.' },
  'session.started': { target: 'session', facts: [], means: 'A user signed in, or switched to this organization.' },
  'session.ended': {
    target: 'session',
    facts: ['userId'],
    means: 'A session was ended, by its user, or because a password changed or a member was shut out.',
  },
  'session.reused': { target: 'session', facts: ['userId'], means: 'A refresh token was used twice, and its session ended.' },
  'password.changed': { target: 'user', facts: [], means: 'A member changed the own password.' },
  'password.reset': { target: 'user', facts: [], means: 'A member set a new password by a link that was mailed.' },
  'api_key.created': { target: 'apiKey', facts: ['scopes', 'expiresAt'], means: 'An API key was made.' },
  'api_key.revoked': { target: 'apiKey', facts: [], means: 'An API key no longer counts.' },
  'channel.connected': { target: 'channel', facts: ['channelKind'], means: 'A shop was connected, and its secret sealed.' },
  'channel.changed': { target: 'channel', facts: ['fields'], means: 'A shop or its credentials were changed.' },
  'channel.disconnected': { target: 'channel', facts: [], means: 'A shop was disconnected.' },
  'channel.reconnect_needed': {
    target: 'channel',
    facts: [],
    means: 'A shop knows us no more, and its owner has to connect it again.',
  },
  'carrier_account.added': { target: 'carrierAccount', facts: ['carrier'], means: "A carrier's credentials were sealed." },
  'carrier_account.changed': {
    target: 'carrierAccount',
    facts: ['fields'],
    means: "A carrier's account or credentials were changed.",
  },
  'carrier_account.removed': { target: 'carrierAccount', facts: [], means: "A carrier's account was removed." },
  'pickup.settled': {
    target: 'pickup',
    facts: ['to'],
    means: 'A member said what became of a pickup of which nobody knew whether it was booked.',
  },
  'webhook_endpoint.added': { target: 'webhookEndpoint', facts: [], means: 'An address is told of events from now on.' },
  'webhook_endpoint.changed': { target: 'webhookEndpoint', facts: ['fields'], means: 'An endpoint or its secret was changed.' },
  'webhook_endpoint.removed': { target: 'webhookEndpoint', facts: [], means: 'An address is told of events no more.' },
  'subscription.changed': {
    target: 'organization',
    facts: ['plan', 'cancelAtPeriodEnd', 'outcome'],
    means: 'A member asked for another plan, for an end of the subscription, or to take that back: `done`, or why it was not.',
  },
  'credentials.resealed': {
    target: 'organization',
    facts: ['keyId', 'count'],
    means: 'Stored credentials were sealed with another key.',
  },
} as const satisfies Readonly<Record<string, Told>>;

export type AuditKind = keyof typeof auditKinds;

/** An id, a word of ours, a number or a moment as text. Never a name, an address or anything else that a person typed. */
export type AuditFact = string | number | boolean | null | readonly string[];

/** What happened, with exactly the facts that its kind tells. */
export type AuditEvent = {
  readonly [Kind in AuditKind]: {
    readonly kind: Kind;
    readonly targetId: string;
    readonly facts: { readonly [Name in (typeof auditKinds)[Kind]['facts'][number]]: AuditFact };
  };
}[AuditKind];

/** One line of an organization's audit log. It holds ids and no personal data, since it is never changed and outlives whoever it names. */
export type AuditEntry = {
  readonly id: AuditEntryId;
  readonly at: Date;
  readonly actor: Pick<Actor, 'kind' | 'id'>;
  readonly kind: AuditKind;
  readonly targetId: string;
  readonly facts: Readonly<Record<string, AuditFact>>;
  /** The request that did it, as its answer and our logs name it. Null for what a job did. */
  readonly requestId: string | null;
};

export type AuditOccasion = {
  readonly caller: Pick<Caller, 'actor' | 'requestId'>;
  readonly at: Date;
  readonly ids: IdSource;
};

export const auditEntry = ({ caller, at, ids }: AuditOccasion, { kind, targetId, facts }: AuditEvent): AuditEntry => ({
  id: AuditEntryId(ids.next()),
  at,
  actor: { kind: caller.actor.kind, id: caller.actor.id },
  kind,
  targetId,
  facts,
  requestId: caller.requestId ?? null,
});
