/** What has to be seen to before, while and after a release is put into production, and what ticks it. */
export type ChecklistItem = {
  readonly item: string;
  /** A command, in backticks, or where somebody looks. */
  readonly ticked: string;
};

export type ChecklistSection = { readonly title: string; readonly items: readonly ChecklistItem[] };

const gates = '`rappit gates`';
const probe = '`rappit gates --probe`';
const security = '`npm run test:e2e:security`';
const stock = '`npm run test:e2e:concurrent-inventory`';
const limits = '`npm run test:e2e:rate-limiting`';
const smoke = '`rappit smoke --url https://…`';
const operator = 'by whoever runs the installation';

export const checklist: readonly ChecklistSection[] = [
  {
    title: 'GATE-001: database and schema',
    items: [
      { item: 'The versions of everything that builds the schema are exact, in CI too', ticked: '`npm ci` (the lock file)' },
      { item: 'The schema can be made from nothing', ticked: '`npm test -- packages/adapters/persistence/src/migrations`' },
      { item: 'Statements of pending migrations were read', ticked: '`rappit migrate plan`' },
      { item: 'Migrations were applied', ticked: '`rappit migrate up`, then `rappit migrate status`' },
      { item: 'CI passes', ticked: '`.ci/run`' },
    ],
  },
  {
    title: 'GATE-002: carriers',
    items: [
      { item: "DHL's credentials are production's", ticked: probe },
      { item: "FedEx's credentials are production's", ticked: probe },
      { item: 'No URL of a carrier leads to a sandbox or a test world', ticked: gates },
      {
        item: 'A test shipment with DHL, its label and its tracking number',
        ticked: '`rappit smoke --url https://… --carrier dhl`, which buys one and cancels it',
      },
      {
        item: 'A test shipment with FedEx, its label and its tracking number',
        ticked: '`rappit smoke --url https://… --carrier fedex`, which buys one and cancels it',
      },
    ],
  },
  {
    title: 'GATE-003: isolation of organizations',
    items: [
      { item: 'Nobody reaches what is another organization’s', ticked: security },
      { item: 'What is another’s is answered 404 and never 403', ticked: security },
      { item: 'Every statement names the organization', ticked: '`npm test -- filters-alone`' },
      { item: 'A token counts for its organization only', ticked: security },
      { item: 'Roles and policies of the database are right', ticked: probe },
    ],
  },
  {
    title: 'GATE-004: OAuth and webhooks',
    items: [
      { item: 'No simulated provider is in production, in staging they are', ticked: gates },
      { item: 'Providers are asked at their own addresses', ticked: gates },
      { item: 'Tokens are refreshed', ticked: '`npm test -- packages/adapters/channels`' },
      {
        item: 'Signatures of webhooks are verified on real payloads',
        ticked: '`npm test -- packages/adapters/channels packages/adapters/billing`',
      },
    ],
  },
  {
    title: 'GATE-005: stock under concurrency',
    items: [
      { item: 'Thirty buyers at once get what is there and no more', ticked: stock },
      { item: 'Levels are locked by the database', ticked: stock },
      { item: 'Books hold; no promise is without its order', ticked: '`rappit reconcile`' },
      {
        item: 'Orphaned promises, changes of stock and oversold units are watched',
        ticked: '`deploy/prometheus`, `deploy/grafana`',
      },
    ],
  },
  {
    title: 'GATE-006: subscriptions',
    items: [
      { item: 'The guard of subscriptions is on', ticked: gates },
      { item: 'Whoever is blocked is logged and counted', ticked: '`npm test -- subscription`' },
      { item: 'Logs are collected', ticked: operator },
      { item: 'A dashboard and alerts are there', ticked: '`deploy/grafana`, `deploy/prometheus`' },
    ],
  },
  {
    title: 'GATE-007: rate limits and watching',
    items: [
      { item: 'Limits hold, with 429 and their headers', ticked: limits },
      { item: 'Metrics are exposed and scraped', ticked: '`curl https://…/metrics`; `deploy/prometheus`' },
      { item: 'A dashboard and alerts are there', ticked: '`deploy/grafana`, `deploy/prometheus`' },
    ],
  },
  {
    title: 'Environment',
    items: [
      { item: 'Every variable is set (`docs/configuration.md`, `.env.example`)', ticked: gates },
      { item: 'Secrets come from a vault, by variable or by `NAME_FILE`', ticked: gates },
    ],
  },
  {
    title: 'Tests before a deployment',
    items: [
      { item: 'All tests', ticked: '`npm run test:ci`' },
      { item: 'Security', ticked: security },
      { item: 'Stock under concurrency', ticked: stock },
      { item: 'Rate limits', ticked: limits },
      { item: 'Types, lint, boundaries and packages', ticked: '`npm run check`' },
    ],
  },
  {
    title: 'Deployment',
    items: [
      { item: 'The configuration is validated', ticked: '`NODE_ENV=production npm run start:dev`, or `rappit gates --probe`' },
      { item: 'The image is built', ticked: '`docker build -t rappit:latest .`' },
      { item: 'It runs', ticked: '`docker compose -f deploy/compose.yaml up`, or `kubectl apply -k deploy/k8s`' },
      { item: 'It lives and is ready', ticked: '`curl https://…/api/v1/health`, `curl https://…/api/v1/health/ready`' },
      { item: 'Metrics and API document are there', ticked: '`curl https://…/metrics`, `curl https://…/api/docs/json`' },
    ],
  },
  {
    title: 'Smoke tests',
    items: [
      { item: 'Login with a test account', ticked: smoke },
      { item: 'An order', ticked: smoke },
      {
        item: 'A shipment with DHL or FedEx, cancelled afterwards',
        ticked: '`rappit smoke --url https://… --carrier dhl`, or `fedex`',
      },
      { item: 'A webhook is worked off, and a forged one refused', ticked: smoke },
      { item: 'Stock is promised', ticked: smoke },
      { item: 'Ten rapid requests are counted, or refused', ticked: `${smoke}; with \`--until-refused\` for a 429` },
    ],
  },
  {
    title: 'Watching, in the first hour, the first day, and on',
    items: [
      { item: 'Errors in logs; rate of errors', ticked: 'the API dashboard' },
      { item: 'Connections to database and Redis', ticked: '`curl https://…/api/v1/health/ready`' },
      { item: 'Limits, blocks of subscriptions, carriers and their cost', ticked: 'their dashboards' },
      { item: 'Stock is right', ticked: '`rappit reconcile`' },
      { item: 'Performance of the database', ticked: operator },
    ],
  },
  {
    title: 'Rolling back',
    items: [
      {
        item: 'The version before serves on the newer schema (tried before the release)',
        ticked: '`npm run test:previous-version`',
      },
      {
        item: 'The version before is started again, on the newer schema',
        ticked: '`kubectl rollout undo deployment/rappit-api`, or `docker run … rappit:previous-version`',
      },
      { item: 'It lives', ticked: '`curl https://…/api/v1/health`' },
      { item: 'What went wrong is looked into', ticked: '`rappit migrate status`, `rappit gates`, the log' },
    ],
  },
  {
    title: 'Security around it',
    items: [
      { item: 'No secret is in the repository', ticked: '`npm test -- test/fixtures`' },
      { item: 'Keys are replaced regularly', ticked: '`rappit rotate-keys`; docs/security.md' },
      { item: 'A firewall and protection from floods stand in front; HTTPS only, TLS 1.2 or later', ticked: operator },
      { item: 'Origins of browsers are named', ticked: gates },
      {
        item: 'Recovery to a point in time was tried',
        ticked: '`npm test -- test/e2e/backup`, and with the tools of the installation (docs/backup.md)',
      },
      {
        item: 'The database is not public; backups are encrypted; its statements are logged',
        ticked: operator,
      },
      {
        item: 'Connections are pooled',
        ticked: '`DATABASE_POOL_SIZE`, and a pooler in between where there are many processes (docs/scaling.md)',
      },
    ],
  },
  {
    title: 'People',
    items: [
      { item: 'Who is on call, whom they ask next, and where they are reached', ticked: operator },
      { item: 'Signed off by backend, operations, security and technical lead, with names and dates', ticked: operator },
    ],
  },
];
