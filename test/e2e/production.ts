import { randomBytes } from 'node:crypto';
import type { TestDatabase } from '../database.js';
import { SECRET } from '../markers.js';

/** No Redis listens there, nobody waits for it, and no balancer has to notice that a server stops. */
const ALONE = { REDIS_URL: 'redis://127.0.0.1:1', START_PATIENCE_SECONDS: '0', DRAIN_NOTICE_SECONDS: '0' };

/** Nothing of it opens anything. */
const outside = {
  DHL_ACCOUNT_NUMBER: '123456789',
  DHL_API_KEY: `${SECRET}-user`,
  DHL_API_SECRET: `${SECRET}-password`,
  DHL_WEBHOOK_TOKEN: `${SECRET}-of-the-push-api`,
  FEDEX_ACCOUNT_NUMBER: '123456789',
  FEDEX_API_KEY: `${SECRET}-id`,
  FEDEX_SECRET_KEY: `${SECRET}-secret`,
  FEDEX_WEBHOOK_SECRET: `${SECRET}-of-the-webhooks`,
  SHOPIFY_API_KEY: `${SECRET}-app-of-shopify`,
  SHOPIFY_API_SECRET: `${SECRET}-secret-of-shopify`,
  STRIPE_SECRET_KEY: `sk_live_${SECRET}`,
  STRIPE_WEBHOOK_SECRET: `whsec_${SECRET}_of_stripe`,
  STRIPE_PRICE_STARTER: `price_${SECRET}_starter`,
  STRIPE_PRICE_GROWTH: `price_${SECRET}_growth`,
  STRIPE_PRICE_SCALE: `price_${SECRET}_scale`,
};

/** An environment that passes the gates on a database of the test's own. Who signs up gets a session at once. */
export const productionOn = ({ appUrl, doorUrl }: Pick<TestDatabase, 'appUrl' | 'doorUrl'>): Record<string, string> => ({
  ...outside,
  ...ALONE,
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  SIGN_UP: 'immediate',
  DATABASE_URL: appUrl,
  DATABASE_DOOR_URL: doorUrl,
  DATABASE_LOCAL_PROXY: 'on',
  JWT_SECRET: randomBytes(32).toString('hex'),
  CREDENTIAL_KEY: randomBytes(32).toString('base64'),
});
