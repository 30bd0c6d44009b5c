// Changing a row of one of the two tables is an architecture decision: write down why (docs/adr/0002-boundaries-are-checked.md).
// Every rule that is made here has a canary in scripts/canary.mjs, which breaks it on purpose.

// 1. Who knows whom. What isn't named in a row may not be imported, not even as a type.
const packagesKnow = {
  domain: [],
  testing: ['domain'],
  persistence: ['domain'],
  identity: ['domain'],
  carriers: ['domain'],
  channels: ['domain'],
  billing: ['domain'],
  resilience: ['domain'],
  metrics: ['domain'],
  outbound: ['domain'],
  limits: ['domain'],
  simulators: ['domain'],
  app: [
    'domain',
    'billing',
    'persistence',
    'identity',
    'carriers',
    'channels',
    'resilience',
    'metrics',
    'outbound',
    'limits',
    'simulators',
  ],
};
// Tests of these packages may use fakes, contracts and simulators; the domain's own tests stay inside it, or the package graph had a cycle.
const testsAlsoKnow = ['testing', 'simulators'];
// Carriers and shops are called through the guard and stand behind their breakers, and keep their contract in both.
const testsOfOneAlsoKnow = { carriers: ['outbound', 'resilience'], channels: ['outbound', 'resilience'] };
const slicesKnow = {
  kernel: [],
  tenancy: ['kernel'],
  inventory: ['kernel', 'tenancy'],
  orders: ['kernel', 'tenancy', 'inventory'],
  shipments: ['kernel', 'tenancy', 'inventory', 'orders'],
  returns: ['kernel', 'tenancy', 'inventory', 'orders', 'shipments'],
  channels: ['kernel', 'tenancy', 'inventory', 'orders'],
  subscriptions: ['kernel', 'tenancy'],
  webhooks: ['kernel', 'tenancy', 'orders', 'shipments', 'returns'],
};

// 2. Which library lives where, as beginnings of paths below packages/. What isn't named here may not be imported at all.
const http = 'app/src/http/';
const container = 'app/src/container/';
const librariesLive = {
  inversify: [container, 'app/src/main.ts'],
  'reflect-metadata': [container, 'app/src/main.ts'],
  fastify: [http, 'adapters/simulators/'],
  '@fastify/cors': [http],
  '@fastify/helmet': [http],
  '@fastify/swagger': [http],
  '@fastify/swagger-ui': [http],
  '@fastify/type-provider-typebox': [http],
  '@fastify/under-pressure': [http],
  typebox: [http],
  ajv: [http],
  'ajv-formats': [http],
  'fast-json-stringify': [http],
  'csv-parse': [http],
  pino: ['app/'],
  uuid: ['app/'],
  '@sentry/core': ['app/src/tracing/'],
  '@opentelemetry/api': ['app/src/tracing/'],
  '@opentelemetry/sdk-node': ['app/src/tracing/'],
  '@opentelemetry/exporter-trace-otlp-http': ['app/src/tracing/'],
  '@opentelemetry/exporter-trace-otlp-proto': ['app/src/tracing/'],
  '@opentelemetry/instrumentation-http': ['app/src/tracing/'],
  '@opentelemetry/instrumentation-ioredis': ['app/src/tracing/'],
  '@opentelemetry/instrumentation-pg': ['app/src/tracing/'],
  '@opentelemetry/instrumentation-undici': ['app/src/tracing/'],
  zod: ['app/'],
  knex: ['adapters/persistence/'],
  'lru-cache': ['adapters/persistence/'],
  pg: ['adapters/persistence/'],
  'graphile-worker': ['adapters/persistence/'],
  jsonwebtoken: ['adapters/identity/'],
  '@node-rs/argon2': ['adapters/identity/'],
  'ipaddr.js': ['adapters/outbound/src/guarded/'],
  undici: ['adapters/outbound/src/guarded/'],
  nodemailer: ['adapters/outbound/src/mail/'],
  'smtp-server': ['adapters/outbound/'],
  standardwebhooks: ['adapters/outbound/src/webhooks/'],
  opossum: ['adapters/resilience/'],
  'prom-client': ['adapters/metrics/'],
  ioredis: ['adapters/limits/'],
  'rate-limiter-flexible': ['adapters/limits/'],
  stripe: ['adapters/billing/'],
  'lossless-json': ['adapters/channels/'],
  '@cantoo/pdf-lib': ['adapters/carriers/src/documents/'],
  pdfkit: ['adapters/simulators/'],
  'bwip-js': ['adapters/simulators/'],
  transliteration: ['adapters/simulators/'],
  graphql: ['adapters/simulators/src/shopify/'],
  'fast-check': ['testing/'],
};
const librariesOfTests = ['ajv', 'fast-check', 'graphql', 'smtp-server', 'standardwebhooks'];

const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const folderOf = (name) => (['domain', 'testing', 'app'].includes(name) ? `packages/${name}` : `packages/adapters/${name}`);
const anyOf = (names) => `(?:${names.join('|')})`;
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Examples and laws, and the helpers that only they use (`*.test-kit.ts`): neither is compiled into a package. */
const tests = '\\.test(?:-kit)?\\.ts$';

const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const packageRules = Object.entries(packagesKnow).flatMap(([name, known]) => {
  const src = `^${folderOf(name)}/src/`;
  const not = (others) => `^${anyOf([name, ...others].map(folderOf))}/`;
  const others = name === 'domain' ? [] : [...testsAlsoKnow, ...(testsOfOneAlsoKnow[name] ?? [])];
  return [
    error(
      `package-${name}`,
      `${name} may import of our packages: ${known.join(', ') || 'none'}.`,
      { path: src, pathNot: tests },
      { path: '^packages/', pathNot: not(known) },
    ),
    error(
      `package-${name}-tests`,
      `Tests of ${name} may import of our packages: ${[...known, ...others].join(', ') || 'none'}.`,
      { path: `${src}.*${tests}` },
      { path: '^packages/', pathNot: not([...known, ...others]) },
    ),
  ];
});

const slice = (name) => `^packages/domain/src/${name}/`;
const sliceRules = Object.entries(slicesKnow).map(([name, known]) =>
  error(
    `slice-${name}`,
    `The slice ${name} may import: ${known.join(', ') || 'none'}.`,
    { path: slice(name) },
    { path: '^packages/domain/src/', pathNot: slice(anyOf([name, ...known])) },
  ),
);

const libraryRules = Object.entries(librariesLive).map(([name, homes]) =>
  error(
    `library-${name}`,
    `${name} lives in ${homes.join(', ')}.`,
    {
      path: '^packages/',
      pathNot: [`^packages/${anyOf(homes.map(escaped))}`, ...(librariesOfTests.includes(name) ? [tests] : [])],
    },
    { path: `(?:^|/)node_modules/(?:@types/)?${escaped(name)}/` },
  ),
);

/** Packages that shops, webhook endpoints and carriers are called from, or could be. */
const callForTenants = ['adapters/channels/', 'adapters/carriers/', 'adapters/outbound/', 'app/'];
const waysToTheNetwork = ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'child_process', 'worker_threads'];
/** The server's own: they only ask what a status is called, and what type a socket has. */
const namesOfHttp = ['document', 'problems/on-fault'];

/** What users import or run; everything else has to be reachable from here. */
const entries = Object.keys(packagesKnow).flatMap((name) => {
  const manifest = join(__dirname, folderOf(name), 'package.json');
  if (!existsSync(manifest)) return [];
  const { exports = {}, bin = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
  return [...Object.values(exports).map((target) => target.default), ...Object.values(bin)].map(
    (file) => `^${folderOf(name)}/${escaped(file.replace(/^(?:\.\/)?dist\//, 'src/').replace(/\.js$/, '.ts'))}$`,
  );
});
entries.push('^packages/app/src/docs/write-documents\\.ts$');

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...packageRules,
    ...sliceRules,
    ...libraryRules,
    error(
      'domain-is-pure',
      'The domain imports nothing but itself: no npm, no node:.',
      { path: '^packages/domain/src/', pathNot: tests },
      { pathNot: '^packages/domain/src/' },
    ),
    error(
      'slice-by-its-door',
      'Another slice is imported by its index.ts only.',
      { path: '^packages/domain/src/([^/]+)/' },
      { path: '^packages/domain/src/[^/]+/', pathNot: ['^packages/domain/src/$1/', '^packages/domain/src/[^/]+/index\\.ts$'] },
    ),
    error(
      'slice-by-its-door-at-the-top',
      "The domain's own entry takes from a slice what its index.ts names.",
      { path: '^packages/domain/src/[^/]+\\.ts$' },
      { path: '^packages/domain/src/[^/]+/', pathNot: '^packages/domain/src/[^/]+/index\\.ts$' },
    ),
    error(
      'package-by-its-name',
      'Another package is imported by its name, as a user would; a path into its sources goes around its exports.',
      { path: '^(packages/(?:adapters/)?[^/]+)/' },
      { path: '^packages/(?:adapters/)?[^/]+/(?:src/|package\\.json)', pathNot: '^$1/' },
    ),
    error(
      'package-not-by-its-own-name',
      'A package imports itself by relative paths: what it has compiled before may be old.',
      { path: '^(packages/(?:adapters/)?[^/]+)/src/' },
      { path: '^$1/dist/' },
    ),
    error(
      'library-has-a-home',
      'Every library has a row in the table of .dependency-cruiser.cjs before it is imported.',
      { path: '^packages/' },
      {
        path: '(?:^|/)node_modules/',
        pathNot: `(?:^|/)node_modules/(?:@types/)?${anyOf(Object.keys(librariesLive).map(escaped))}/`,
      },
    ),
    error(
      'library-is-declared',
      "A package declares what it imports; what happens to lie in the repository's node_modules isn't there for its users.",
      { path: '^packages/', pathNot: tests },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev', 'npm-optional'] },
    ),
    error(
      'network-by-the-guard',
      "Whatever a tenant named is called through the kernel's GuardedFetch (docs/adr/0012): here is no other way to the network, and no program that has one.",
      {
        path: `^packages/${anyOf(callForTenants)}src/`,
        pathNot: [tests, '^packages/adapters/outbound/src/guarded/', `^packages/app/src/http/${anyOf(namesOfHttp)}\\.ts$`],
      },
      { path: `^(?:node:)?${anyOf(waysToTheNetwork)}(?:/|$)`, dependencyTypes: ['core'] },
    ),
    error('no-unresolved', 'Every import leads somewhere. Is everything built?', {}, { couldNotResolve: true }),
    error('no-cycles', 'No module waits for itself, not even for a type.', {}, { circular: true }),
    error(
      'no-orphans',
      'Every file is reachable from an entry of its package.',
      { path: entries },
      { path: '^packages/.*/src/.*\\.ts$', pathNot: [tests, ...entries], reachable: false },
    ),
  ],
  options: {
    // dist is followed no further but never excluded: @rappit/* resolves there, and an excluded edge would be an unseen one.
    doNotFollow: { path: ['node_modules', '^packages/(?:adapters/)?[^/]+/dist/'] },
    exclude: { path: '^packages/(?:adapters/)?[^/]+/node_modules/\\.' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts', '.json', '.node'],
    },
  },
};
