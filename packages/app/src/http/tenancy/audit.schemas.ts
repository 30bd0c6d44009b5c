import { type AuditFilter, type AuditKind, auditKinds, type AuditEntry as DomainEntry } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { actorKinds } from '../actor.schemas.js';
import { pageOf, pageQuery } from '../pages.js';
import { anyText, anyTextOrNull, closed, component, moment, oneOf, text, uuid } from '../vocabulary.schemas.js';

const kinds = Object.keys(auditKinds) as readonly AuditKind[];
const dateTime = (description: string) => Type.String({ format: 'date-time', description });

export const AuditEntry = component(
  'AuditEntry',
  Type.Object(
    {
      id: uuid,
      at: moment,
      actor: Type.Object({ kind: oneOf(actorKinds), id: anyText }, closed),
      kind: oneOf(kinds, { description: kinds.map((kind) => `- \`${kind}\`: ${auditKinds[kind].means}`).join('\n') }),
      targetId: Type.String({ description: 'The id of what was changed: of which kind of thing, the entry’s kind says.' }),
      facts: Type.Record(Type.String(), Type.Unknown(), { description: 'Ids and words of ours, never personal data.' }),
      requestId: anyTextOrNull,
    },
    closed,
  ),
);
export const AuditPage = component('AuditPage', pageOf(AuditEntry.ref));
export const auditComponents = [AuditEntry, AuditPage];

export const auditQuery = Type.Object(
  {
    ...pageQuery,
    actorId: Type.Optional(text(100, { description: 'The id of a user, an API key, a channel or a job.' })),
    kind: Type.Optional(oneOf(kinds)),
    from: Type.Optional(dateTime('From this moment on.')),
    to: Type.Optional(dateTime('Before this moment.')),
  },
  closed,
);

export const auditFilter = ({ actorId, kind, from, to }: Static<typeof auditQuery>): AuditFilter => ({
  actorId,
  kind,
  from: from === undefined ? undefined : new Date(from),
  to: to === undefined ? undefined : new Date(to),
});

export const auditEntryView = (entry: DomainEntry): Static<typeof AuditEntry.ref> => entry;
