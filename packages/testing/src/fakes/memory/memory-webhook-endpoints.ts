import type { WebhookEndpointId, WebhookEndpointStore } from '@rappit/domain';
import { pageOf } from '../page-of.js';
import { having, type StoredEndpoint } from './organization-state.js';
import type { Workbench } from './workbench.js';

export const memoryWebhookEndpoints = ({ state, change, now }: Workbench): WebhookEndpointStore => {
  const find = (id: WebhookEndpointId): StoredEndpoint | undefined => state().webhookEndpoints.get(id);
  const keep = (row: StoredEndpoint): void =>
    change({ webhookEndpoints: having(state().webhookEndpoints, row.endpoint.id, row) });
  const all = () => [...state().webhookEndpoints.values()].map(({ endpoint }) => endpoint);
  const counts = ({ expiresAt }: { readonly expiresAt: Date | null }): boolean => expiresAt === null || expiresAt > now;
  return {
    find: async (id) => find(id)?.endpoint,
    list: async (page) => pageOf(all(), page, { placeOf: ({ id }) => id, newestFirst: true }),
    count: async () => all().length,
    lock: async (id) => find(id)?.endpoint,
    add: async (endpoint, sealed) => keep({ endpoint, secrets: [{ position: 0, sealed, expiresAt: null }] }),
    save: async (endpoint) => {
      const row = find(endpoint.id);
      if (row) keep({ ...row, endpoint });
    },
    remove: async (id) => {
      if (!find(id)) return false;
      change({
        webhookEndpoints: new Map([...state().webhookEndpoints].filter(([other]) => other !== id)),
        webhookDeliveries: new Map([...state().webhookDeliveries].filter(([, row]) => row.endpointId !== id)),
      });
      return true;
    },
    enabled: async () => all().filter(({ disabled }) => disabled === null),
    secretsOf: async (id) => (find(id)?.secrets ?? []).filter(counts).map(({ sealed }) => sealed),
    rotateSecret: async (id, { sealed, oldUntil, keep: most }) => {
      const row = find(id);
      if (!row) return;
      const position = (row.secrets[0]?.position ?? -1) + 1;
      const old = row.secrets
        .map((secret) => ({
          ...secret,
          expiresAt: secret.expiresAt !== null && secret.expiresAt < oldUntil ? secret.expiresAt : oldUntil,
        }))
        .filter(counts);
      keep({ ...row, secrets: [{ position, sealed, expiresAt: null }, ...old].slice(0, most) });
    },
  };
};
