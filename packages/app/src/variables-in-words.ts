import type { variables } from './config.js';

type InWords = {
  /** What it is for, in a sentence or two. */
  readonly says: string;
  /** A value that would be taken. Never a secret that works: such a one is a placeholder, or says how it is made. */
  readonly example: string;
  /** What counts where it isn't set; absent where nothing does. */
  readonly otherwise?: string;
};

type Core = keyof (typeof variables)['shape'];

const core = {
  NODE_ENV: {
    says: 'Which kind of installation this is. Production is guarded by gates.',
    example: 'production',
    otherwise: '`production` where DATABASE_URL is set, else the demo',
  },
  HOST: { says: 'The address to listen on.', example: '0.0.0.0', otherwise: '0.0.0.0, in the demo 127.0.0.1' },
  PORT: { says: 'The port to listen on; 0 takes any.', example: '3000', otherwise: '3000' },
  API_PREFIX: { says: 'Where the routes begin. A missing slash is added.', example: '/api/v1', otherwise: '/api/v1' },
  DATABASE_URL: {
    says: 'PostgreSQL 15 or later, as the role that serves requests. It owns nothing.',
    example: 'postgresql://rappit_app:<password>@db.example.com:5432/rappit',
    otherwise: 'an embedded PostgreSQL, never in production',
  },
  DATABASE_DOOR_URL: {
    says: 'The same database, as the role that finds out whose something is, and owns the schema of the job queue.',
    example: 'postgresql://rappit_door:<password>@db.example.com:5432/rappit',
  },
  DATABASE_OWNER_URL: {
    says: 'The same database, as its owner. Only `rappit migrate` needs it; a server should not have it.',
    example: 'postgresql://rappit_owner:<password>@db.example.com:5432/rappit',
  },
  DATABASE_LOCAL_PROXY: {
    says: 'Says that a proxy on this machine, such as PgBouncer or that of a cloud, leads to the database, so that its local address is right in production.',
    example: 'on',
    otherwise: 'off',
  },
  START_PATIENCE_SECONDS: {
    says: 'How long a start waits for a database or a Redis that comes late.',
    example: '30',
    otherwise: '30',
  },
  DRAIN_NOTICE_SECONDS: {
    says: 'For how long a server that was told to stop says that it is not ready, and goes on, so that a balancer notices. Told again, it stops at once.',
    example: '5',
    otherwise: '5 in production, else 0',
  },
  DRAIN_SECONDS: {
    says: 'How long stopping may take after that. Whatever is still under way then is given up.',
    example: '25',
    otherwise: '25',
  },
  REDIS_URL: { says: 'Redis, where several processes run. Wins over host and port.', example: 'rediss://redis.example.com:6379' },
  REDIS_HOST: { says: 'The host of Redis, where no URL is set.', example: 'redis.example.com' },
  REDIS_PORT: { says: 'Its port.', example: '6379', otherwise: '6379' },
  REDIS_CLUSTER: {
    says: 'Some nodes of a Redis Cluster. User, password and TLS are then those of `REDIS_URL`, whose host counts for nothing.',
    example: 'cache-1:6379,cache-2:6379,cache-3:6379',
  },
  REDIS_SENTINELS: {
    says: 'Sentinels that know which Redis is the master. User, password, database and TLS are then those of `REDIS_URL`.',
    example: 'sentinel-1:26379,sentinel-2:26379,sentinel-3:26379',
  },
  REDIS_SENTINEL_MASTER: { says: 'The name by which the Sentinels know the master.', example: 'rappit' },
  DATABASE_POOL_SIZE: {
    says: 'Connections of one process for everything but placing orders and doors, which have ten of their own.',
    example: '10',
    otherwise: '10',
  },
  RAPPIT_DATA_DIR: {
    says: 'Where an embedded database and the keys of this machine are kept.',
    example: '/var/lib/rappit',
    otherwise: "below the user's data folder",
  },
  RAPPIT_EMAIL: {
    says: 'Whom `rappit smoke` and `rappit seed` sign in as, unless they are told by `--email`. A server needs none.',
    example: '<an admin of an organization for tests>',
  },
  RAPPIT_PASSWORD: { says: 'Their password. A server needs none.', example: '<password>' },
  JWT_SECRET: { says: 'Signs access tokens; 256 random bits or more.', example: '<openssl rand -hex 32>' },
  JWT_PREVIOUS_SECRET: { says: 'Tokens that it signed are still taken, while it is replaced.', example: '<the last JWT_SECRET>' },
  CREDENTIAL_KEY: { says: 'Seals stored credentials; 32 bytes in base64.', example: '<openssl rand -base64 32>' },
  CREDENTIAL_KEYS: {
    says: 'The same while keys are replaced: the first seals, all of them open (`rappit rotate-keys`).',
    example: '<2026-12:base64,2026-11:base64>',
  },
  SIGN_UP: {
    says: 'Whether whoever signs up gets a session at once, or a link by mail.',
    example: 'confirmed',
    otherwise: '`confirmed` in production and staging, else `immediate`',
  },
  SMTP_URL: { says: 'The mail server.', example: 'smtps://rappit:<password>@mail.example.com' },
  MAIL_FROM: { says: 'The sender of mails.', example: '<Rappit, and an address in angle brackets>' },
  APP_URL: { says: 'Where people open Rappit in a browser: links in mails lead there.', example: 'https://rappit.example.com' },
  PUBLIC_URL: {
    says: 'Where shops reach this server from outside.',
    example: 'https://rappit.example.com',
    otherwise: 'what APP_URL is',
  },
  SIMULATED_CARRIER: {
    says: 'Whether labels can be had from a simulated carrier. Never in production.',
    example: 'off',
    otherwise: 'on, but off in production',
  },
  DHL_WEBHOOK_TOKEN: { says: "What DHL's push API sends along, as agreed when subscribing.", example: '<20 to 200 characters>' },
  FEDEX_WEBHOOK_SECRET: { says: "The security token of FedEx's webhook project.", example: '<20 to 200 characters>' },
  CARRIER_COOL_DOWN_MS: {
    says: 'How long a carrier that fails is left alone before it is tried again. Milliseconds.',
    example: '10000',
    otherwise: '10000',
  },
  METRICS_PORT: {
    says: 'The port on which `rappit worker` shows `/metrics` and its health; 0 takes any.',
    example: '9464',
    otherwise: 'none: a worker shows nothing',
  },
  METRICS_TOKEN: { says: 'What a scraper of `/metrics` has to send as its bearer token.', example: '<openssl rand -hex 32>' },
  ALLOCATION_POLICY: {
    says: 'Which locations an order is served from.',
    example: 'fewestLocations',
    otherwise: 'fewestLocations',
  },
  PAYMENT_WINDOW_MINUTES: {
    says: 'How long stock is promised to an order whose payment is pending.',
    example: '30',
    otherwise: '30',
  },
  CORS_ORIGINS: {
    says: 'Origins whose pages may use the API from a browser, with commas between them.',
    example: 'https://desk.example.com',
    otherwise: 'none',
  },
  PRESSURE_EVENT_LOOP_DELAY_MS: {
    says: 'From which delay of the event loop on requests are turned away; 0 never does.',
    example: '1000',
    otherwise: '1000',
  },
  TRUSTED_PROXIES: {
    says: 'Proxies that may say for whom a request comes (`X-Forwarded-For`), as addresses and networks with commas between them.',
    example: '10.0.0.0/8',
  },
  RATE_LIMIT_REPLICAS: {
    says: 'How many processes serve the API: while Redis is away each keeps such a part of the limits by itself.',
    example: '3',
    otherwise: '1',
  },
  RATE_LIMIT_REDIS_TIMEOUT_MS: {
    says: 'After so many milliseconds without an answer a request is counted in the process instead.',
    example: '500',
    otherwise: '500',
  },
  LOG_LEVEL: { says: 'How much is logged.', example: 'info', otherwise: 'info' },
} as const satisfies Readonly<Record<Core, InWords>>;

const beside = {
  SENTRY_DSN: {
    says: 'Where Sentry is told of each error that is logged, scrubbed as the log is.',
    example: '<https://key@sentry.example.com/1>',
    otherwise: 'nobody is told, and nothing of Sentry is loaded',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    says: 'Where traces go, over OTLP by HTTP. The other standard variables of OpenTelemetry count too, such as OTEL_SERVICE_NAME and OTEL_TRACES_SAMPLER.',
    example: 'http://collector.example.com:4318',
    otherwise: 'no traces, and nothing of OpenTelemetry is loaded',
  },
  OTEL_EXPORTER_OTLP_PROTOCOL: {
    says: 'How traces are written: `http/protobuf` or `http/json`.',
    example: 'http/protobuf',
    otherwise: '`http/protobuf`',
  },
  DHL_API_URL: {
    says: "DHL's MyDHL API. Its host alone is enough.",
    example: 'https://express.api.dhl.com',
    otherwise: 'https://express.api.dhl.com/mydhlapi',
  },
  DHL_ACCOUNT_NUMBER: { says: "The installation's own account at DHL Express.", example: '<nine digits>' },
  DHL_API_KEY: { says: 'Its user of the API.', example: '<from the developer portal of DHL>' },
  DHL_API_SECRET: { says: 'Its password.', example: '<from the developer portal of DHL>' },
  DHL_DUTIES_ACCOUNT_NUMBER: { says: 'The account that pays duties, where it is another.', example: '<nine digits>' },
  DHL_TIME_ZONE: { says: 'Where parcels are picked up.', example: 'Europe/Berlin' },
  DHL_GOODS: { says: 'What is in parcels, where nothing says so.', example: 'Clothing' },
  FEDEX_API_URL: {
    says: "FedEx's REST APIs.",
    example: 'https://apis.fedex.com',
    otherwise: 'https://apis.fedex.com',
  },
  FEDEX_ACCOUNT_NUMBER: { says: "The installation's own account at FedEx.", example: '<nine digits>' },
  FEDEX_API_KEY: { says: 'The client id of its project.', example: '<from the developer portal of FedEx>' },
  FEDEX_SECRET_KEY: { says: 'The client secret of its project.', example: '<from the developer portal of FedEx>' },
  FEDEX_TRACK_API_KEY: { says: 'The client id of the project for tracking, which is one of its own.', example: '<client id>' },
  FEDEX_TRACK_SECRET_KEY: { says: 'Its client secret.', example: '<client secret>' },
  FEDEX_TIME_ZONE: { says: 'Where parcels are picked up.', example: 'Europe/Berlin' },
  FEDEX_PICKUP_TYPE: { says: 'How parcels come to FedEx.', example: 'USE_SCHEDULED_PICKUP' },
  SHOPIFY_API_KEY: {
    says: "The client id of our app at Shopify. Without it Shopify's shops are connected by keys only.",
    example: '<from the dashboard of Shopify>',
  },
  SHOPIFY_API_SECRET: { says: 'Its secret, which signs webhooks too.', example: '<from the dashboard of Shopify>' },
  SHOPIFY_PREVIOUS_API_SECRET: {
    says: 'What Shopify may still sign webhooks with while the secret is replaced.',
    example: '<20 to 200 characters>',
  },
  SIMULATED_SHOPS: {
    says: 'Whether a shop of each kind is simulated, which `/test/shops` shows. Never in production.',
    example: 'off',
    otherwise: 'on, but off in production and in tests',
  },
  STRIPE_SECRET_KEY: { says: 'A secret or restricted key, live in production.', example: '<sk_live_…>' },
  STRIPE_WEBHOOK_SECRET: {
    says: 'What Stripe signs webhooks with; two with a comma while one replaces the other.',
    example: '<whsec_…>',
  },
  STRIPE_PRICE_STARTER: { says: "The id of the starter plan's price at Stripe.", example: 'price_1AbCdEf' },
  STRIPE_PRICE_GROWTH: { says: 'So for the growth plan.', example: 'price_2AbCdEf' },
  STRIPE_PRICE_SCALE: { says: 'And for the scale plan.', example: 'price_3AbCdEf' },
  STRIPE_URL: { says: "A Stripe that isn't the real one. Never in production.", example: 'http://127.0.0.1:12111' },
} as const satisfies Readonly<Record<string, InWords>>;

const all: Readonly<Record<string, InWords>> = { ...core, ...beside };

/** Every variable, with what is to be said of it. */
export const variablesInWords: readonly (InWords & { readonly name: string })[] = Object.entries(all).map(([name, words]) => ({
  name,
  ...words,
}));

/** A value that a variable would take; undefined for what is no variable. */
export const exampleOf = (name: string): string | undefined => all[name]?.example;
