import { type PlanId, planIds } from '@rappit/domain';
import { z } from 'zod';

/** How this installation is paid. */
export type BillingConfig = {
  readonly secretKey: string;
  /** Any of them may have signed: there are two while one replaces the other. */
  readonly webhookSecrets: readonly string[];
  /** The id of each plan's price at Stripe. */
  readonly prices: Readonly<Record<PlanId, string>>;
  /** Stripe itself where it is null. */
  readonly server: { readonly protocol: 'http' | 'https'; readonly host: string; readonly port: number } | null;
};

const visible = /^[\x21-\x2b\x2d-\x7e]{8,255}$/;
const oneSecret = z.string().regex(visible, 'must be 8 to 255 visible ASCII characters');

const variables = z.object({
  /** Begins with `sk_` or `rk_`; money is real where `live` follows. */
  STRIPE_SECRET_KEY: oneSecret.optional(),
  /** Of the webhook endpoint at Stripe; two with a comma between them while one replaces the other. */
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every((part) => visible.test(part)), 'must be secrets of 8 to 255 visible ASCII characters each')
    .optional(),
  STRIPE_PRICE_STARTER: oneSecret.optional(),
  STRIPE_PRICE_GROWTH: oneSecret.optional(),
  STRIPE_PRICE_SCALE: oneSecret.optional(),
  /** A Stripe that isn't the real one, such as `http://127.0.0.1:12111`. */
  STRIPE_URL: z.url({ protocol: /^https?$/ }).optional(),
});

const priceNames = { starter: 'STRIPE_PRICE_STARTER', growth: 'STRIPE_PRICE_GROWTH', scale: 'STRIPE_PRICE_SCALE' } as const;
const needed = ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', ...Object.values(priceNames)] as const;

type Read = { readonly billing: BillingConfig | null; readonly faults: readonly string[] };
type Given = Readonly<Record<string, string | undefined>>;

/** Whether a key of Stripe's moves real money. */
export const isLive = (secretKey: string): boolean => /^[a-z]+_live_/.test(secretKey);

/**
 * All of it, or none: without any, nothing is sold and nothing is limited. An empty secret counts as missing, so it keeps the rest from
 * being taken: a signature by nothing would be anybody's.
 */
export const readBilling = (given: Given, inProduction: boolean): Read => {
  const parsed = variables.safeParse(given);
  if (!parsed.success)
    return { billing: null, faults: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
  const { data } = parsed;
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecrets, STRIPE_URL: url } = data;
  if (Object.values(data).every((value) => value === undefined)) return { billing: null, faults: [] };
  const faults = [
    ...needed.filter((name) => data[name] === undefined).map((name) => `${name}: must be set when any of STRIPE_* is`),
    ...(inProduction && url !== undefined ? ['STRIPE_URL: must not be set when NODE_ENV is production'] : []),
    ...(inProduction && secretKey !== undefined && !isLive(secretKey)
      ? ['STRIPE_SECRET_KEY: must be a live key when NODE_ENV is production']
      : []),
  ];
  const prices = planIds.flatMap((plan) => {
    const price = data[priceNames[plan]];
    return price === undefined ? [] : [[plan, price] as const];
  });
  if (new Set(prices.map(([, price]) => price)).size < prices.length) faults.push('STRIPE_PRICE_*: must be different prices');
  if (faults.length > 0 || secretKey === undefined || webhookSecrets === undefined) return { billing: null, faults };
  const all = Object.fromEntries(prices) as Record<PlanId, string>;
  return { billing: { secretKey, webhookSecrets, prices: all, server: url === undefined ? null : serverOf(url) }, faults: [] };
};

const serverOf = (text: string): BillingConfig['server'] => {
  const { protocol, hostname, port } = new URL(text);
  return protocol === 'http:'
    ? { protocol: 'http', host: hostname, port: Number(port || 80) }
    : { protocol: 'https', host: hostname, port: Number(port || 443) };
};
