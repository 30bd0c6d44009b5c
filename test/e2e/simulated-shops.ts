import { randomBytes } from 'node:crypto';
import { freshDatabase } from '../database.js';
import { lastingPort } from '../port.js';
import { startProcess } from './app-process.js';

/** What the simulated shops are connected by. */
export const simulatedNames = {
  shopify: { shop: 'rappit-demo.myshopify.com' },
  woocommerce: { shop: 'store.rappit.example' },
} as const;

/** A server in a process of its own, which simulates a shop of each kind and is reached by them. */
export const withSimulatedShops = async (environment: Readonly<Record<string, string>> = {}) => {
  const [database, port] = [await freshDatabase(), await lastingPort()];
  const app = await startProcess({
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: String(port),
    APP_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: database.appUrl,
    DATABASE_DOOR_URL: database.doorUrl,
    JWT_SECRET: randomBytes(32).toString('hex'),
    CREDENTIAL_KEY: randomBytes(32).toString('base64'),
    SIMULATED_SHOPS: 'on',
    ...environment,
  });
  return { app, stop: () => app.kill('SIGTERM') };
};

/** Asks until it is so; Jest's own patience is the end of it. */
export const until = async <Value>(ask: () => Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> => {
  for (;;) {
    const value = await ask();
    if (isSo(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
