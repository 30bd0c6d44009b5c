import {
  type Caller,
  err,
  type GuardedFetch,
  type IdSource,
  type Moment,
  type OutboundObjection,
  ok,
  type Result,
  type RunRefusal,
  type UnitOfWork,
  type Vault,
} from '../kernel/index.js';
import { type AuditEvent, auditEntry, type SecretSource } from '../tenancy/index.js';
import type { PublicEventType } from './catalogue.js';
import { disableEndpoint } from './disable-endpoint.js';
import {
  MAX_ENDPOINTS,
  MAX_SECRETS,
  OLD_SECRET_HOURS,
  signingSecretOf,
  type WebhookEndpoint,
  WebhookEndpointId,
  webhookSecretOf,
} from './endpoint.js';
import type { WebhookStores } from './stores.port.js';

type Deps = {
  readonly unitOfWork: UnitOfWork<WebhookStores>;
  readonly ids: IdSource;
  readonly guardedFetch: Pick<GuardedFetch, 'check'>;
};
type SecretDeps = Omit<Deps, 'guardedFetch'> & { readonly secrets: SecretSource; readonly vault: Vault };

export type WebhookEndpointNotFound = { readonly code: 'webhook_endpoint.not_found' };
/** Nothing may be sent there. What its name leads to is looked at again with each delivery. */
export type WebhookUrlRefused = { readonly code: 'webhook_endpoint.url_refused'; readonly why: OutboundObjection };
export type TooManyEndpoints = { readonly code: 'webhook_endpoint.too_many'; readonly limit: number };

export type NewWebhookEndpoint = {
  readonly url: string;
  readonly types: readonly PublicEventType[];
  readonly description: string | null;
};
/** The only time that the secret is there to be seen. */
export type EndpointWithSecret = { readonly endpoint: WebhookEndpoint; readonly secret: string };

export type WebhookEndpointChange = Partial<NewWebhookEndpoint> & { readonly enabled?: boolean | undefined };

export type AddWebhookEndpoint = (
  caller: Caller,
  asked: NewWebhookEndpoint,
) => Promise<Result<EndpointWithSecret, WebhookUrlRefused | TooManyEndpoints | RunRefusal>>;
export type ChangeWebhookEndpoint = (
  caller: Caller,
  id: WebhookEndpointId,
  change: WebhookEndpointChange,
) => Promise<Result<WebhookEndpoint, WebhookUrlRefused | WebhookEndpointNotFound | RunRefusal>>;
export type RotateWebhookSecret = (
  caller: Caller,
  id: WebhookEndpointId,
) => Promise<Result<EndpointWithSecret, WebhookEndpointNotFound | RunRefusal>>;
export type RemoveWebhookEndpoint = (
  caller: Caller,
  id: WebhookEndpointId,
) => Promise<Result<undefined, WebhookEndpointNotFound | RunRefusal>>;

/** From now on the address is told of these events; what happened just before may be among them. */
export const addWebhookEndpoint =
  (deps: Deps & SecretDeps): AddWebhookEndpoint =>
  async (caller, { url, types, description }) => {
    const checked = urlAllowed(deps, url);
    if (!checked.ok) return checked;
    return deps.unitOfWork.run<EndpointWithSecret, TooManyEndpoints>(
      caller.organizationId,
      async (stores) => {
        await stores.organization.lock();
        if ((await stores.webhookEndpoints.count()) >= MAX_ENDPOINTS)
          return err({ code: 'webhook_endpoint.too_many', limit: MAX_ENDPOINTS });
        const endpoint: WebhookEndpoint = {
          id: WebhookEndpointId(deps.ids.next()),
          url,
          types: [...new Set(types)],
          description,
          createdAt: stores.now,
          disabled: null,
          failingSince: null,
          version: 0,
        };
        const { secret, sealed } = newSecret(deps, caller, endpoint.id);
        await stores.webhookEndpoints.add(endpoint, sealed);
        await tell(deps, stores, caller, { kind: 'webhook_endpoint.added', targetId: endpoint.id, facts: {} });
        return ok({ endpoint, secret });
      },
      caller.once,
    );
  };

/** What is on its way to an endpoint that is disabled is given up; enabling it again begins with what happens then. */
export const changeWebhookEndpoint =
  (deps: Deps): ChangeWebhookEndpoint =>
  async (caller, id, change) => {
    const checked = change.url === undefined ? ok(null) : urlAllowed(deps, change.url);
    if (!checked.ok) return checked;
    return deps.unitOfWork.run<WebhookEndpoint, WebhookEndpointNotFound>(caller.organizationId, async (stores) => {
      const found = await stores.webhookEndpoints.lock(id);
      if (!found) return err({ code: 'webhook_endpoint.not_found' });
      const { endpoint, fields } = changed(found, change);
      if (fields.length === 0) return ok(found);
      const kept =
        change.enabled === false && found.disabled === null
          ? await disableEndpoint(stores, endpoint, 'byMember')
          : await saved(stores, endpoint);
      await tell(deps, stores, caller, { kind: 'webhook_endpoint.changed', targetId: id, facts: { fields } });
      return ok(kept);
    });
  };

/** A new secret, shown once. What is sent within a day is signed with the old one too. */
export const rotateWebhookSecret =
  (deps: SecretDeps): RotateWebhookSecret =>
  (caller, id) =>
    deps.unitOfWork.run<EndpointWithSecret, WebhookEndpointNotFound>(
      caller.organizationId,
      async (stores) => {
        const endpoint = await stores.webhookEndpoints.lock(id);
        if (!endpoint) return err({ code: 'webhook_endpoint.not_found' });
        const { secret, sealed } = newSecret(deps, caller, id);
        const oldUntil = new Date(stores.now.getTime() + OLD_SECRET_HOURS * 3_600_000);
        await stores.webhookEndpoints.rotateSecret(id, { sealed, oldUntil, keep: MAX_SECRETS });
        await tell(deps, stores, caller, { kind: 'webhook_endpoint.changed', targetId: id, facts: { fields: ['secret'] } });
        return ok({ endpoint, secret });
      },
      caller.once,
    );

/** Its log goes with it. */
export const removeWebhookEndpoint =
  (deps: Pick<Deps, 'unitOfWork' | 'ids'>): RemoveWebhookEndpoint =>
  (caller, id) =>
    deps.unitOfWork.run<undefined, WebhookEndpointNotFound>(caller.organizationId, async (stores) => {
      await stores.webhookEndpoints.lock(id);
      if (!(await stores.webhookEndpoints.remove(id))) return err({ code: 'webhook_endpoint.not_found' });
      await tell(deps, stores, caller, { kind: 'webhook_endpoint.removed', targetId: id, facts: {} });
      return ok(undefined);
    });

const urlAllowed = ({ guardedFetch }: Pick<Deps, 'guardedFetch'>, url: string): Result<null, WebhookUrlRefused> => {
  const checked = guardedFetch.check(url);
  return checked.ok ? checked : err({ code: 'webhook_endpoint.url_refused', why: checked.error.why });
};

const newSecret = ({ secrets, vault }: SecretDeps, { organizationId }: Caller, id: WebhookEndpointId) => {
  const secret = signingSecretOf(secrets.next());
  return { secret, sealed: vault.seal(secret, webhookSecretOf(organizationId, id)) };
};

/** What is asked for as it stands already is no change. Its own `disabled` is left to whoever disables it. */
const changed = (
  before: WebhookEndpoint,
  { url = before.url, types = before.types, description = before.description, enabled }: WebhookEndpointChange,
): { readonly endpoint: WebhookEndpoint; readonly fields: readonly string[] } => {
  const heard = [...new Set(types)];
  const isEnabledAgain = enabled === true && before.disabled !== null;
  const endpoint = { ...before, url, types: heard, description, ...(isEnabledAgain && { disabled: null, failingSince: null }) };
  const fields = [
    ...(url !== before.url ? ['url'] : []),
    ...(heard.toSorted().join() !== before.types.toSorted().join() ? ['types'] : []),
    ...(description !== before.description ? ['description'] : []),
    ...(isEnabledAgain || (enabled === false && before.disabled === null) ? ['enabled'] : []),
  ];
  return { endpoint, fields };
};

const saved = async ({ webhookEndpoints }: WebhookStores, endpoint: WebhookEndpoint): Promise<WebhookEndpoint> => {
  await webhookEndpoints.save(endpoint);
  return endpoint;
};

const tell = async (
  { ids }: Pick<Deps, 'ids'>,
  { audit, now }: WebhookStores & Moment,
  caller: Pick<Caller, 'actor' | 'requestId'>,
  event: AuditEvent,
): Promise<void> => audit.append([auditEntry({ caller, at: now, ids }, event)]);
