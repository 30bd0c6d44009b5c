import type { ItemNotFound } from '../inventory/index.js';
import {
  type Caller,
  err,
  type IdSource,
  ok,
  type Result,
  type RunRefusal,
  type UnitOfWork,
  type Vault,
} from '../kernel/index.js';
import { type AuditStores, auditEntry } from '../tenancy/index.js';
import { type Channel, ChannelId, type ChannelKind, type Listing, type ShopDomainInvalid, secretOf } from './channel.js';
import type { ChannelStores } from './stores.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<ChannelStores> };

export type ChannelNotFound = { readonly code: 'channel.not_found' };
export type ChannelExists = { readonly code: 'channel.exists' };

export type NewChannel = {
  readonly kind: ChannelKind;
  readonly name: string;
  readonly shopDomain: string;
  readonly webhookSecret: string;
};

/** Without a secret no delivery could ever be verified. */
export type SecretMissing = { readonly code: 'channel.secret_missing' };

/** Lower case and without a trailing slash, so that one shop has one name (facts/channels §1.1). */
const shopDomainOf = (text: string): string | undefined =>
  /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.exec(text.trim().toLowerCase().replace(/\/$/, ''))?.[0];

/** Connects a shop by its own app's secret, which is sealed before it is stored. */
export const addChannel =
  ({
    unitOfWork,
    ids,
    vault,
  }: {
    readonly unitOfWork: UnitOfWork<ChannelStores & AuditStores>;
    readonly ids: IdSource;
    readonly vault: Vault;
  }) =>
  async (
    caller: Caller,
    { kind, name, shopDomain, webhookSecret }: NewChannel,
  ): Promise<Result<Channel, ShopDomainInvalid | SecretMissing | ChannelExists | RunRefusal>> => {
    const domain = shopDomainOf(shopDomain);
    if (!domain) return err({ code: 'channel.shop_domain_invalid' });
    if (webhookSecret.trim() === '') return err({ code: 'channel.secret_missing' });
    return unitOfWork.run(
      caller.organizationId,
      async ({ channels, audit, now }) => {
        const channel: Channel = {
          id: ChannelId(ids.next()),
          kind,
          name,
          shopDomain: domain,
          status: 'connected',
          createdAt: now,
        };
        const sealed = vault.seal(webhookSecret, secretOf(caller.organizationId, channel.id));
        if (!(await channels.add(channel, [sealed]))) return err({ code: 'channel.exists' });
        const event = { kind: 'channel.connected', targetId: channel.id, facts: { channelKind: kind } } as const;
        await audit.append([auditEntry({ caller, at: now, ids }, event)]);
        return ok(channel);
      },
      caller.once,
    );
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
