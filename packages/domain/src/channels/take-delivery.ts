import { err, type IdSource, type OrganizationId, ok, type Result, type UnitOfWork, type Vault } from '../kernel/index.js';
import type { ChannelKind } from './channel.js';
import type { ShopReaders } from './external-order.js';
import type { ChannelDoor, ChannelStores } from './stores.port.js';

/** A webhook as it arrived: the very bytes, and what its headers say. */
export type ShopDelivery = {
  readonly kind: ChannelKind;
  readonly shopDomain: string;
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
  readonly vault: Vault;
  readonly ids: IdSource;
};

/**
 * Keeps a verified delivery for each channel whose own secret verifies it, and does no more: understanding it is a job's.
 * - A delivery that is here already is taken as taken.
 * - An unknown shop and a wrong signature are answered alike.
 */
export const takeDelivery =
  ({ unitOfWork, door, readers, vault, ids }: Deps) =>
  async (delivery: ShopDelivery): Promise<Result<Taken, SignatureInvalid>> => {
    const claimed = await door.channelsOfShop(delivery.kind, delivery.shopDomain.trim().toLowerCase());
    const verifies = (sealed: string): boolean =>
      readers[delivery.kind].verifies(delivery.body, delivery.signature, vault.open(sealed));
    const organizationIds: OrganizationId[] = [];
    for (const { organizationId, channelId } of claimed) {
      const kept = await unitOfWork.run(organizationId, async ({ channels, inbox, now }) => {
        const secrets = await channels.secretsOf(channelId);
        if (!secrets.some(verifies)) return err({ code: 'webhook.signature_invalid' as const });
        const { topic, deliveryId, text: body } = delivery;
        return ok(await inbox.receive({ id: ids.next(), sourceId: channelId, topic, deliveryId, body, receivedAt: now }));
      });
      if (kept.ok) organizationIds.push(organizationId);
    }
    return organizationIds.length > 0 ? ok({ organizationIds }) : err({ code: 'webhook.signature_invalid' });
  };
