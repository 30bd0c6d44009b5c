import type { ChannelSync, ChannelSyncStore } from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';

const COLUMNS = `channel_id AS "channelId", cursor, status, started_at AS "startedAt", finished_at AS "finishedAt", read, failed, remaining,
  due_at AS "dueAt", problem, attempts`;
const FIND = `SELECT ${COLUMNS} FROM channel_syncs WHERE organization_id = ? AND channel_id = ?`;
/** Begun anew as one that was done a moment ago. One that is being read is left to whoever reads it. */
const ASK = `
  INSERT INTO channel_syncs (organization_id, channel_id, status, started_at, read, failed, due_at, attempts)
  VALUES (?, ?, 'running', now(), 0, 0, now(), 0)
  ON CONFLICT (organization_id, channel_id) DO UPDATE SET attempts = 0, due_at = CASE
    WHEN channel_syncs.status = 'running' AND channel_syncs.problem IS NULL THEN channel_syncs.due_at ELSE least(channel_syncs.due_at, now()) END
  RETURNING ${COLUMNS}`;
const CLAIM = `
  UPDATE channel_syncs SET due_at = now() + make_interval(secs => ?)
  WHERE organization_id = ? AND channel_id = ? AND due_at <= now() RETURNING ${COLUMNS}`;
const SAVE = `
  UPDATE channel_syncs SET cursor = ?, status = ?, started_at = ?, finished_at = ?, read = ?, failed = ?, remaining = ?, due_at = ?, problem = ?, attempts = ?
  WHERE organization_id = ? AND channel_id = ?`;

export const channelSyncStore = (scope: Scope): ChannelSyncStore => {
  const { organizationId } = scope;
  const find: ChannelSyncStore['find'] = async (channelId) =>
    (await rowsOf<ChannelSync>(scope, FIND, [organizationId, channelId]))[0];
  return {
    find,
    ask: async (channelId) => {
      const [sync] = await rowsOf<ChannelSync>(scope, ASK, [organizationId, channelId]);
      if (!sync) throw new Error('a reading that is asked for is there');
      return sync;
    },
    claim: async (channelId, leaseSeconds) =>
      (await rowsOf<ChannelSync>(scope, CLAIM, [leaseSeconds, organizationId, channelId]))[0],
    save: async (sync) => {
      const { cursor, status, startedAt, finishedAt, read, failed, remaining, dueAt, problem, attempts } = sync;
      const values = [cursor, status, startedAt, finishedAt, read, failed, remaining, dueAt, problem, attempts];
      await rowsOf(scope, SAVE, [...values, organizationId, sync.channelId]);
    },
  };
};
