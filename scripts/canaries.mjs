/** What canary.mjs writes: for every rule the code that breaks it, and beside it the code that has to stay allowed. */

const folderOf = (name) => (['domain', 'testing', 'app'].includes(name) ? `packages/${name}` : `packages/adapters/${name}`);

let count = 0;
const canary = (rule, folder, code, others) => {
  count += 1;
  const end = rule.endsWith('-tests') ? '.test.ts' : '.ts';
  return { rule, file: `${folder}/canary-${count}${end}`, code, ...(others ? { others } : {}) };
};

// What each package must not import, and what its tests must not.
const strangers = {
  domain: ['@rappit/testing/fakes', '@rappit/testing/fakes'],
  testing: ['@rappit/persistence', '@rappit/persistence'],
  persistence: ['@rappit/identity', '@rappit/app'],
  identity: ['@rappit/persistence', '@rappit/persistence'],
  carriers: ['@rappit/outbound/guarded', '@rappit/persistence'],
  channels: ['@rappit/resilience', '@rappit/persistence'],
  billing: ['@rappit/channels/shopify', '@rappit/persistence'],
  resilience: ['@rappit/channels/shopify', '@rappit/metrics'],
  metrics: ['@rappit/simulators/carrier', '@rappit/resilience'],
  outbound: ['@rappit/persistence', '@rappit/resilience'],
  limits: ['@rappit/persistence', '@rappit/metrics'],
  simulators: ['@rappit/testing/fakes', '@rappit/channels/shopify'],
  app: ['@rappit/testing/fakes', '@rappit/stranger'],
};

const packages = Object.entries(strangers).flatMap(([name, [ofCode, ofTests]]) => [
  canary(`package-${name}`, `${folderOf(name)}/src`, `import '${ofCode}';`),
  canary(`package-${name}-tests`, `${folderOf(name)}/src`, `import '${ofTests}';`),
]);

// An edge is an edge in whatever way it is written.
const forms = [
  "import type { later } from '@rappit/persistence';",
  "export { later } from '@rappit/persistence';",
  "export type { later } from '@rappit/persistence';",
  "export const load = () => import('@rappit/persistence');",
].map((code) => canary('package-domain', 'packages/domain/src/kernel', code));

export const slices = [
  'kernel',
  'tenancy',
  'inventory',
  'orders',
  'shipments',
  'returns',
  'channels',
  'subscriptions',
  'webhooks',
];
const acrossSlices = Object.entries({
  kernel: 'tenancy',
  tenancy: 'inventory',
  inventory: 'orders',
  orders: 'shipments',
  shipments: 'channels',
  returns: 'channels',
  channels: 'shipments',
  subscriptions: 'orders',
  webhooks: 'inventory',
}).flatMap(([name, stranger]) => [
  canary(`slice-${name}`, `packages/domain/src/${name}`, `import '../${stranger}/index.js';`),
  canary(`slice-${name}`, `packages/domain/src/${name}`, `import type { Any } from '../${stranger}/index.js';`),
]);

const libraries = [
  ...['inversify', 'reflect-metadata', 'fastify', '@fastify/swagger', '@fastify/swagger-ui', '@fastify/type-provider-typebox'],
  ...[
    'typebox',
    'ajv',
    'ajv-formats',
    'fast-json-stringify',
    'csv-parse',
    'pino',
    'uuid',
    'zod',
    'knex',
    'lru-cache',
    'pg',
    'graphile-worker',
    'jsonwebtoken',
    '@node-rs/argon2',
  ],
  ...['opossum', 'prom-client', 'lossless-json', '@cantoo/pdf-lib', 'pdfkit', 'bwip-js', 'transliteration', 'fast-check'],
  ...['@fastify/cors', '@fastify/helmet', '@fastify/under-pressure'],
  ...['nodemailer', 'smtp-server', 'undici', 'ipaddr.js', 'ioredis', 'standardwebhooks', 'stripe', 'graphql'],
  ...[
    '@opentelemetry/api',
    '@opentelemetry/sdk-node',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/exporter-trace-otlp-proto',
  ],
  ...[
    '@opentelemetry/instrumentation-http',
    '@opentelemetry/instrumentation-ioredis',
    '@opentelemetry/instrumentation-pg',
    '@opentelemetry/instrumentation-undici',
  ],
  '@sentry/core',
  'rate-limiter-flexible',
];
export const stubLibraries = [...libraries, 'left-pad'];

const misplaced = libraries.flatMap((name) => [
  canary(
    `library-${name}`,
    name === 'prom-client' ? 'packages/adapters/identity/src' : 'packages/adapters/metrics/src',
    `import '${name}';`,
  ),
  canary(
    `library-${name}`,
    name === 'fast-check' ? 'packages/app/src/jobs' : 'packages/testing/src',
    `import type {} from '${name}';`,
  ),
]);

export const boundaryCanaries = [
  ...packages,
  ...forms,
  ...acrossSlices,
  ...misplaced,
  canary('library-inversify', 'packages/app/src/http', "import 'inversify';"),
  canary('library-fastify', 'packages/app/src/container', "import 'fastify';"),
  canary('domain-is-pure', 'packages/domain/src/orders', "import 'node:crypto';"),
  canary('domain-is-pure', 'packages/domain/src/orders', "import 'knex';"),
  canary('domain-is-pure', 'packages/domain/src', "import '@rappit/metrics';"),
  canary('slice-by-its-door', 'packages/domain/src/orders', "import '../kernel/secret.js';", {
    'packages/domain/src/kernel/secret.ts': 'export {};',
  }),
  canary('slice-by-its-door-at-the-top', 'packages/domain/src', "export * from './kernel/secret.js';"),
  canary('package-by-its-name', 'packages/adapters/identity/src', "import '../../../domain/src/index.js';"),
  canary('package-by-its-name', 'packages/app/src/cli', "import '../../../adapters/identity/src/index.js';"),
  canary('package-not-by-its-own-name', 'packages/adapters/identity/src', "import '@rappit/identity';"),
  canary('library-has-a-home', 'packages/app/src/http', "import 'left-pad';"),
  canary('library-is-declared', 'packages/adapters/metrics/src', "import 'zod';"),
  canary('library-is-declared', 'packages/adapters/metrics/src', "import type {} from 'zod';"),
  ...[
    'node:https',
    'node:http',
    'node:http2',
    'node:net',
    'node:tls',
    'node:dgram',
    'node:dns/promises',
    'node:child_process',
  ].map((way) => canary('network-by-the-guard', 'packages/adapters/channels/src', `import '${way}';`)),
  canary('network-by-the-guard', 'packages/adapters/carriers/src', "import 'node:https';"),
  canary('network-by-the-guard', 'packages/adapters/outbound/src/mail', "export const load = () => import('node:https');"),
  canary('network-by-the-guard', 'packages/app/src/jobs', "import { request } from 'http';\nexport const ask = request;"),
  canary('no-unresolved', 'packages/app/src/http', "import './nowhere.js';"),
  canary('no-cycles', 'packages/app/src/http', "import './canary-cycle.js';", {
    'packages/app/src/http/canary-cycle.ts': `import type {} from './canary-${count + 1}.js';`,
  }),
  canary('no-orphans', 'packages/app/src/http', 'export {};'),
];

const allowedThing = (folder, code, end = '.ts') => {
  count += 1;
  return { file: `${folder}/allowed-${count}${end}`, code };
};

export const boundaryAllowed = [
  allowedThing('packages/domain/src/shipments', "import '../orders/index.js';\nimport '../kernel/index.js';"),
  allowedThing('packages/domain/src/channels', "import '../orders/index.js';"),
  allowedThing('packages/domain/src/orders', "import 'fast-check';\nimport './index.js';", '.test.ts'),
  allowedThing('packages/adapters/persistence/src', "import '@rappit/domain';\nimport 'knex';\nimport 'node:fs';"),
  allowedThing(
    'packages/adapters/persistence/src',
    "import '@rappit/testing/contracts';\nimport '@rappit/simulators/carrier';",
    '.test.ts',
  ),
  allowedThing('packages/adapters/simulators/src', "import 'fastify';"),
  allowedThing('packages/adapters/outbound/src/guarded', "import 'node:dns/promises';\nimport 'undici';"),
  allowedThing('packages/adapters/channels/src', "import 'node:crypto';\nimport 'node:buffer';"),
  allowedThing('packages/adapters/channels/src', "import 'node:net';", '.test.ts'),
  allowedThing('packages/testing/src/contracts', "import '@rappit/domain';\nimport 'fast-check';"),
  allowedThing('packages/app/src/container', "import 'inversify';\nimport '@rappit/persistence/embedded';"),
  allowedThing('packages/app/src/http', "import 'fastify';\nimport 'typebox';\nimport '@rappit/domain';"),
];

const persistence = 'packages/adapters/persistence/src';
export const biomeCanaries = [
  canary('no-ambient-time-or-chance', 'packages/domain/src/kernel', 'export const now = () => new Date();'),
  canary('no-ambient-time-or-chance', 'packages/domain/src/kernel', 'export const now = () => Date.now();'),
  canary('no-ambient-time-or-chance', 'packages/domain/src/kernel', 'export const now = Date.now;'),
  canary('no-ambient-time-or-chance', 'packages/domain/src/kernel', 'export const now = () => Date();'),
  canary('no-ambient-time-or-chance', 'packages/domain/src/kernel', 'export const dice = () => Math.random();'),
  canary('no-interpolated-sql', persistence, 'export const ask = (knex, id) => knex.raw(`select ${id}`);'),
  canary('no-interpolated-sql', persistence, "export const ask = (knex, id) => knex.raw('select ' + id);"),
  canary('no-interpolated-sql', persistence, 'export const ask = (knex, id) => knex.raw<string>(`select ${id}`, []);'),
  canary(
    'no-interpolated-sql',
    persistence,
    "export const ask = (knex, id) =>\n  knex('item')\n    .where('a', 1)\n    .orWhereRaw(`id = ${id}`);",
  ),
  canary('no-interpolated-sql', persistence, 'export const ask = (trx, ids) => trx.raw(ids.map((id) => `(${id})`).join());'),
  canary('noFloatingPromises', persistence, 'const later = async () => {};\nexport const start = () => {\n  later();\n};'),
  canary(
    'noFloatingPromises',
    'packages/app/src/jobs',
    "import { later } from '@rappit/domain';\nexport const start = () => {\n  later();\n};",
  ),
  canary('noMisusedPromises', persistence, 'const later = async () => true;\nexport const start = () => (later() ? 1 : 2);'),
  canary('useAwaitThenable', persistence, 'export const start = async () => {\n  await 1;\n};'),
  canary(
    'useExhaustiveSwitchCases',
    persistence,
    "export const name = (one: 'a' | 'b') => {\n  switch (one) {\n    case 'a':\n      return 1;\n  }\n};",
  ),
  canary('noRestrictedGlobals', 'packages/adapters/channels/src', 'export const ask = (url) => fetch(url);'),
  canary('noRestrictedGlobals', 'packages/app/src/jobs', 'export const ask = (url) => fetch(url);'),
  ...[
    'fetch(url)',
    'globalThis.fetch(url)',
    "globalThis['fetch'](url)",
    'new WebSocket(url)',
    'new EventSource(url)',
    "process.getBuiltinModule('node:https').get(url)",
  ].map((call) => canary('no-other-network', 'packages/adapters/channels/src', `export const ask = (url) => ${call};`)),
  canary('no-other-network', 'packages/app/src/jobs', 'export const ask = { fetch: globalThis.fetch };'),
  canary('no-other-network', 'packages/adapters/carriers/src', 'export const ask = (url) => fetch(url);'),
  canary('no-other-network', 'packages/adapters/outbound/src/mail', 'export const ask = (url) => new WebSocket(url);'),
  canary('noReExportAll', 'packages/domain/src/kernel', "export * from './secret.js';"),
  canary('useImportType', persistence, "import { Knex } from 'knex';\nexport const same = (knex: Knex) => knex;"),
  canary('useNodejsImportProtocol', persistence, "import fs from 'fs';\nexport const read = fs.readFileSync;"),
  canary('useThrowOnlyError', persistence, "export const fail = () => {\n  throw 'no';\n};"),
  canary('noExplicitAny', persistence, 'export const one: any = 1;'),
  canary('noTsIgnore', persistence, '// @ts-ignore\nexport const one: string = 1;'),
  canary('noFocusedTests', persistence, "it.only('is alone', () => {});"),
  canary('noSkippedTests', persistence, "it.skip('is left out', () => {});"),
];

export const biomeAllowed = [
  allowedThing('packages/adapters/channels/src', 'export const ask = (guard, url) => guard.send({ url });'),
  allowedThing('packages/adapters/channels/src', 'export const ask = (url) => fetch(url);', '.test.ts'),
  allowedThing('packages/domain/src/kernel', 'export const at = (milliseconds: number) => new Date(milliseconds);'),
  allowedThing('packages/domain/src/kernel', 'export const now = () => new Date();', '.test.ts'),
  allowedThing(persistence, 'export const now = () => new Date();'),
  allowedThing(persistence, "export const ask = (knex, id) => knex.raw('select ?', [`${id}%`]);"),
  allowedThing(persistence, 'export const ask = (knex) => knex.raw(`select\n 1`);'),
];
