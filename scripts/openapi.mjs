/** The API document as a client generator gets it: asked of a listening server, and valid as OpenAPI 3.1. */

import { decidePlacements, fewestLocations, freeTerms, noBilling, readsNoBilling } from '@rappit/domain';
import { inProcessRateLimiter } from '@rappit/limits';
import {
  fakeCarriers,
  fakeIds,
  fakeMeter,
  fakePasswords,
  fakeTokens,
  fakeVault,
  memoryPersistence,
  sha256,
} from '@rappit/testing/fakes';
import { Validator } from '@seriousme/openapi-schema-validator';
import { pino } from 'pino';
import { buildServer } from '../packages/app/dist/http/server.js';
import { makeUseCases } from '../packages/app/dist/use-cases.js';

const now = () => new Date();
const ids = fakeIds();
const memory = memoryPersistence({ now, decide: decidePlacements({ ids, policy: fewestLocations }) });
const tokens = fakeTokens(now);
const ports = {
  ...memory,
  passwords: fakePasswords,
  tokens,
  digest: sha256,
  ids,
  policy: fewestLocations,
  carriers: fakeCarriers(),
  vault: fakeVault,
  readers: {},
  connections: {},
  billing: { provider: noBilling, read: readsNoBilling, limits: false },
};
const server = await buildServer({
  useCases: makeUseCases(ports),
  read: memory.unitOfWork.read,
  tokens,
  accounts: memory.accounts,
  readiness: async () => ({ ready: true, checks: {}, tookMs: {} }),
  expose: async () => ({ contentType: 'text/plain', body: '' }),
  metricsToken: null,
  meter: fakeMeter(),
  logger: pino({ level: 'silent' }),
  wake: () => undefined,
  now,
  apiPrefix: '/api/v1',
  appUrl: 'https://desk.example.com',
  terms: freeTerms,
  billingUrl: 'https://desk.example.com/billing',
  corsOrigins: [],
  limits: { limiter: inProcessRateLimiter(), sizes: {}, pause: async () => undefined },
  trustedProxies: [],
  pressure: { eventLoopDelayMs: 0, heapBytes: 0 },
  version: '0.0.0',
});
// biome-ignore lint/nursery/useAwaitThenable: Fastify's types answer a promise and, with a callback, nothing.
const address = await server.listen({ host: '127.0.0.1', port: 0 });
try {
  const document = await (await fetch(`${address}/api/docs/json`)).json();
  const { valid, errors } = await new Validator().validate(document);
  console.log(
    `${document.openapi}: ${Object.keys(document.paths).length} paths, ${Object.keys(document.components.schemas).length} schemas`,
  );
  if (!valid || document.openapi !== '3.1.0') {
    console.error(JSON.stringify(errors, null, 2));
    process.exitCode = 1;
  }
} finally {
  await server.close();
}
