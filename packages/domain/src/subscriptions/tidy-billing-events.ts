import { type InboxStore, type OrganizationId, ok, type UnitOfWork } from '../kernel/index.js';
import { BILLING_SOURCE } from './take-billing-event.js';

/** The provider sends an event again for three days, and an operator who looks into one has a month. */
const KEPT_MS = 30 * 86_400_000;
const BATCH = 1_000;

/**
 * Removes a batch of the provider's events that were worked off a month ago. Answers how many; 0 when nothing is left, and when somebody was
 * in the way, since there is a next time.
 */
export const tidyBillingEvents =
  ({ unitOfWork }: { readonly unitOfWork: UnitOfWork<{ readonly inbox: InboxStore }> }) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const removed = await unitOfWork.run<number, never>(organizationId, async ({ inbox, now }) =>
      ok(await inbox.drop(BILLING_SOURCE, new Date(now.getTime() - KEPT_MS), BATCH)),
    );
    return removed.ok ? removed.value : 0;
  };
