import { type Caller, err, type InboxEntry, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { ChannelId } from './channel.js';
import type { ChannelStores } from './stores.port.js';

/** No channel of the organization had such a delivery. */
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
        if (!found || !(await channels.find(ChannelId(found.sourceId)))) return err({ code: 'delivery.not_found' });
        if (!(await inbox.replay(id))) return err({ code: 'delivery.under_way' });
        return ok((await inbox.find(id)) ?? found);
      },
      caller.once,
    );
