import type { OrganizationId, Result } from '../kernel/index.js';
import type { Channel } from './channel.js';
import type { CurrentCredentials } from './channel-authorizer.port.js';
import { type CredentialDeps, currentCredentials, needReconnection, renewCredentials } from './renew-credentials.js';
import type { SalesChannel, ShopDoRefused } from './sales-channel.port.js';

/** Shops of organizations, as they can be asked. */
export type Shops = {
  /** Undefined where nothing can be asked of it, since nobody here speaks to its kind or nothing lets us in. */
  readonly of: (organizationId: OrganizationId, channel: Channel) => SalesChannel | undefined;
};

/** More than one process asks of within an hour; each costs some kilobytes. */
const REMEMBERED = 1_000;

/**
 * Opens shops on what their owners let us have. One that was opened is remembered, with how busy it is; the one that wasn't asked for longest is
 * forgotten first.
 * - A shop that doesn't know us is asked once more on credentials that are newer, or renewed. When they can't be, its owner has to connect it again.
 */
export const shopsOf = (deps: CredentialDeps): Shops => {
  const opened = new Map<string, SalesChannel>();
  return {
    of: (organizationId, channel) => {
      if (channel.access === 'webhookSecret' || channel.status === 'disconnected') return undefined;
      const key = `${organizationId}/${channel.id}`;
      const shop = opened.get(key) ?? openShop(deps, organizationId, channel);
      if (!shop) return undefined;
      opened.delete(key);
      opened.set(key, shop);
      const [oldest] = opened.keys();
      if (opened.size > REMEMBERED && oldest !== undefined) opened.delete(oldest);
      return shop;
    },
  };
};

const openShop = (deps: CredentialDeps, organizationId: OrganizationId, channel: Channel): SalesChannel | undefined => {
  let handed = 0;
  const credentials: CurrentCredentials = async () => {
    const current = await currentCredentials(deps)(organizationId, channel);
    if (!current.ok) return current;
    handed = Math.max(handed, current.value.version);
    return { ok: true, value: current.value.text };
  };
  const isWorthAnother = async (before: number): Promise<boolean> => {
    const kept = await deps.unitOfWork.read(organizationId, ({ channelAccess }) => channelAccess.credentialsOf(channel.id));
    if (!kept) return false;
    if (kept.version !== before) return true;
    if (kept.expiresAt !== null) return (await renewCredentials(deps)(organizationId, channel, kept)).ok;
    await needReconnection(deps)(organizationId, channel.id, kept.version);
    return false;
  };
  const shop = deps.connections[channel.kind]?.open(channel.shopDomain, credentials);
  const insisting = async <Value, Refused extends ShopDoRefused>(
    ask: () => Promise<Result<Value, Refused>>,
  ): Promise<Result<Value, Refused>> => {
    for (let attempt = 1; ; attempt += 1) {
      const before = handed;
      const answer = await ask();
      if (answer.ok || answer.error.code !== 'shop.unauthorized' || attempt === ATTEMPTS) return answer;
      if (!(await isWorthAnother(before))) return answer;
    }
  };
  return shop && askedBy(shop, insisting);
};

/** The first may be made on credentials that were replaced meanwhile, the second is on what is known to be the newest, the third on renewed ones. */
const ATTEMPTS = 3;

type Insisting = <Value, Refused extends ShopDoRefused>(
  ask: () => Promise<Result<Value, Refused>>,
) => Promise<Result<Value, Refused>>;

const askedBy = (shop: SalesChannel, ask: Insisting): SalesChannel => ({
  kind: shop.kind,
  supports: shop.supports,
  orderById: (externalId) => ask(() => shop.orderById(externalId)),
  ordersSince: (cursor) => ask(() => shop.ordersSince(cursor)),
  catalogue: (cursor) => ask(() => shop.catalogue(cursor)),
  locations: () => ask(() => shop.locations()),
  stockShown: (places) => ask(() => shop.stockShown(places)),
  showStock: (key, places) => ask(() => shop.showStock(key, places)),
  tellFulfilment: (fulfilment) => ask(() => shop.tellFulfilment(fulfilment)),
  ensureWebhooks: (address, secret) => ask(() => shop.ensureWebhooks(address, secret)),
  dropWebhooks: (address) => ask(() => shop.dropWebhooks(address)),
  check: () => ask(() => shop.check()),
});
