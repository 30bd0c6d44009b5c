import { tenantPolicy } from './tenant-table.js';

/** How far the orders of each shop were read, and how it goes. */
export const channelSync = `
  CREATE TABLE channel_syncs (
    organization_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    cursor text,
    status text NOT NULL CHECK (status IN ('running', 'done')),
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    read integer NOT NULL,
    failed integer NOT NULL,
    remaining integer,
    due_at timestamptz NOT NULL,
    problem text,
    attempts integer NOT NULL,
    PRIMARY KEY (organization_id, channel_id),
    FOREIGN KEY (organization_id, channel_id) REFERENCES channels (organization_id, id) ON DELETE CASCADE
  );
  ${tenantPolicy('channel_syncs')}
`;
