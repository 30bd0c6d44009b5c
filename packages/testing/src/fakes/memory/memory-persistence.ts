import {
  type AccountRequests,
  type Accounts,
  type ApiKeyDoor,
  type BillingDoor,
  bug,
  type ChannelDoor,
  type ConnectionDoor,
  type DomainEvent,
  type ExpireUnpaid,
  type InvitationDoor,
  type OrderIntake,
  type OrganizationId,
  type TrackingDoor,
  type UnitOfWork,
} from '@rappit/domain';
import { sha256 } from '../sha256.js';
import { memoryAccountRequests } from './memory-account-requests.js';
import { memoryAccounts } from './memory-accounts.js';
import { memoryIntake } from './memory-intake.js';
import { underWay } from './memory-once.js';
import type { MemoryOptions } from './memory-options.js';
import type { AllStores } from './memory-stores.js';
import { type MemoryTenants, memoryTenants } from './memory-tenants.js';
import { memoryUnitOfWork } from './memory-unit-of-work.js';
import type { OrganizationState } from './organization-state.js';

export type MemoryPersistence = {
  readonly unitOfWork: UnitOfWork<AllStores>;
  readonly intake: OrderIntake;
  readonly accounts: Accounts;
  readonly accountRequests: AccountRequests;
  readonly door: ChannelDoor & ConnectionDoor & ApiKeyDoor & InvitationDoor & TrackingDoor & BillingDoor;
  /** Everything an organization has stored, to look at in a test. */
  readonly stateOf: (organizationId: OrganizationId) => OrganizationState;
  /** Every event that was announced, delivered or not, in order. */
  readonly eventsOf: (organizationId: OrganizationId) => readonly DomainEvent[];
  /** From now on, or after so many more units of work, nothing can be written, as when the database is gone; `mend` ends it. */
  readonly breakDown: (when?: { readonly after: number }) => void;
  readonly mend: () => void;
};

/** How unpaid promises are taken back, over the units of work of this very store. Left out, none is. */
type Expiring = { readonly expire?: (unitOfWork: UnitOfWork<AllStores>) => ExpireUnpaid };

const nothingExpires: ExpireUnpaid = () => Promise.resolve(0);

/**
 * Every port of persistence over one memory, all organizations strictly apart, keeping the contracts of this package.
 * `decide` is what places orders, as the real intake is made with one.
 */
export const memoryPersistence = (
  options: Pick<MemoryOptions, 'now' | 'decide'> & Partial<Pick<MemoryOptions, 'digest' | 'runsTwice'>> & Expiring,
): MemoryPersistence => {
  const tenants = memoryTenants();
  let runsLeft = Number.POSITIVE_INFINITY;
  const beforeRun = (): void => {
    if (runsLeft === 0) bug('the store is out of order');
    runsLeft -= 1;
  };
  const working = { digest: sha256, runsTwice: false, ...options, beforeRun, tenants, underWay: underWay() };
  const unitOfWork = memoryUnitOfWork(working);
  return {
    unitOfWork,
    intake: memoryIntake({ ...working, expire: options.expire?.(unitOfWork) ?? nothingExpires }),
    accounts: memoryAccounts(tenants, options.now),
    accountRequests: memoryAccountRequests(tenants, options.now),
    door: memoryDoor(tenants),
    stateOf: tenants.stateOf,
    eventsOf: (organizationId) => tenants.stateOf(organizationId).outbox.map(({ event }) => event),
    breakDown: ({ after } = { after: 0 }) => {
      runsLeft = after;
    },
    mend: () => {
      runsLeft = Number.POSITIVE_INFINITY;
    },
  };
};

const memoryDoor = (tenants: MemoryTenants): MemoryPersistence['door'] => ({
  apiKeyByHash: async (secretHash) =>
    tenants
      .all()
      .flatMap(([organizationId, { apiKeys }]) =>
        [...apiKeys.values()].flatMap(({ key, secretHash: hash }) =>
          hash === secretHash && key.revokedAt === null ? [{ organizationId, apiKeyId: key.id }] : [],
        ),
      )[0],
  organizationOfInvitation: async (tokenHash) =>
    tenants.all().find(([, { invitations }]) => [...invitations.values()].some((kept) => kept.tokenHash === tokenHash))?.[0],
  organizationsOfNumbers: async (carrier, numbers) =>
    tenants.all().flatMap(([organizationId, { shipments }]) => {
      const ours = [...shipments.values()]
        .filter((shipment) => shipment.carrier === carrier && shipment.accountId === null)
        .flatMap(({ trackingNumber, parcelNumbers }) => [trackingNumber, ...parcelNumbers]);
      return [...new Set(numbers)].filter((number) => ours.includes(number)).map((number) => ({ organizationId, number }));
    }),
  organizationsOfCustomer: async (customerId) =>
    tenants
      .all()
      .flatMap(([organizationId, { subscription }]) => (subscription?.customerId === customerId ? [organizationId] : [])),
  organizationOfConnection: async (tokenHash) =>
    tenants.all().find(([, { connectionsBegun }]) => connectionsBegun.has(tokenHash))?.[0],
  channelById: async (kind, id) =>
    tenants.all().flatMap(([organizationId, { channels }]) => {
      const channel = channels.get(id)?.channel;
      return channel?.kind === kind && channel.status !== 'disconnected' ? [{ organizationId, channelId: id }] : [];
    })[0],
  channelsOfShop: async (kind, shopDomain) =>
    tenants
      .all()
      .flatMap(([organizationId, { channels }]) =>
        [...channels.values()].flatMap(({ channel }) =>
          channel.kind === kind && channel.shopDomain === shopDomain && channel.status !== 'disconnected'
            ? [{ organizationId, channelId: channel.id }]
            : [],
        ),
      ),
});
