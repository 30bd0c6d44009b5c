import { z } from 'zod';

/** Our app, as it is registered with Shopify. */
export type ShopifyAppConfig = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What Shopify may still sign webhooks with, while the secret is being replaced. */
  readonly previousSecret: string | null;
};

export type ShopConfig = {
  /** Null where Shopify's shops are connected by keys only. */
  readonly shopifyApp: ShopifyAppConfig | null;
  /** Whether a shop of each kind is simulated beside the real ones. Never in production. */
  readonly simulatedShops: boolean;
};

const visible = z.string().regex(/^[\x21-\x7e]{8,200}$/, 'must be 8 to 200 visible ASCII characters');
const appSecret = z.string().regex(/^[\x21-\x7e]{20,200}$/, 'must be 20 to 200 visible ASCII characters');

/** Stores of WooCommerce hand us keys of their own, each when it is connected: for them nothing has to be set. */
const variables = z.object({
  SHOPIFY_API_KEY: visible.optional(),
  SHOPIFY_API_SECRET: appSecret.optional(),
  SHOPIFY_PREVIOUS_API_SECRET: appSecret.optional(),
  SIMULATED_SHOPS: z.enum(['on', 'off']).optional(),
});

type Given = Readonly<Record<string, string | undefined>>;
type Read = { readonly shops: ShopConfig; readonly faults: readonly string[] };

const none: ShopConfig = { shopifyApp: null, simulatedShops: false };

/** The app is read whole or not at all: an id without its secret would send owners to a page from which nobody can come back. */
export const readShops = (given: Given, environment: string): Read => {
  const parsed = variables.safeParse(given);
  if (!parsed.success)
    return { shops: none, faults: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
  const {
    SHOPIFY_API_KEY: clientId,
    SHOPIFY_API_SECRET: clientSecret,
    SHOPIFY_PREVIOUS_API_SECRET: previousSecret,
  } = parsed.data;
  const { SIMULATED_SHOPS: simulated } = parsed.data;
  const usually = environment !== 'production' && environment !== 'test';
  return {
    shops: {
      shopifyApp:
        clientId === undefined || clientSecret === undefined
          ? null
          : { clientId, clientSecret, previousSecret: previousSecret ?? null },
      simulatedShops: environment !== 'production' && (simulated === undefined ? usually : simulated === 'on'),
    },
    faults:
      environment === 'production'
        ? simulated === 'on'
          ? ['SIMULATED_SHOPS: must not be on when NODE_ENV is production']
          : []
        : together(clientId, clientSecret),
  };
};

/** In production both have to be there anyhow, which their gate says. */
const together = (clientId: string | undefined, clientSecret: string | undefined): readonly string[] => {
  if ((clientId === undefined) === (clientSecret === undefined)) return [];
  return clientId === undefined
    ? ['SHOPIFY_API_KEY: must be set beside SHOPIFY_API_SECRET']
    : ['SHOPIFY_API_SECRET: must be set beside SHOPIFY_API_KEY'];
};
