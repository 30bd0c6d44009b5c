import type { OrganizationId } from '@rappit/domain';
import type { Wake } from '@rappit/persistence';
import type { UseCases } from '../use-cases.js';
import { fairTurns } from './fair-turns.js';

export type WebhookCallDeps = {
  readonly useCases: Pick<UseCases, 'webhooksWaiting' | 'deliverWebhooks'>;
  readonly wake: Wake;
  readonly report: (error: unknown) => void;
};

export type WebhookCalls = {
  /** Begins to send what an organization has due, and doesn't wait for the calls. */
  readonly begin: (organizationId: OrganizationId) => Promise<void>;
  /** Begins nothing more, and waits for the calls that are under way. */
  readonly stop: () => Promise<void>;
};

/** So many endpoints are called at once, and so many of one organization. */
const WELL = { atOnce: 24, ofOneGroup: 4 };
/** Those that failed last have a room of their own, so that waiting for them costs the others nothing. */
const FAILING = { atOnce: 8, ofOneGroup: 1 };
/** How many calls one turn of an endpoint makes at once. One that fails is tried by one call. */
const CALLS = 5;

/**
 * Sends webhooks beside the job queue: a call may take its whole deadline, and must hold up no other job meanwhile.
 * What is lost when the process ends is due in the store, and begun again by the next sweep.
 */
export const webhookCalls = ({ useCases, wake, report }: WebhookCallDeps): WebhookCalls => {
  const [well, failing] = [fairTurns(WELL, report), fairTurns(FAILING, report)];
  const begin = async (organizationId: OrganizationId): Promise<void> => {
    const { endpoints, nextDue } = await useCases.webhooksWaiting(organizationId);
    for (const endpoint of endpoints) {
      const { endpointId } = endpoint;
      const work = async (): Promise<void> => {
        await useCases.deliverWebhooks(organizationId, endpointId, endpoint.failing ? 1 : CALLS);
        await begin(organizationId);
      };
      (endpoint.failing ? failing : well).add({ group: organizationId, key: endpointId, work });
    }
    if (endpoints.length === 0 && nextDue) await wake('webhooks', [organizationId], nextDue);
  };
  return {
    begin,
    stop: async () => {
      await Promise.all([well.stop(), failing.stop()]);
    },
  };
};
