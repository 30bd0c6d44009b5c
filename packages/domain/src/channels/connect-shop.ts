import {
  type Caller,
  type Digest,
  err,
  type IdSource,
  type OrganizationId,
  ok,
  type Result,
  type RunRefusal,
  type UnitOfWork,
  type Vault,
} from '../kernel/index.js';
import { type AuditStores, auditEntry, type SecretSource } from '../tenancy/index.js';
import {
  type Channel,
  type ChannelAccess,
  ChannelId,
  type ChannelKind,
  channelCredentialsOf,
  type ShopDomainInvalid,
  secretOf,
} from './channel.js';
import type { ConnectionBegun, ConnectionDoor } from './channel-access.port.js';
import type { AuthorizationInvalid, Granted, ShopConnection, ShopConnections } from './channel-authorizer.port.js';
import type { ShopDoRefused } from './sales-channel.port.js';
import type { ChannelStores } from './stores.port.js';

export type ConnectDeps = {
  readonly unitOfWork: UnitOfWork<ChannelStores & AuditStores>;
  readonly door: ConnectionDoor;
  readonly connections: ShopConnections;
  readonly vault: Vault;
  readonly ids: IdSource;
  readonly secrets: SecretSource;
  readonly digest: Digest;
};

/** This installation doesn't speak to such shops. */
export type KindUnsupported = { readonly code: 'channel.kind_unsupported' };
/** Nobody set out with that token, or not in this browser, or too long ago, or has come back already. */
export type ConnectionInvalid = { readonly code: 'connection.invalid' };

/** Consent takes a minute; who has gone for a coffee begins again. */
const MINUTES = 15;

export type WayToShop = {
  /** Where the owner's browser goes. */
  readonly url: string;
  /** What the browser keeps, and brings back with what it is given there; null where the shop itself comes back. */
  readonly browserSecret: string | null;
  readonly seconds: number;
};

export type Destination = { readonly kind: ChannelKind; readonly shop: string; readonly name: string | null };

/** Sends somebody to a shop for its owner's consent. Whoever comes back is known by a token that counts once, for 15 minutes, in this browser. */
export const startConnection =
  ({ unitOfWork, connections, secrets, digest }: ConnectDeps) =>
  async (
    caller: Caller,
    { kind, shop, name }: Destination,
  ): Promise<Result<WayToShop, KindUnsupported | ShopDomainInvalid | RunRefusal>> => {
    const connection = connections[kind];
    if (!connection?.consent) return err({ code: 'channel.kind_unsupported' });
    const { authorizer } = connection;
    const token = secrets.next();
    const browserSecret = authorizer.broughtBy === 'browser' ? secrets.next() : null;
    const way = authorizer.start(shop, token);
    if (!way.ok) return way;
    const { shopDomain, url } = way.value;
    return unitOfWork.run(
      caller.organizationId,
      async ({ channelAccess, now }) => {
        await channelAccess.addBegun({
          tokenHash: digest(token),
          browserHash: browserSecret && digest(browserSecret),
          kind,
          shopDomain,
          name,
          userId: caller.actor.id,
          expiresAt: new Date(now.getTime() + MINUTES * 60_000),
        });
        return ok({ url, browserSecret, seconds: MINUTES * 60 });
      },
      caller.once,
    );
  };

export type Brought = {
  readonly kind: ChannelKind;
  readonly brought: Readonly<Record<string, unknown>>;
  /** What the browser kept. */
  readonly browserSecret: string | null;
  readonly requestId?: string | undefined;
};

export type Connected = { readonly organizationId: OrganizationId; readonly channel: Channel };
export type FinishRefused = ConnectionInvalid | KindUnsupported | AuthorizationInvalid | ShopDoRefused | RunRefusal;

/** Takes in what the shop's owner let us have, and keeps it for whoever set out. A shop that was connected before is connected again. */
export const finishConnection =
  (deps: ConnectDeps) =>
  async ({ kind, brought, browserSecret, requestId }: Brought): Promise<Result<Connected, FinishRefused>> => {
    const connection = deps.connections[kind];
    if (!connection) return err({ code: 'channel.kind_unsupported' });
    const begun = await takeBegun(deps, connection.authorizer.stateOf(brought), { kind, browserSecret });
    if (!begun.ok) return begun;
    const { organizationId, shopDomain, name, userId } = begun.value;
    const granted = await connection.authorizer.finish(shopDomain, brought);
    if (!granted.ok) return granted;
    const caller: Caller = { organizationId, actor: { kind: 'user', id: userId, name: '' }, requestId };
    const kept = await deps.unitOfWork.run<Channel, never>(organizationId, async (stores) => {
      const shop = { kind, shopDomain, name, access: 'oauth', webhookSecret: null } as const;
      return ok(await keepConnected({ ...deps, connection }, stores, { caller, shop, granted: granted.value }));
    });
    return kept.ok ? ok({ organizationId, channel: kept.value }) : kept;
  };

type Bearer = Pick<Brought, 'kind' | 'browserSecret'>;

const takeBegun = async (
  { unitOfWork, door, digest }: ConnectDeps,
  token: string | undefined,
  { kind, browserSecret }: Bearer,
): Promise<Result<ConnectionBegun & { readonly organizationId: OrganizationId }, ConnectionInvalid | RunRefusal>> => {
  const tokenHash = digest(token ?? '');
  const organizationId = token ? await door.organizationOfConnection(tokenHash) : undefined;
  if (!organizationId) return err({ code: 'connection.invalid' });
  const taken = await unitOfWork.run<ConnectionBegun | undefined, never>(organizationId, async ({ channelAccess, now }) => {
    const begun = await channelAccess.takeBegun(tokenHash);
    const isHis = begun && (begun.browserHash === null || begun.browserHash === digest(browserSecret ?? ''));
    return ok(isHis && begun.kind === kind && now < begun.expiresAt ? begun : undefined);
  });
  if (!taken.ok) return taken;
  return taken.value ? ok({ ...taken.value, organizationId }) : err({ code: 'connection.invalid' });
};

export type ToKeep = {
  readonly caller: Caller;
  readonly shop: {
    readonly kind: ChannelKind;
    readonly shopDomain: string;
    readonly name: string | null;
    readonly access: ChannelAccess;
    /** Of the owner's own app; null leaves what there is. */
    readonly webhookSecret: string | null;
  };
  /** Null where nothing lets us in. */
  readonly granted: Granted | null;
};

type KeepDeps = Pick<ConnectDeps, 'vault' | 'ids' | 'secrets'> & { readonly connection: ShopConnection | undefined };

/**
 * Keeps a shop as connected, whether it was known before or not. Where shops sign with secrets of ours, a new one is given such a secret, of
 * letters and digits only: one kind of shop changes what else is in it.
 */
export const keepConnected = async (
  { vault, ids, secrets, connection }: KeepDeps,
  { channels, channelAccess, audit, now }: ChannelStores & AuditStores & { readonly now: Date },
  { caller, shop, granted }: ToKeep,
): Promise<Channel> => {
  const { kind, shopDomain, access } = shop;
  const { organizationId } = caller;
  const known = await channels.ofShop(kind, shopDomain);
  const before = known && (await channels.lock(known.id));
  const channel: Channel = {
    buffer: 0,
    locations: [],
    createdAt: now,
    ...before,
    id: before?.id ?? ChannelId(ids.next()),
    kind,
    shopDomain,
    name: shop.name ?? before?.name ?? shopDomain,
    status: 'connected',
    access,
  };
  const made = connection?.appSecrets === null ? secrets.next().replace(/[^A-Za-z0-9]/g, '') : null;
  const plain = shop.webhookSecret ?? (before ? null : made);
  const sealed = plain === null ? [] : [vault.seal(plain, secretOf(organizationId, channel.id))];
  if (!before) await channels.add(channel, sealed);
  else {
    await channels.save(channel);
    if (sealed.length > 0) await channels.saveSecrets(channel.id, sealed);
  }
  if (granted) {
    const { credentials, expiresAt, renewableUntil } = granted;
    const after = (await channelAccess.credentialsOf(channel.id))?.version ?? 0;
    const seal = vault.seal(credentials, channelCredentialsOf(organizationId, channel.id));
    await channelAccess.saveCredentials(channel.id, { sealed: seal, expiresAt, renewableUntil }, after);
  }
  const event = { kind: 'channel.connected', targetId: channel.id, facts: { channelKind: kind } } as const;
  await audit.append([auditEntry({ caller, at: now, ids }, event)]);
  return channel;
};
