import { type Digest, type OrganizationId, ok, type UnitOfWork } from '../kernel/index.js';
import { type ApiKey, isKeySecret, keyStatusOf, rightsOf, type Scope } from './api-key.js';
import type { ApiKeyDoor, ApiKeyStores } from './api-keys.port.js';
import type { TenancyStores } from './stores.port.js';

/** An API key that is in the door: whom it acts for, and what it may do now. */
export type KeyHolder = {
  readonly organizationId: OrganizationId;
  readonly key: Pick<ApiKey, 'id' | 'name'>;
  readonly rights: readonly Scope[];
};

type Deps = {
  readonly door: ApiKeyDoor;
  readonly unitOfWork: UnitOfWork<ApiKeyStores & Pick<TenancyStores, 'members'>>;
  readonly digest: Digest;
};

/**
 * Whose secret this is; undefined for one that was never given out, was revoked or has expired.
 * - It is looked up by its hash, so that nothing is compared that a clock could give away: the secret has 256 random bits.
 * - A key may never do more than the member who made it may now, and nothing when that member is gone.
 */
export const recogniseApiKey =
  ({ door, unitOfWork, digest }: Deps) =>
  async (secret: string): Promise<KeyHolder | undefined> => {
    if (!isKeySecret(secret)) return undefined;
    const found = await door.apiKeyByHash(digest(secret));
    if (!found) return undefined;
    const { organizationId, apiKeyId } = found;
    return unitOfWork.read(organizationId, async ({ apiKeys, members, now }) => {
      const key = await apiKeys.find(apiKeyId);
      if (!key || keyStatusOf(key, now) !== 'active') return undefined;
      const maker = await members.find(key.createdBy);
      return maker && { organizationId, key: { id: key.id, name: key.name }, rights: rightsOf(key, maker.role) };
    });
  };

/** Notes that a key was used. Not for the way of a request: it may be called a while after, or never. */
export const noteKeyUse =
  ({ unitOfWork }: { readonly unitOfWork: UnitOfWork<ApiKeyStores> }) =>
  async ({ organizationId, key }: KeyHolder): Promise<void> => {
    await unitOfWork.run(organizationId, async ({ apiKeys, now }) => ok(await apiKeys.used(key.id, now)));
  };
