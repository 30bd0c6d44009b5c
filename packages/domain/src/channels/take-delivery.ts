import { bug, err, type IdSource, type OrganizationId, ok, type Result, type UnitOfWork, type Vault } from '../kernel/index.js';
import { type ChannelId, type ChannelKind, secretOf } from './channel.js';
import type { ShopConnections } from './channel-authorizer.port.js';
import type { ShopReaders } from './external-order.js';
import type { ChannelDoor, ChannelStores, ClaimedChannel } from './stores.port.js';

/** A webhook as it arrived: the very bytes, and what its headers say. */
export type ShopDelivery = {
  readonly kind: ChannelKind;
  /** The shop as it names itself, or the channel that its webhook was made for. */
  readonly to: { readonly shopDomain: string } | { readonly channelId: ChannelId };
  readonly topic: string;
  readonly deliveryId: string;
  readonly signature: string;
  readonly body: Uint8Array;
  /** The same bytes as text. */
  readonly text: string;
};

export type SignatureInvalid = { readonly code: 'webhook.signature_invalid' };

/** Which organizations have something to work off now. */
export type Taken = { readonly organizationIds: readonly OrganizationId[] };

type Deps = {
  readonly unitOfWork: UnitOfWork<ChannelStores>;
  readonly door: ChannelDoor;
  readonly readers: ShopReaders;
  readonly connections: ShopConnections;
  readonly vault: Vault;
  readonly ids: IdSource;
};

/**
 * Keeps a verified delivery for each channel whose own secret verifies it, and does no more: understanding it is a job's. The installation's
 * secrets count for channels that were connected by its own app.
 * - A delivery that is here already is taken as taken.
 * - An unknown shop and a wrong signature are answered alike.
 * - A fault with one organization's channel keeps no other's from being served; it is thrown afterwards, so that the shop tells us again.
 */
export const takeDelivery =
  (deps: Deps) =>
  async (delivery: ShopDelivery): Promise<Result<Taken, SignatureInvalid>> => {
    const claimed = await claimants(deps, delivery);
    const organizationIds: OrganizationId[] = [];
    const faults: unknown[] = [];
    for (const { organizationId, channelId } of claimed) {
      try {
        if (await keep(deps, delivery, organizationId, channelId)) organizationIds.push(organizationId);
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw faults[0];
    return organizationIds.length > 0 ? ok({ organizationIds }) : err({ code: 'webhook.signature_invalid' });
  };

const claimants = async ({ door }: Deps, { kind, to }: ShopDelivery): Promise<readonly ClaimedChannel[]> => {
  if ('shopDomain' in to) return door.channelsOfShop(kind, to.shopDomain.trim().toLowerCase());
  const claimed = await door.channelById(kind, to.channelId);
  return claimed ? [claimed] : [];
};

/** True when the delivery is in the channel's inbox now. */
const keep = async (
  deps: Deps,
  delivery: ShopDelivery,
  organizationId: OrganizationId,
  channelId: ChannelId,
): Promise<boolean> => {
  const { unitOfWork, readers, connections, vault, ids } = deps;
  const { kind, topic, deliveryId, text: body } = delivery;
  const verifies = (secret: string): boolean => readers[kind]?.verifies(delivery.body, delivery.signature, secret) === true;
  const opened = (sealed: string): string => vault.open(sealed, secretOf(organizationId, channelId));
  const kept = await unitOfWork.run(organizationId, async ({ channels, inbox, now }) => {
    const own = await channels.secretsOf(channelId);
    const channel = await channels.find(channelId);
    const apps = channel?.access === 'oauth' ? (connections[kind]?.appSecrets ?? []) : [];
    if (!own.map(opened).some(verifies) && !apps.some(verifies)) return err({ code: 'webhook.signature_invalid' as const });
    return ok(await inbox.receive({ id: ids.next(), sourceId: channelId, topic, deliveryId, body, receivedAt: now }));
  });
  if (kept.ok || kept.error.code === 'webhook.signature_invalid') return kept.ok;
  return bug(`a delivery could not be kept: ${kept.error.code}`);
};
