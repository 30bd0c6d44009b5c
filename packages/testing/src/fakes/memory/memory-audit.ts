import { type AuditStore, auditPlace } from '@rappit/domain';
import { pageOf } from '../page-of.js';
import type { Workbench } from './workbench.js';

export const memoryAudit = ({ state, change }: Workbench): AuditStore => ({
  append: async (entries) => change({ audit: [...state().audit, ...entries] }),
  list: async (page, { actorId, kind, from, to }) =>
    pageOf(
      state().audit.filter(
        (entry) =>
          (actorId === undefined || entry.actor.id === actorId) &&
          (kind === undefined || entry.kind === kind) &&
          (from === undefined || entry.at >= from) &&
          (to === undefined || entry.at < to),
      ),
      page,
      { placeOf: auditPlace, newestFirst: true },
    ),
});
