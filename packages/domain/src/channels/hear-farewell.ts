import { type IdSource, type OrganizationId, ok, type Result, type UnitOfWork } from '../kernel/index.js';
import { type AuditStores, auditEntry } from '../tenancy/index.js';
import type { Channel } from './channel.js';
import type { Shops } from './open-shops.js';
import type { ShopAskRefused } from './sales-channel.port.js';
import type { ChannelStores } from './stores.port.js';

export type FarewellDeps = {
  readonly unitOfWork: UnitOfWork<ChannelStores & AuditStores>;
  readonly shops: Shops;
  readonly ids: IdSource;
};

/**
 * A shop says that its owner has taken our access away. That may be late, and the owner may have let us in again since: where the shop can be asked it
 * is, and whoever knows us is connected. Else its owner has to connect it again; what it still tells is taken in, since Shopify asks for the erasure
 * of its data two days later.
 */
export const hearFarewell =
  ({ unitOfWork, shops, ids }: FarewellDeps) =>
  async (organizationId: OrganizationId, channel: Channel): Promise<Result<'parted' | 'stale', ShopAskRefused>> => {
    const answer = await shops.of(organizationId, channel)?.check();
    if (answer?.ok) return ok('stale');
    if (answer?.error.code === 'shop.unavailable') return answer;
    await unitOfWork.run(organizationId, async ({ channels, audit, now }) => {
      const current = await channels.lock(channel.id);
      if (current?.status !== 'connected') return ok(undefined);
      await channels.save({ ...current, status: 'reconnectNeeded' });
      const caller = { actor: { kind: 'channel', id: channel.id, name: channel.name } as const };
      await audit.append([
        auditEntry({ caller, at: now, ids }, { kind: 'channel.reconnect_needed', targetId: channel.id, facts: {} }),
      ]);
      return ok(undefined);
    });
    return ok('parted');
  };
