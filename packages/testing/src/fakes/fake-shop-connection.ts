import {
  type ChannelKind,
  err,
  type Granted,
  ok,
  type Result,
  type SalesChannel,
  type ShopConnection,
  type ShopDoRefused,
} from '@rappit/domain';
import { type FakeShop, fakeShop } from './fake-shop.js';

export type FakeShopConnection = ShopConnection & {
  /** The shop of that domain, which is there as soon as somebody asks for it. */
  readonly shop: (shopDomain: string) => FakeShop;
  /** How often credentials were renewed. */
  readonly renewals: () => number;
  /** What the next renewal answers instead, whether or not it is done; null for what it should. */
  readonly failRenewal: (refusal: ShopDoRefused | null, done?: boolean) => void;
  /** Waited for by each renewal before it is done. */
  readonly holdRenewals: (gate: () => Promise<void>) => void;
  /** The shop knows nobody any more. */
  readonly revoke: () => void;
};

type Options = {
  readonly now: () => Date;
  readonly lifetimeMinutes?: number | null;
  readonly appSecrets?: readonly string[] | null;
};

const DAYS_90 = 90 * 86_400_000;

/**
 * A way into shops in memory, which keeps every promise of the port. Consent is given by bringing `code: 'yes'`; the only key is called `key`, and
 * is right if it begins with that word. A credential is good until another one that it was renewed to has been used.
 */
export const fakeShopConnection = (kind: ChannelKind, options: Options): FakeShopConnection => {
  const { now, lifetimeMinutes = 60, appSecrets = null } = options;
  const shops = new Map<string, FakeShop>();
  const good = new Set<string>();
  const replacing = new Map<string, string>();
  let made = 0;
  let renewals = 0;
  let knowsKeys = true;
  let failing: { readonly refusal: ShopDoRefused; readonly done: boolean } | null = null;
  let gate = async (): Promise<void> => undefined;
  const shop = (shopDomain: string): FakeShop => {
    const known = shops.get(shopDomain) ?? fakeShop(kind);
    shops.set(shopDomain, known);
    return known;
  };
  const grant = (): Granted => {
    made += 1;
    const credentials = `credentials ${made}`;
    good.add(credentials);
    const at = now().getTime();
    const expiresAt = lifetimeMinutes === null ? null : new Date(at + lifetimeMinutes * 60_000);
    return { credentials, expiresAt, renewableUntil: expiresAt && new Date(at + DAYS_90) };
  };
  const domainOf = (text: string): Result<string, { readonly code: 'channel.shop_domain_invalid' }> => {
    const domain = /^[a-z0-9-]+\.(myshopify\.com|example\.com)$/.exec(text.trim().toLowerCase())?.[0];
    return domain ? ok(domain) : err({ code: 'channel.shop_domain_invalid' });
  };
  const isGood = (credentials: string): boolean => {
    const before = replacing.get(credentials);
    if (before !== undefined) good.delete(before);
    return good.has(credentials) || (knowsKeys && credentials.startsWith('right'));
  };
  return {
    shop,
    consent: true,
    appSecrets,
    renewals: () => renewals,
    failRenewal: (refusal, done = false) => {
      failing = refusal && { refusal, done };
    },
    holdRenewals: (held) => {
      gate = held;
    },
    revoke: () => {
      knowsKeys = false;
      good.clear();
    },
    authorizer: {
      kind,
      broughtBy: appSecrets === null ? 'shop' : 'browser',
      keys: ['key'],
      start: (text, state) => {
        const domain = domainOf(text);
        if (!domain.ok) return domain;
        return ok({ shopDomain: domain.value, url: `https://${domain.value}/consent?state=${encodeURIComponent(state)}` });
      },
      stateOf: ({ state }) => (typeof state === 'string' ? state : undefined),
      finish: async (_, { code }) => (code === 'yes' ? ok(grant()) : err({ code: 'authorization.invalid' })),
      renew: async (_, credentials) => {
        renewals += 1;
        await gate();
        const failed = failing;
        failing = null;
        if (failed && !failed.done) return err(failed.refusal);
        if (!good.has(credentials)) return err({ code: 'shop.unauthorized', message: 'That is not known.' });
        const granted = grant();
        replacing.set(granted.credentials, credentials);
        return failed ? err(failed.refusal) : ok(granted);
      },
      fromKeys: (text, { key }) => {
        const domain = domainOf(text);
        if (!domain.ok) return domain;
        return key === undefined
          ? err({ code: 'channel.credentials_invalid', field: 'key' })
          : ok({ shopDomain: domain.value, credentials: key });
      },
    },
    open: (shopDomain, credentials) => {
      const { channel } = shop(shopDomain);
      const asked =
        <Asked extends readonly unknown[], Value, Refused extends ShopDoRefused>(
          ask: (...all: Asked) => Promise<Result<Value, Refused>>,
        ) =>
        async (...all: Asked) => {
          const held = await credentials();
          if (!held.ok) return held;
          return isGood(held.value) ? ask(...all) : err({ code: 'shop.unauthorized' as const, message: 'That is not known.' });
        };
      const opened: SalesChannel = {
        kind,
        supports: channel.supports,
        orderById: asked(channel.orderById),
        ordersSince: asked(channel.ordersSince),
        catalogue: asked(channel.catalogue),
        locations: asked(channel.locations),
        stockShown: asked(channel.stockShown),
        showStock: asked(channel.showStock),
        tellFulfilment: asked(channel.tellFulfilment),
        ensureWebhooks: asked(channel.ensureWebhooks),
        dropWebhooks: asked(channel.dropWebhooks),
        check: asked(channel.check),
      };
      return opened;
    },
  };
};
