import {
  type ApiKeyDoor,
  type ApiKeyId,
  type BillingDoor,
  type BooksSummary,
  type ChannelDoor,
  type ChannelId,
  type ClaimedChannel,
  type ConnectionDoor,
  type InvitationDoor,
  OrganizationId,
  type TrackingDoor,
} from '@rappit/domain';
import type { Pool } from 'pg';
import { IS_OWED, OWED_AT } from './owed.js';

/**
 * Every way to find an organization's row without knowing the organization, each with its reason. There is no other.
 * They run as the door's role, which may read the columns named here and in `doorRights`, and write nothing.
 */
export type Doors = ChannelDoor &
  ConnectionDoor &
  ApiKeyDoor &
  InvitationDoor &
  TrackingDoor &
  BillingDoor & {
    /** For jobs: which organizations have something due, in the order of their ids, those behind `after`. */
    /**
     * For jobs that have just worked off what was due: when an organization's next row will be, whether it failed before or is leased to
     * somebody who may have died. What is due and was left waits behind another one.
     */
    readonly nextDue: (table: 'inbox' | 'outbox', organizationId: OrganizationId) => Promise<Date | null>;
    /** For the metrics: the last reconciliations of all organizations, added up. */
    readonly booksOfAll: () => Promise<Omit<BooksSummary, 'at'>>;
    /** For how many seconds the event has been due that has waited longest; 0 when none is due. */
    readonly outboxLag: () => Promise<number>;
    /** For how many seconds each shop has shown something else than it should, 0 where it doesn't: of so many shops, those first that are latest. */
    readonly stockLags: (limit: number) => Promise<readonly { readonly channelId: ChannelId; readonly seconds: number }[]>;
    /** How many jobs of all processes are due, are for later, and were given up. */
    readonly jobQueue: () => Promise<JobQueueStanding>;
    readonly organizationsWithDueRows: (
      table:
        | 'inbox'
        | 'channels'
        | 'channel_credentials'
        | 'outbox'
        | 'order_lines'
        | 'reservations'
        | 'imports'
        | 'invitations'
        | 'shipments'
        | 'tracking'
        | 'webhook_deliveries',
      limit: number,
      after?: OrganizationId,
    ) => Promise<readonly OrganizationId[]>;
  };

export type JobQueueStanding = { readonly due: number; readonly later: number; readonly failed: number };

/** What the door's role may read: columns by table, and why. Rights are granted from this, and a test compares it with the catalogue. */
export const doorRights = {
  api_keys: {
    columns: ['organization_id', 'id', 'secret_hash', 'revoked_at'],
    why: 'a request carries a key, which says nothing of its organization',
  },
  channels: {
    columns: ['organization_id', 'id', 'kind', 'shop_domain', 'status', 'access'],
    why: 'a webhook names a shop, not an organization; jobs look for organizations with shops that can be asked',
  },
  channel_connections: {
    columns: ['organization_id', 'token_hash'],
    why: 'whoever comes back from a shop holds a token, which says nothing of its organization',
  },
  channel_credentials: {
    columns: ['organization_id', 'expires_at'],
    why: 'jobs look for organizations with credentials that end soon',
  },
  inbox: { columns: ['organization_id', 'status', 'due_at'], why: 'jobs look for organizations with deliveries to work off' },
  channel_stock: {
    columns: ['organization_id', 'channel_id', 'status', 'changed_at'],
    why: 'the metrics show for how long shops have shown what is not so any more',
  },
  imports: { columns: ['organization_id', 'id', 'state'], why: 'jobs look for organizations with sheets to work off' },
  invitations: {
    columns: ['organization_id', 'token_hash', 'kept_until'],
    why: 'whoever accepts one holds a token, which says nothing of its organization; jobs look for those to remove',
  },
  order_lines: {
    columns: ['organization_id', 'backordered', 'pending'],
    why: 'jobs look for organizations with orders that wait for stock',
  },
  reconciliations: {
    columns: ['oversold_units', 'ledger_drift_units', 'orphaned_reservations'],
    why: 'the metrics show sums over all organizations',
  },
  reservations: {
    columns: ['organization_id', 'status', 'shipment_id', 'expires_at'],
    why: 'jobs look for organizations with promises that lapsed',
  },
  outbox: { columns: ['organization_id', 'status', 'due_at'], why: 'jobs look for organizations with events to hand on' },
  shipments: {
    columns: [
      'organization_id',
      'status',
      'purchase_started_at',
      'void_asked_at',
      'look_up_at',
      'carrier',
      'carrier_account_id',
      'tracking_number',
      'parcel_numbers',
      'track_at',
    ],
    why: 'jobs look for organizations with purchases and cancellations that may have happened, and with parcels to follow; a carrier that tells where a parcel is knows its number, and not whose it is',
  },
  subscriptions: {
    columns: ['organization_id', 'customer_id'],
    why: 'the billing provider tells of its customers, and knows nothing of organizations',
  },
  webhook_deliveries: {
    columns: ['organization_id', 'status', 'due_at'],
    why: 'jobs look for organizations with webhooks to send',
  },
} as const satisfies Readonly<Record<string, { readonly columns: readonly string[]; readonly why: string }>>;

const CHANNELS_OF_SHOP = `SELECT organization_id AS "organizationId", id AS "channelId" FROM channels WHERE shop_domain = $1 AND kind = $2 AND status <> 'disconnected' ORDER BY 1, 2 LIMIT 100`;
const CHANNEL_BY_ID = `SELECT organization_id AS "organizationId", id AS "channelId" FROM channels WHERE id = $1 AND kind = $2 AND status <> 'disconnected'`;
const ORGANIZATION_OF_CONNECTION = 'SELECT organization_id AS "organizationId" FROM channel_connections WHERE token_hash = $1';
const KEY_BY_HASH = `SELECT organization_id AS "organizationId", id AS "apiKeyId" FROM api_keys WHERE secret_hash = $1 AND revoked_at IS NULL`;
const ORGANIZATION_OF_INVITATION = 'SELECT organization_id AS "organizationId" FROM invitations WHERE token_hash = $1';
const ORGANIZATIONS_OF_CUSTOMER =
  'SELECT organization_id AS "organizationId" FROM subscriptions WHERE customer_id = $1 ORDER BY 1 LIMIT 100';
const DUE = {
  channels: `SELECT DISTINCT organization_id FROM channels WHERE status = 'connected' AND access <> 'webhookSecret' AND organization_id > $2 ORDER BY 1 LIMIT $1`,
  channel_credentials: `SELECT DISTINCT organization_id FROM channel_credentials WHERE expires_at < now() + interval '15 minutes' AND organization_id > $2 ORDER BY 1 LIMIT $1`,
  inbox: `SELECT DISTINCT organization_id FROM inbox WHERE status = 'due' AND due_at <= now() AND organization_id > $2 ORDER BY 1 LIMIT $1`,
  outbox: `SELECT DISTINCT organization_id FROM outbox WHERE status = 'due' AND due_at <= now() AND organization_id > $2 ORDER BY 1 LIMIT $1`,
  imports: `SELECT DISTINCT organization_id FROM imports WHERE state IN ('receiving', 'waiting', 'running') AND organization_id > $2 ORDER BY 1 LIMIT $1`,
  invitations: `SELECT DISTINCT organization_id FROM invitations WHERE kept_until <= now() AND organization_id > $2 ORDER BY 1 LIMIT $1`,
  order_lines:
    'SELECT DISTINCT organization_id FROM order_lines WHERE (backordered > 0 OR pending > 0) AND organization_id > $2 ORDER BY 1 LIMIT $1',
  reservations: `SELECT DISTINCT organization_id FROM reservations WHERE status = 'open' AND shipment_id IS NULL AND expires_at <= now() AND organization_id > $2 ORDER BY 1 LIMIT $1`,
  shipments: `SELECT DISTINCT organization_id FROM shipments WHERE ${IS_OWED} AND ${OWED_AT} <= now() AND organization_id > $2 ORDER BY 1 LIMIT $1`,
  tracking: `SELECT DISTINCT organization_id FROM shipments WHERE tracking_number IS NOT NULL AND status IN ('labelled', 'pickedUp', 'inTransit', 'outForDelivery', 'exception') AND (track_at IS NULL OR track_at <= now()) AND organization_id > $2 ORDER BY 1 LIMIT $1`,
  webhook_deliveries: `SELECT DISTINCT organization_id FROM webhook_deliveries WHERE status = 'due' AND due_at <= now() AND organization_id > $2 ORDER BY 1 LIMIT $1`,
} as const;
const NEXT_DUE = {
  inbox: `SELECT min(due_at) AS at FROM inbox WHERE organization_id = $1 AND status = 'due' AND due_at > now()`,
  outbox: `SELECT min(due_at) AS at FROM outbox WHERE organization_id = $1 AND status = 'due' AND due_at > now()`,
} as const;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** A number in the hands of several organizations is rare, and nobody can say from outside that it is not. */
const ORGANIZATIONS_OF_NUMBERS = `
  SELECT DISTINCT s.organization_id AS "organizationId", n.number FROM unnest($2::text[]) AS n (number)
  JOIN shipments s ON s.carrier = $1 AND s.carrier_account_id IS NULL
    AND (s.tracking_number = n.number OR s.parcel_numbers @> jsonb_build_array(n.number)) LIMIT 1000`;

const BOOKS_OF_ALL = `
  SELECT coalesce(sum(oversold_units), 0)::bigint AS "oversoldUnits", coalesce(sum(ledger_drift_units), 0)::bigint AS "ledgerDriftUnits",
    coalesce(sum(orphaned_reservations), 0)::bigint AS "orphanedReservations"
  FROM reconciliations`;
const OUTBOX_LAG = `SELECT coalesce(extract(epoch FROM now() - min(due_at)), 0)::float8 AS seconds FROM outbox WHERE status = 'due' AND due_at <= now()`;
const STOCK_LAGS = `
  SELECT c.id AS "channelId", coalesce(extract(epoch FROM now() - min(s.changed_at)), 0)::float8 AS seconds
  FROM channels c LEFT JOIN channel_stock s ON s.organization_id = c.organization_id AND s.channel_id = c.id AND s.status <> 'shown'
  WHERE c.status = 'connected' AND c.access <> 'webhookSecret' GROUP BY c.id ORDER BY 2 DESC, 1 LIMIT $1`;
const JOB_QUEUE = `
  SELECT count(*) FILTER (WHERE attempts < max_attempts AND run_at <= now()) AS due,
    count(*) FILTER (WHERE attempts < max_attempts AND run_at > now()) AS later, count(*) FILTER (WHERE attempts >= max_attempts) AS failed
  FROM graphile_worker.jobs`;
const NO_JOBS = { due: 0, later: 0, failed: 0 };
const NO_BOOKS = { oversoldUnits: 0, ledgerDriftUnits: 0, orphanedReservations: 0 };

export const postgresDoors = (doorPool: Pool): Doors => ({
  channelsOfShop: async (kind, shopDomain) => (await doorPool.query<ClaimedChannel>(CHANNELS_OF_SHOP, [shopDomain, kind])).rows,
  channelById: async (kind, id) => (await doorPool.query<ClaimedChannel>(CHANNEL_BY_ID, [id, kind])).rows[0],
  organizationOfConnection: async (tokenHash) =>
    (await doorPool.query<{ organizationId: OrganizationId }>(ORGANIZATION_OF_CONNECTION, [tokenHash])).rows[0]?.organizationId,
  apiKeyByHash: async (secretHash) =>
    (await doorPool.query<{ organizationId: OrganizationId; apiKeyId: ApiKeyId }>(KEY_BY_HASH, [secretHash])).rows[0],
  organizationOfInvitation: async (tokenHash) =>
    (await doorPool.query<{ organizationId: OrganizationId }>(ORGANIZATION_OF_INVITATION, [tokenHash])).rows[0]?.organizationId,
  organizationsOfNumbers: async (carrier, numbers) =>
    (await doorPool.query<{ organizationId: OrganizationId; number: string }>(ORGANIZATIONS_OF_NUMBERS, [carrier, [...numbers]]))
      .rows,
  organizationsOfCustomer: async (customerId) =>
    (await doorPool.query<{ organizationId: OrganizationId }>(ORGANIZATIONS_OF_CUSTOMER, [customerId])).rows.map(
      ({ organizationId }) => organizationId,
    ),
  nextDue: async (table, organizationId) =>
    (await doorPool.query<{ at: Date | null }>(NEXT_DUE[table], [organizationId])).rows[0]?.at ?? null,
  booksOfAll: async () => (await doorPool.query<Omit<BooksSummary, 'at'>>(BOOKS_OF_ALL)).rows[0] ?? NO_BOOKS,
  outboxLag: async () => (await doorPool.query<{ seconds: number }>(OUTBOX_LAG)).rows[0]?.seconds ?? 0,
  stockLags: async (limit) => (await doorPool.query<{ channelId: ChannelId; seconds: number }>(STOCK_LAGS, [limit])).rows,
  jobQueue: async () => (await doorPool.query<JobQueueStanding>(JOB_QUEUE)).rows[0] ?? NO_JOBS,
  organizationsWithDueRows: async (table, limit, after) =>
    (await doorPool.query<{ organization_id: string }>(DUE[table], [limit, after ?? BEFORE_ALL])).rows.map((row) =>
      OrganizationId(row.organization_id),
    ),
});
