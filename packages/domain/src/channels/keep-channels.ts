import type { ItemNotFound } from '../inventory/index.js';
import { type Caller, err, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import type { Channel, ChannelAccess, ChannelKind, Listing, ShopDomainInvalid } from './channel.js';
import type { CredentialsInvalid, ShopConnection } from './channel-authorizer.port.js';
import { type ConnectDeps, type KindUnsupported, keepConnected } from './connect-shop.js';
import type { ShopAskRefused } from './sales-channel.port.js';
import type { ChannelStores } from './stores.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<ChannelStores> };

export type ChannelNotFound = { readonly code: 'channel.not_found' };
export type ChannelExists = { readonly code: 'channel.exists' };

export type NewChannel = {
  readonly kind: ChannelKind;
  readonly name: string;
  readonly shopDomain: string;
  /** Of the shop's own app, where the shop signs with it. */
  readonly webhookSecret: string | null;
  /** What the owner made in the shop to let us in, by the names that its kind asks for; null where it only tells us of its orders. */
  readonly keys: Readonly<Record<string, string>> | null;
};

/** Without a secret no delivery could ever be verified. */
export type SecretMissing = { readonly code: 'channel.secret_missing' };

/** Lower case and without a trailing slash, so that one shop has one name (facts/channels §1.1). */
const shopDomainOf = (text: string): string | undefined =>
  /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.exec(text.trim().toLowerCase().replace(/\/$/, ''))?.[0];

export type AddChannelRefused =
  | ShopDomainInvalid
  | SecretMissing
  | ChannelExists
  | KindUnsupported
  | CredentialsInvalid
  | ShopAskRefused
  | RunRefusal;

type AddDeps = Pick<ConnectDeps, 'unitOfWork' | 'connections' | 'vault' | 'ids' | 'secrets'>;

/**
 * Connects a shop by keys that its owner made there, which the shop is asked about before they are kept, or by its own app's secret alone.
 * Whatever is secret is sealed before it is stored. One that was disconnected is connected again.
 */
export const addChannel =
  (deps: AddDeps) =>
  async (caller: Caller, channel: NewChannel): Promise<Result<Channel, AddChannelRefused>> => {
    const { kind, name, webhookSecret } = channel;
    const connection = deps.connections[kind];
    const proven = channel.keys ? await prove(connection, channel.shopDomain, channel.keys) : withoutKeys(channel);
    if (!proven.ok) return proven;
    const { shopDomain, credentials } = proven.value;
    const signsByItself = connection?.appSecrets !== null;
    if (signsByItself && (webhookSecret ?? '').trim() === '') return err({ code: 'channel.secret_missing' });
    return deps.unitOfWork.run<Channel, ChannelExists>(
      caller.organizationId,
      async (stores) => {
        const known = await stores.channels.ofShop(kind, shopDomain);
        if (known && known.status !== 'disconnected') return err({ code: 'channel.exists' });
        const access: ChannelAccess = credentials === null ? 'webhookSecret' : 'keys';
        const shop = { kind, shopDomain, name, access, webhookSecret: signsByItself ? webhookSecret : null };
        const granted = credentials === null ? null : { credentials, expiresAt: null, renewableUntil: null };
        return ok(await keepConnected({ ...deps, connection }, stores, { caller, shop, granted }));
      },
      caller.once,
    );
  };

type Proven = { readonly shopDomain: string; readonly credentials: string | null };

const withoutKeys = ({ kind, shopDomain }: NewChannel): Result<Proven, ShopDomainInvalid | KindUnsupported> => {
  if (kind !== 'shopify') return err({ code: 'channel.kind_unsupported' });
  const domain = shopDomainOf(shopDomain);
  return domain ? ok({ shopDomain: domain, credentials: null }) : err({ code: 'channel.shop_domain_invalid' });
};

/** Asks the shop something harmless on the keys. */
export const prove = async (
  connection: ShopConnection | undefined,
  shop: string,
  keys: Readonly<Record<string, string>>,
): Promise<
  Result<Proven & { readonly credentials: string }, ShopDomainInvalid | KindUnsupported | CredentialsInvalid | ShopAskRefused>
> => {
  if (!connection) return err({ code: 'channel.kind_unsupported' });
  const read = connection.authorizer.fromKeys(shop, keys);
  if (!read.ok) return read;
  const { shopDomain, credentials } = read.value;
  const answer = await connection.open(shopDomain, async () => ok(credentials)).check();
  return answer.ok ? read : answer;
};

/** Says which SKU a shop's variant is. */
export const mapListing =
  ({ unitOfWork }: Deps) =>
  (caller: Caller, listing: Listing): Promise<Result<Listing, ChannelNotFound | ItemNotFound | RunRefusal>> =>
    unitOfWork.run<Listing, ChannelNotFound | ItemNotFound>(
      caller.organizationId,
      async ({ channels, items }) => {
        if (!(await channels.find(listing.channelId))) return err({ code: 'channel.not_found' });
        if (!(await items.lock(listing.sku))) return err({ code: 'item.not_found' });
        await channels.saveListing(listing);
        return ok(listing);
      },
      caller.once,
    );
