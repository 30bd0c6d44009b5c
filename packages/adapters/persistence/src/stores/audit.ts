import { type AuditEntry, type AuditStore, auditPlace } from '@rappit/domain';
import { insertRows } from '../rows.js';
import { type Scope, touching } from '../scope.js';
import { pageOf } from './page.js';

const columns = {
  id: 'uuid',
  at: 'timestamptz',
  actor_kind: 'text',
  actor_id: 'text',
  kind: 'text',
  target_id: 'text',
  facts: 'jsonb',
  request_id: 'text',
};
const INSERT = insertRows('audit_log', columns);

type EntryRow = {
  id: AuditEntry['id'];
  at: Date;
  actor_kind: AuditEntry['actor']['kind'];
  actor_id: string;
  kind: AuditEntry['kind'];
  target_id: string;
  facts: AuditEntry['facts'];
  request_id: string | null;
};

const fromEntry = ({ id, at, actor, kind, targetId, facts, requestId }: AuditEntry): EntryRow => ({
  id,
  at,
  actor_kind: actor.kind,
  actor_id: actor.id,
  kind,
  target_id: targetId,
  facts,
  request_id: requestId,
});
const toEntry = ({ id, at, actor_kind, actor_id, kind, target_id, facts, request_id }: EntryRow): AuditEntry => ({
  id,
  at,
  actor: { kind: actor_kind, id: actor_id },
  kind,
  targetId: target_id,
  facts,
  requestId: request_id,
});

export const auditStore = (scope: Scope): AuditStore => {
  const { trx, organizationId } = scope;
  return {
    append: async (entries) => {
      if (entries.length > 0)
        await touching(scope, entries.length, INSERT, [organizationId, JSON.stringify(entries.map(fromEntry))]);
    },
    list: async ({ limit, cursor }, { actorId, kind, from, to }) => {
      const query = trx('audit_log')
        .where({ organization_id: organizationId })
        .orderBy([
          { column: 'at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(limit + 1);
      if (actorId !== undefined) void query.where({ actor_id: actorId });
      if (kind !== undefined) void query.where({ kind });
      if (from !== undefined) void query.where('at', '>=', from);
      if (to !== undefined) void query.where('at', '<', to);
      if (cursor !== undefined) void query.whereRaw('(at, id) < (?::timestamptz, ?::uuid)', cursor.split('\n'));
      return pageOf((await query.select<EntryRow[]>('*')).map(toEntry), limit, auditPlace);
    },
  };
};
