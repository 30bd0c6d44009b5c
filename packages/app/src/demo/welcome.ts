import { prefixOf } from '../api-prefix.js';
import { apiOf } from '../calling/api-caller.js';
import type { Config } from '../config.js';
import { tokens } from '../container/tokens.js';
import { localKeys } from '../local-keys.js';
import type { RunningApp } from '../start.js';
import { connectShops } from './connect-shops.js';

const EMAIL = 'demo@rappit.example';

/** Makes the demo organization unless it is there, connects the simulated shops to it, and says where everything is. */
export const welcome = async (config: Config, app: RunningApp): Promise<void> => {
  const { demoPassword } = await localKeys(config.dataDir);
  const { register } = await app.wired.get(tokens.useCases);
  await register(
    { organizationName: 'Demo', name: 'Demo', email: EMAIL, password: demoPassword, language: 'en' },
    { device: null },
  );
  console.log(`
Rappit runs embedded: its own PostgreSQL in ${config.dataDir}, a simulated carrier and Stripe, this machine only.
  API        ${app.url}${config.apiPrefix}
  documents  ${app.url}/api/docs
  sign in    ${EMAIL} / ${demoPassword}
${await shopsOf(config, app, demoPassword)}
Set DATABASE_URL to use a PostgreSQL of your own.
`);
};

/** A demo without its shops is still one: why they aren't there is said, and nothing ends. */
const shopsOf = async (config: Config, app: RunningApp, password: string): Promise<string> => {
  const { simulatedShops: shops } = await app.wired.get(tokens.settings);
  // Shops come back to the address that was configured, which nobody knows while any port will do.
  if (!shops || config.port === 0) return '  shops      none are simulated\n';
  const baseUrl = `${app.url}${prefixOf(config.apiPrefix)}`;
  try {
    const { token } = await apiOf(baseUrl, '').post<{ readonly token: string }>('/auth/login', { email: EMAIL, password });
    const channels = await connectShops({ baseUrl, token, shops });
    const rows = channels.map(({ kind, shopDomain }) => `  shop       ${shopDomain} (${kind}, simulated)\n`);
    return `${rows.join('')}  look       ${app.url}/test/shops shows what they show, and what they were told\n`;
  } catch (error) {
    return `  shops      not connected: ${error instanceof Error ? error.message : String(error)}\n`;
  }
};
