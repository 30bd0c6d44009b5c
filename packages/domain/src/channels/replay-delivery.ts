import { type Caller, err, type InboxEntry, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { channelOfSource } from './channel.js';
import type { ChannelStores } from './stores.port.js';

/** No channel of the organization had such a delivery, though a carrier may have had one of this id. */
export type DeliveryNotFound = { readonly code: 'delivery.not_found' };
export type DeliveryUnderWay = { readonly code: 'delivery.under_way' };
export type ReplayRefused = DeliveryNotFound | DeliveryUnderWay | RunRefusal;

/** Works off a delivery of a shop once more, one that was given up or one that was done; tried as often as a new one. */
export const replayDelivery =
  ({ unitOfWork }: { readonly unitOfWork: UnitOfWork<ChannelStores> }) =>
  (caller: Caller, id: string): Promise<Result<InboxEntry, ReplayRefused>> =>
    unitOfWork.run<InboxEntry, ReplayRefused>(
      caller.organizationId,
      async ({ channels, inbox }) => {
        const found = await inbox.find(id);
        const channelId = found && channelOfSource(found.sourceId);
        if (!found || !channelId || !(await channels.find(channelId))) return err({ code: 'delivery.not_found' });
        if (!(await inbox.replay(id))) return err({ code: 'delivery.under_way' });
        return ok((await inbox.find(id)) ?? found);
      },
      caller.once,
    );
