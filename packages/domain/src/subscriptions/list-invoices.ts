import { type OrganizationId, ok, type Page, type PageRequest, type Result, type UnitOfWork } from '../kernel/index.js';
import type { BillingFault, BillingProvider, Invoice } from './billing-provider.port.js';
import type { SubscriptionStores } from './stores.port.js';

type Deps = {
  readonly unitOfWork: UnitOfWork<SubscriptionStores>;
  readonly provider: Pick<BillingProvider, 'invoicesOf'>;
};

/** What the provider has billed to an organization, newest first. Whoever never was its customer has nothing, and nobody is asked. */
export const listInvoices =
  ({ unitOfWork, provider }: Deps) =>
  async (organizationId: OrganizationId, page: PageRequest): Promise<Result<Page<Invoice>, BillingFault>> => {
    const { customerId } = await unitOfWork.read(organizationId, ({ subscriptions }) => subscriptions.find());
    return customerId === null ? ok({ data: [], nextCursor: null }) : provider.invoicesOf(customerId, page);
  };
