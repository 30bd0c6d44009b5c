import type { Config } from '../config.js';
import { tokens } from '../container/tokens.js';
import { localKeys } from '../local-keys.js';
import type { RunningApp } from '../start.js';

const EMAIL = 'demo@rappit.example';

/** Makes the demo organization unless it is there, and says where everything is. */
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
Set DATABASE_URL to use a PostgreSQL of your own.
`);
};
