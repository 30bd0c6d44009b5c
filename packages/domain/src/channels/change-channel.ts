import type { LocationId, LocationNotFound } from '../inventory/index.js';
import { type Caller, err, ok, type Result, type RunRefusal } from '../kernel/index.js';
import { auditEntry } from '../tenancy/index.js';
import { type Channel, type ChannelId, channelCredentialsOf, type MappedLocation, type ShopDomainInvalid } from './channel.js';
import type { CredentialsInvalid } from './channel-authorizer.port.js';
import type { ConnectDeps, KindUnsupported } from './connect-shop.js';
import { type ChannelNotFound, prove } from './keep-channels.js';
import type { Shops } from './open-shops.js';
import type { ShopAskRefused } from './sales-channel.port.js';

type Deps = Pick<ConnectDeps, 'unitOfWork' | 'connections' | 'vault' | 'ids'> & { readonly shops: Shops };

/** What is named is changed. */
export type ChannelChange = Partial<Pick<Channel, 'name' | 'buffer' | 'locations'>> & {
  readonly keys?: Readonly<Record<string, string>>;
};

/** A location of the shop, or none, is named twice. */
export type LocationsInvalid = { readonly code: 'channel.locations_invalid' };
export type ChangeChannelRefused =
  | ChannelNotFound
  | LocationNotFound
  | LocationsInvalid
  | KindUnsupported
  | ShopDomainInvalid
  | CredentialsInvalid
  | ShopAskRefused
  | RunRefusal;

/** Changes how a shop is served. New keys are proven by asking the shop before they are kept, and connect one that knew us no more again. */
export const changeChannel =
  (deps: Deps) =>
  async (caller: Caller, id: ChannelId, { keys, ...facts }: ChannelChange): Promise<Result<Channel, ChangeChannelRefused>> => {
    const { organizationId } = caller;
    const found = await deps.unitOfWork.read(organizationId, ({ channels }) => channels.find(id));
    if (!found || found.status === 'disconnected') return err({ code: 'channel.not_found' });
    const proven = keys ? await prove(deps.connections[found.kind], found.shopDomain, keys) : ok(null);
    if (!proven.ok) return proven;
    if (proven.value && proven.value.shopDomain !== found.shopDomain) return err({ code: 'channel.shop_domain_invalid' });
    return deps.unitOfWork.run<Channel, ChangeChannelRefused>(
      organizationId,
      async ({ channels, channelAccess, locations, audit, now }) => {
        const channel = await channels.lock(id);
        if (!channel || channel.status === 'disconnected') return err({ code: 'channel.not_found' });
        const wrong = facts.locations && (await faultOf(facts.locations, locations.find));
        if (wrong) return err(wrong);
        const connected = proven.value ? ({ status: 'connected', access: 'keys' } as const) : {};
        const changed: Channel = { ...channel, ...facts, ...connected };
        await channels.save(changed);
        if (proven.value) {
          const sealed = deps.vault.seal(proven.value.credentials, channelCredentialsOf(organizationId, id));
          const after = (await channelAccess.credentialsOf(id))?.version ?? 0;
          await channelAccess.saveCredentials(id, { sealed, expiresAt: null, renewableUntil: null }, after);
        }
        const fields = [...Object.keys(facts), ...(keys ? ['keys'] : [])].sort();
        await audit.append([
          auditEntry({ caller, at: now, ids: deps.ids }, { kind: 'channel.changed', targetId: id, facts: { fields } }),
        ]);
        return ok(changed);
      },
      caller.once,
    );
  };

const faultOf = async (
  mapped: readonly MappedLocation[],
  find: (id: LocationId) => Promise<unknown>,
): Promise<LocationsInvalid | LocationNotFound | undefined> => {
  if (new Set(mapped.map((one) => one.externalLocationId)).size < mapped.length) return { code: 'channel.locations_invalid' };
  for (const id of new Set(mapped.flatMap(({ locationIds }) => locationIds ?? [])))
    if (!(await find(id))) return { code: 'location.not_found' };
  return undefined;
};

/** What the shop said when it was asked whether it knows us; null is a good answer. */
export type ChannelTried = { readonly problem: ShopAskRefused | null };

/** Nothing was ever let in there: the shop tells us of its orders, and nothing can be asked of it. */
export type ChannelUnaskable = { readonly code: 'channel.unaskable' };

/** Asks the shop something harmless. One that knew us no more and does again is connected again. */
export const tryChannel =
  ({ unitOfWork, shops }: Pick<Deps, 'unitOfWork' | 'shops'>) =>
  async (
    { organizationId, once }: Caller,
    id: ChannelId,
  ): Promise<Result<ChannelTried, ChannelNotFound | ChannelUnaskable | RunRefusal>> => {
    const found = await unitOfWork.read(organizationId, ({ channels }) => channels.find(id));
    if (!found || found.status === 'disconnected') return err({ code: 'channel.not_found' });
    const shop = shops.of(organizationId, found);
    if (!shop) return err({ code: 'channel.unaskable' });
    const answer = await shop.check();
    return unitOfWork.run(
      organizationId,
      async ({ channels }) => {
        const channel = await channels.lock(id);
        if (answer.ok && channel?.status === 'reconnectNeeded') await channels.save({ ...channel, status: 'connected' });
        return ok({ problem: answer.ok ? null : answer.error });
      },
      once,
    );
  };

/** Where a channel's webhooks lead. */
export type WebhookAddress = (channel: Pick<Channel, 'kind' | 'id'>) => string;

/**
 * Lets go of a shop: its webhooks are revoked, as far as it answers, what it let us have is forgotten, and whatever it still tells is taken in no
 * more. Its orders stay.
 */
export const disconnectChannel =
  ({ unitOfWork, shops, ids, addressOf }: Pick<Deps, 'unitOfWork' | 'shops' | 'ids'> & { readonly addressOf: WebhookAddress }) =>
  async (caller: Caller, id: ChannelId): Promise<Result<undefined, ChannelNotFound | RunRefusal>> => {
    const { organizationId } = caller;
    const found = await unitOfWork.read(organizationId, ({ channels }) => channels.find(id));
    if (!found || found.status === 'disconnected') return err({ code: 'channel.not_found' });
    await shops.of(organizationId, found)?.dropWebhooks(addressOf(found));
    return unitOfWork.run(organizationId, async (stores) => ok(await letGo(stores, { caller, ids }, id)), caller.once);
  };

type Leaving = Parameters<Parameters<Deps['unitOfWork']['run']>[1]>[0];

/** What is left of a channel that is connected no more. */
export const letGo = async (
  { channels, channelAccess, audit, now }: Leaving,
  { caller, ids }: { readonly caller: Pick<Caller, 'actor' | 'requestId'>; readonly ids: Deps['ids'] },
  id: ChannelId,
): Promise<undefined> => {
  const channel = await channels.lock(id);
  if (!channel || channel.status === 'disconnected') return undefined;
  await channels.save({ ...channel, status: 'disconnected' });
  await channelAccess.dropCredentials(id);
  await audit.append([auditEntry({ caller, at: now, ids }, { kind: 'channel.disconnected', targetId: id, facts: {} })]);
  return undefined;
};
