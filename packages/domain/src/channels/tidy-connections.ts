import { type OrganizationId, ok, type UnitOfWork } from '../kernel/index.js';
import type { ChannelStores } from './stores.port.js';

const BATCH = 1_000;

/** Removes a batch of connections that somebody set out to make and never came back from. Answers how many; 0 when nothing is left. */
export const tidyConnections =
  ({ unitOfWork }: { readonly unitOfWork: UnitOfWork<ChannelStores> }) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const dropped = await unitOfWork.run<number, never>(organizationId, async ({ channelAccess, now }) =>
      ok(await channelAccess.dropBegun(now, BATCH)),
    );
    return dropped.ok ? dropped.value : 0;
  };
