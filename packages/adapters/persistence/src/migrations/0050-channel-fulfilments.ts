import { tenantPolicy } from './tenant-table.js';

/** Parcels that shops are told of, and whether they know. What is in them, and their numbers, are their shipments'. */
export const channelFulfilments = `
  CREATE TABLE channel_fulfilments (
    organization_id uuid NOT NULL,
    shipment_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    status text NOT NULL CHECK (status IN ('due', 'told', 'givenUp', 'dropped')),
    attempts integer NOT NULL,
    due_at timestamptz NOT NULL,
    told_at timestamptz,
    problem text,
    PRIMARY KEY (organization_id, shipment_id),
    FOREIGN KEY (organization_id, shipment_id) REFERENCES shipments (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, channel_id) REFERENCES channels (organization_id, id) ON DELETE CASCADE
  );
  CREATE INDEX channel_fulfilments_listed ON channel_fulfilments (organization_id, channel_id, shipment_id);
  CREATE INDEX channel_fulfilments_due ON channel_fulfilments (organization_id, channel_id, due_at) WHERE status = 'due';
  ${tenantPolicy('channel_fulfilments')}
`;
