import {
  err,
  type IdSource,
  type OrganizationId,
  ok,
  type Result,
  system,
  type UnitOfWork,
  type Vault,
} from '../kernel/index.js';
import { type AuditStores, auditEntry } from '../tenancy/index.js';
import { type Channel, type ChannelId, channelCredentialsOf } from './channel.js';
import type { SealedCredentials } from './channel-access.port.js';
import type { ShopConnections } from './channel-authorizer.port.js';
import type { ShopDoRefused, ShopUnauthorized, ShopUnavailable } from './sales-channel.port.js';
import type { ChannelStores } from './stores.port.js';

export type CredentialDeps = {
  readonly unitOfWork: UnitOfWork<ChannelStores & AuditStores>;
  readonly vault: Vault;
  readonly ids: IdSource;
  readonly connections: ShopConnections;
  /** Resolves after so long. */
  readonly pause: (ms: number) => Promise<void>;
};

/** Credentials as they are used, and which version they are. */
export type HeldCredentials = { readonly text: string; readonly version: number };

type Renewed = 'renewed' | 'elsewhere';

/** A renewal that nobody finished may be begun by another after so long: longer than any answer is waited for. */
const LEASE_SECONDS = 90;
/** With less than this left, credentials are renewed before they are used: a call may take that long. */
const USABLE_MS = 60_000;
const PAUSE_MS = 250;
/** So often it is looked whether another has renewed them: for 30 s. */
const LOOKS = 120;

/**
 * What lets us into a shop now. What has ended is renewed by one caller over all processes, and the others wait for it; no lock is held
 * while the shop is asked. What is still good is used as long as it is, whatever becomes of its renewal.
 */
export const currentCredentials =
  (deps: CredentialDeps) =>
  async (
    organizationId: OrganizationId,
    channel: Pick<Channel, 'id' | 'kind' | 'shopDomain'>,
  ): Promise<Result<HeldCredentials, ShopUnauthorized | ShopUnavailable>> => {
    for (let look = 0; look < LOOKS; look += 1) {
      const { kept, now } = await deps.unitOfWork.read(organizationId, async (stores) => ({
        kept: await stores.channelAccess.credentialsOf(channel.id),
        now: stores.now,
      }));
      if (!kept) return err(notConnected);
      const held = ok({ text: opened(deps, organizationId, channel.id, kept), version: kept.version });
      const leftMs = kept.expiresAt === null ? Number.POSITIVE_INFINITY : kept.expiresAt.getTime() - now.getTime();
      if (leftMs > USABLE_MS) return held;
      const renewed = await renewCredentials(deps)(organizationId, channel, kept);
      if (!renewed.ok) return leftMs > 0 ? held : renewed;
      if (renewed.value === 'renewed') continue;
      if (leftMs > 0) return held;
      await deps.pause(PAUSE_MS);
    }
    return err(beingRenewed);
  };

/**
 * Renews credentials of one version, or finds that another is at it, or was. A lost answer leaves them as they are, to be renewed again;
 * when the shop doesn't know them any more the channel has to be connected again by its owner.
 */
export const renewCredentials =
  (deps: CredentialDeps) =>
  async (
    organizationId: OrganizationId,
    { id, kind, shopDomain }: Pick<Channel, 'id' | 'kind' | 'shopDomain'>,
    kept: SealedCredentials,
  ): Promise<Result<Renewed, ShopUnauthorized | ShopUnavailable>> => {
    const connection = deps.connections[kind];
    if (!connection) return err(notConnected);
    const { unitOfWork, vault } = deps;
    const claimed = await unitOfWork.run(organizationId, async ({ channelAccess }) =>
      ok(await channelAccess.claimRenewal(id, kept.version, LEASE_SECONDS)),
    );
    if (!claimed.ok || !claimed.value) return ok('elsewhere');
    const granted = await connection.authorizer.renew(shopDomain, opened(deps, organizationId, id, kept));
    if (!granted.ok) return notRenewed(deps, organizationId, { id, version: kept.version, refusal: granted.error });
    const { credentials, expiresAt, renewableUntil } = granted.value;
    const sealed = vault.seal(credentials, channelCredentialsOf(organizationId, id));
    await unitOfWork.run(organizationId, async ({ channelAccess }) =>
      ok(await channelAccess.saveCredentials(id, { sealed, expiresAt, renewableUntil }, kept.version)),
    );
    return ok('renewed');
  };

type NotRenewed = { readonly id: ChannelId; readonly version: number; readonly refusal: ShopDoRefused };

const notRenewed = async (
  deps: CredentialDeps,
  organizationId: OrganizationId,
  { id, version, refusal }: NotRenewed,
): Promise<Result<never, ShopUnauthorized | ShopUnavailable>> => {
  if (refusal.code === 'shop.unauthorized') {
    await needReconnection(deps)(organizationId, id, version);
    return err(refusal);
  }
  await deps.unitOfWork.run(organizationId, async ({ channelAccess }) => ok(await channelAccess.endRenewal(id, version)));
  return err(refusal.code === 'shop.unavailable' ? refusal : notNow(refusal.message));
};

/** Says that only the owner can connect the shop again, unless other credentials have come meanwhile. */
export const needReconnection =
  ({ unitOfWork, ids }: Pick<CredentialDeps, 'unitOfWork' | 'ids'>) =>
  async (organizationId: OrganizationId, id: ChannelId, version: number): Promise<void> => {
    await unitOfWork.run(organizationId, async ({ channels, channelAccess, audit, now }) => {
      const channel = await channels.lock(id);
      await channelAccess.endRenewal(id, version);
      const kept = await channelAccess.credentialsOf(id);
      if (channel?.status !== 'connected' || kept?.version !== version) return ok(undefined);
      await channels.save({ ...channel, status: 'reconnectNeeded' });
      const caller = { actor: system('channels') };
      await audit.append([auditEntry({ caller, at: now, ids }, { kind: 'channel.reconnect_needed', targetId: id, facts: {} })]);
      return ok(undefined);
    });
  };

/** Renewed so long before they end that a shop which is away for a while is back in time. */
const EARLY_MS = 15 * 60_000;
const AT_ONCE = 50;

/** Renews what ends soon, before anybody waits for it; answers how many were. */
export const renewEnding =
  (deps: CredentialDeps) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const ending = await deps.unitOfWork.read(organizationId, async ({ channels, channelAccess, now }) => {
      const found = [];
      for (const id of await channelAccess.ending(new Date(now.getTime() + EARLY_MS), AT_ONCE))
        found.push({ channel: await channels.find(id), kept: await channelAccess.credentialsOf(id) });
      return found;
    });
    let renewed = 0;
    for (const { channel, kept } of ending) {
      const outcome = channel && kept && (await renewCredentials(deps)(organizationId, channel, kept));
      if (outcome?.ok && outcome.value === 'renewed') renewed += 1;
    }
    return renewed;
  };

const opened = (
  { vault }: Pick<CredentialDeps, 'vault'>,
  organizationId: OrganizationId,
  id: ChannelId,
  { sealed }: SealedCredentials,
): string => vault.open(sealed, channelCredentialsOf(organizationId, id));

const notNow = (message: string): ShopUnavailable => ({ code: 'shop.unavailable', message, retryAfterMs: null });
const beingRenewed = notNow('The credentials are being renewed.');
const notConnected: ShopUnauthorized = { code: 'shop.unauthorized', message: 'The shop has to be connected again.' };
