import { type OrganizationId, ok, type Result, type RunRefusal } from '../kernel/index.js';
import { auditEntry } from '../tenancy/index.js';
import type { Channel } from './channel.js';
import type { FarewellDeps } from './hear-farewell.js';
import { forgetPeople } from './people.js';
import type { ShopUnavailable } from './sales-channel.port.js';

/**
 * A shop wants to be forgotten, two days after its owner has taken our access away: everybody who ordered there, what let us in, what it signed with, and
 * what its goods are called. Orders, stock and money stay. The owner may have let us in again since: a shop that knows us keeps what it is reached by.
 * Begun again, it goes on where it was.
 */
export const eraseShop =
  ({ unitOfWork, shops, ids }: FarewellDeps) =>
  async (organizationId: OrganizationId, channel: Channel): Promise<Result<'forgotten', ShopUnavailable | RunRefusal>> => {
    const answer = await shops.of(organizationId, channel)?.check();
    if (answer && !answer.ok && answer.error.code === 'shop.unavailable') return { ok: false, error: answer.error };
    const forgotten = await forgetPeople({ unitOfWork })(organizationId, channel.id, 'everybody');
    if (!forgotten.ok) return forgotten;
    if (answer?.ok) return ok('forgotten');
    return unitOfWork.run<'forgotten', never>(organizationId, async ({ channels, channelAccess, audit, now }) => {
      const current = await channels.lock(channel.id);
      await channelAccess.dropCredentials(channel.id);
      await channels.saveSecrets(channel.id, []);
      await channels.dropListings(channel.id);
      if (current && current.status !== 'disconnected') {
        await channels.save({ ...current, status: 'disconnected' });
        const caller = { actor: { kind: 'channel', id: channel.id, name: channel.name } as const };
        const event = { kind: 'channel.disconnected', targetId: channel.id, facts: {} } as const;
        await audit.append([auditEntry({ caller, at: now, ids }, event)]);
      }
      return ok('forgotten');
    });
  };
