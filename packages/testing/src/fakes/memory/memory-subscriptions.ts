import { type BillingAuditStore, bug, type Subscription, type SubscriptionStore, trialFrom } from '@rappit/domain';
import { pageOf } from '../page-of.js';
import type { Workbench } from './workbench.js';

export const memorySubscriptions = ({ state, change }: Workbench): SubscriptionStore => {
  const find = (): Subscription => {
    const { subscription, organization } = state();
    return subscription ?? trialFrom((organization ?? bug('only what is open has a subscription')).createdAt);
  };
  return {
    find: async () => find(),
    lock: async () => find(),
    save: async (subscription) => change({ subscription }),
  };
};

export const memoryBillingAudit = ({ state, change }: Workbench): BillingAuditStore => ({
  append: async (entry) => change({ billingAudit: [...state().billingAudit, entry] }),
  list: async (page) => pageOf(state().billingAudit, page, { placeOf: ({ id }) => id, newestFirst: true }),
});
