import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type BillingConfig, readBilling } from './billing-config.js';
import { type CarrierCode, type CarrierConfig, readCarriers } from './carrier-config.js';
import { type CredentialKey, keysByName, oneKey } from './credential-keys.js';
import { type LimitSizes, readLimits } from './limit-config.js';
import { type RedisPlace, redisFaults, redisNodes, redisPlaceOf } from './redis-config.js';
import { readShops, type ShopConfig } from './shop-config.js';

/** `demo` is what runs when nothing at all is set: embedded, on this machine only, with simulated carriers. */
export const environments = ['development', 'test', 'staging', 'production', 'demo'] as const;

/** Which locations an order is served from, by the name of the domain's policy. */
export const allocationPolicies = ['fewestLocations', 'byPriority'] as const;

/** What registering answers: a session at once, or the same for every address, which is then confirmed by mail. */
export const signUps = ['immediate', 'confirmed'] as const;

/** 256 bits: a shorter HMAC key can be guessed. */
const SECRET_BYTES = 32;

const secret = z
  .string()
  .refine((text) => Buffer.byteLength(text) >= SECRET_BYTES, `must be at least ${SECRET_BYTES} bytes long`);
/** Some vendors take no more than a few dozen characters. */
const webhookSecret = z.string().regex(/^[\x21-\x7e]{20,200}$/, 'must be 20 to 200 visible ASCII characters');
const isReadable = (url: string): boolean => {
  try {
    const { username, password } = new URL(url);
    return decodeURIComponent(username + password) !== undefined;
  } catch {
    return false;
  }
};
const databaseUrl = z
  .string()
  .refine(
    (url) => /^postgres(ql)?:\/\/[^/]+\/.+/.test(url) && isReadable(url),
    'must be a postgresql:// URL with a database, user and password percent-encoded',
  );
/** A comma between origins, each as a browser names it: scheme, host and port, nothing after it. */
const origins = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine(
    (parts) =>
      parts.every((part) => part === '*' || (!part.includes('*') && URL.canParse(part) && new URL(part).origin === part)),
    'must be origins such as https://desk.example.com with commas between them, or *',
  );

const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const proxies = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine(
    (parts) => parts.every((part) => network.safeParse(part).success),
    'must be addresses or networks such as 10.0.0.0/8 with commas between them',
  );

/**
 * Every variable that is read, in one place, but those of carriers, of shops, of Stripe and of limits (`carrier-config.ts`,
 * `shop-config.ts`, `billing-config.ts`, `limit-config.ts`). An empty text counts as not set.
 */
export const variables = z.object({
  NODE_ENV: z.enum(['development', 'test', 'staging', 'production']).optional(),
  HOST: z.string().optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  API_PREFIX: z.string().default('/api/v1'),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_DOOR_URL: databaseUrl.optional(),
  DATABASE_OWNER_URL: databaseUrl.optional(),
  DATABASE_LOCAL_PROXY: z.enum(['on', 'off']).default('off'),
  START_PATIENCE_SECONDS: z.coerce.number().int().min(0).max(600).default(30),
  DRAIN_NOTICE_SECONDS: z.coerce.number().int().min(0).max(600).optional(),
  DRAIN_SECONDS: z.coerce.number().int().min(1).max(600).default(25),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/[^/]+/, 'must be a redis:// or rediss:// URL')
    .optional(),
  REDIS_HOST: z.string().optional(),
  REDIS_PORT: z.coerce.number().int().min(1).max(65_535).default(6379),
  REDIS_CLUSTER: redisNodes.optional(),
  REDIS_SENTINELS: redisNodes.optional(),
  REDIS_SENTINEL_MASTER: z.string().optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  RAPPIT_DATA_DIR: z.string().optional(),
  /** Whom `rappit smoke` and `rappit seed` sign in as. No server reads them. */
  RAPPIT_EMAIL: z.string().optional(),
  RAPPIT_PASSWORD: z.string().optional(),
  JWT_SECRET: secret.optional(),
  JWT_PREVIOUS_SECRET: secret.optional(),
  CREDENTIAL_KEY: oneKey.optional(),
  CREDENTIAL_KEYS: keysByName.optional(),
  SIGN_UP: z.enum(signUps).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/]+/, 'must be an smtp:// or smtps:// URL')
    .optional(),
  /** The sender of mails as it is shown, such as `Rappit <no-reply@example.com>`. */
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\r\n]*$/, 'must be an e-mail address, with or without a name')
    .optional(),
  /** Where people open Rappit in a browser: the links of mails lead there. */
  APP_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Where shops and their browsers reach this server from outside, when that isn't where the app is opened. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Whether labels can be had from a carrier that is simulated: everywhere but in production, unless it says `off`. */
  SIMULATED_CARRIER: z.enum(['on', 'off']).optional(),
  /** What DHL's push API sends along, as it was told to when somebody subscribed. */
  DHL_WEBHOOK_TOKEN: webhookSecret.optional(),
  /** The security token of FedEx's webhook project. */
  FEDEX_WEBHOOK_SECRET: webhookSecret.optional(),
  /** How long a carrier that fails is left alone before somebody tries it again. */
  CARRIER_COOL_DOWN_MS: z.coerce.number().int().min(1).max(3_600_000).default(10_000),
  METRICS_TOKEN: z.string().optional(),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  ALLOCATION_POLICY: z.enum(allocationPolicies).default('fewestLocations'),
  /** How long stock is promised to an order whose payment is pending. */
  PAYMENT_WINDOW_MINUTES: z.coerce.number().int().min(1).max(10_080).default(30),
  CORS_ORIGINS: origins.default([]),
  PRESSURE_EVENT_LOOP_DELAY_MS: z.coerce.number().int().min(0).default(1_000),
  /** Proxies that may say for whom a request comes, as addresses and networks with commas between them. */
  TRUSTED_PROXIES: proxies.default([]),
  /** How many processes serve the API: while Redis is away each keeps such a part of the limits by itself. */
  RATE_LIMIT_REPLICAS: z.coerce.number().int().min(1).max(10_000).default(1),
  /** After so long without an answer a request is counted in the process instead. */
  RATE_LIMIT_REDIS_TIMEOUT_MS: z.coerce.number().int().min(1).max(60_000).default(500),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

type Data = z.infer<typeof variables>;

export type Config = ShopConfig & {
  readonly environment: (typeof environments)[number];
  readonly host: string;
  readonly port: number;
  readonly apiPrefix: string;
  readonly allocationPolicy: (typeof allocationPolicies)[number];
  readonly logLevel: string;
  readonly paymentWindowMinutes: number;
  readonly signUp: (typeof signUps)[number];
  /** Null where mail is written into the data folder instead. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Without a slash at its end. */
  readonly appUrl: string;
  /** Where this server is reached from outside, without a slash at its end. */
  readonly publicUrl: string;
  /** Null where DHL can tell us nothing by itself; so below for FedEx. */
  readonly dhlWebhookToken: string | null;
  readonly fedexWebhookSecret: string | null;
  readonly metricsToken: string | null;
  /** Where a process that serves nothing else shows metrics and health; null where it doesn't. */
  readonly metricsPort: number | null;
  readonly corsOrigins: readonly string[];
  /** From which delay of the event loop on requests are turned away; 0 never does. */
  readonly pressureDelayMs: number;
  readonly poolSize: number;
  /** Where the embedded database and the keys of this machine are kept when they aren't configured. */
  readonly dataDir: string;
  /** Null where nothing is shared with other processes, as there are none. `REDIS_URL` wins over host and port. */
  readonly redis: RedisPlace | null;
  readonly databaseUrl: string | null;
  readonly doorUrl: string | null;
  readonly ownerUrl: string | null;
  /** How long a start waits for a database or a Redis that comes late. */
  readonly startPatienceMs: number;
  /** For how long a server that was told to stop says that it isn't ready and goes on, so that whoever sends requests to it notices. */
  readonly drainNoticeMs: number;
  /** How long stopping may take after that, before whatever is left is given up. */
  readonly drainMs: number;
  readonly jwtSecret: string | null;
  /** Tokens that it signed are still taken, while it is being replaced. */
  readonly previousJwtSecret: string | null;
  /** The first seals, all of them open. Each is 32 bytes in base64; a single one without a name is `k1`. */
  readonly credentialKeys: readonly CredentialKey[] | null;
  readonly carriers: Readonly<Record<CarrierCode, CarrierConfig>>;
  /** Null where nothing is sold, unless Stripe is simulated. */
  readonly billing: BillingConfig | null;
  /** In the demo, where it isn't configured: a Stripe on this machine in which nothing is real. */
  readonly simulatedStripe: boolean;
  readonly simulatedCarrier: boolean;
  readonly carrierCoolDownMs: number;
  readonly limits: LimitSizes;
  readonly limitReplicas: number;
  readonly limitRedisTimeoutMs: number;
  readonly trustedProxies: readonly string[];
};

/** Everything that is wrong with the environment, at once, each with the variable's name. */
export class ConfigInvalid extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration, or everything that keeps it from being one. */
export const readConfig = (environment: Environment): Config => {
  const { config, faults } = examine(environment);
  if (faults.length > 0) throw new ConfigInvalid(faults);
  return config;
};

/** The same for a command that needs a part of the configuration only: what else is wrong doesn't keep it from its work. */
export const readPart = (environment: Environment, isNeeded: (variable: string) => boolean): Config => {
  const { config, faults } = examine(environment);
  const inTheWay = faults.filter((fault) => isNeeded(variableOf(fault)));
  if (inTheWay.length > 0) throw new ConfigInvalid(inTheWay);
  return config;
};

/** Each fault begins with the variable that it is about. */
export const variableOf = (fault: string): string => fault.split(':')[0] ?? '';

/** What was set, and whatever is wrong with it. What can't be read counts as not set, so that nothing else is hidden by it. */
export const examine = (environment: Environment): { readonly config: Config; readonly faults: readonly string[] } => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const unreadable = faultsOfForm(given);
  const names = new Set(unreadable.map(variableOf));
  const sound = Object.fromEntries(Object.entries(given).filter(([name]) => !names.has(name)));
  const { config, faults } = configOf(sound);
  return { config, faults: [...unreadable, ...faults.filter((fault) => !names.has(variableOf(fault)))] };
};

const faultsOfForm = (given: Environment): readonly string[] =>
  (variables.safeParse(given).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

const configOf = (given: Environment): { readonly config: Config; readonly faults: readonly string[] } => {
  const data = variables.parse(given);
  const name = data.NODE_ENV ?? (data.DATABASE_URL ? 'production' : 'demo');
  const open = name === 'production' || name === 'staging';
  const signUp = data.SIGN_UP ?? (open ? 'confirmed' : 'immediate');
  const appUrl = (data.APP_URL ?? `http://localhost:${data.PORT}`).replace(/\/+$/, '');
  const inProduction = name === 'production' ? [...missingInProduction(data, signUp), ...tooOpenForProduction(data)] : [];
  const { carriers, faults: ofCarriers } = readCarriers(given, name === 'production');
  const { billing, faults: ofBilling } = readBilling(given, name === 'production');
  const { shops, faults: ofShops } = readShops(given, name);
  const { sizes: limits, faults: ofLimits } = readLimits(given, name === 'production');
  const faults = [...inProduction, ...contradictions(data), ...ofCarriers, ...ofBilling, ...ofShops, ...ofLimits];
  const config: Config = {
    environment: name,
    host: data.HOST ?? (name === 'demo' ? '127.0.0.1' : '0.0.0.0'),
    port: data.PORT,
    apiPrefix: data.API_PREFIX,
    allocationPolicy: data.ALLOCATION_POLICY,
    logLevel: data.LOG_LEVEL,
    paymentWindowMinutes: data.PAYMENT_WINDOW_MINUTES,
    signUp,
    smtpUrl: data.SMTP_URL ?? null,
    mailFrom: data.MAIL_FROM ?? `Rappit <no-reply@${new URL(appUrl).hostname}>`,
    appUrl,
    publicUrl: (data.PUBLIC_URL ?? appUrl).replace(/\/+$/, ''),
    ...shops,
    dhlWebhookToken: data.DHL_WEBHOOK_TOKEN ?? null,
    fedexWebhookSecret: data.FEDEX_WEBHOOK_SECRET ?? null,
    metricsToken: data.METRICS_TOKEN ?? null,
    metricsPort: data.METRICS_PORT ?? null,
    corsOrigins: data.CORS_ORIGINS,
    pressureDelayMs: data.PRESSURE_EVENT_LOOP_DELAY_MS,
    poolSize: data.DATABASE_POOL_SIZE,
    dataDir: data.RAPPIT_DATA_DIR ?? defaultDataDir(given),
    redis: redisPlaceOf(data),
    databaseUrl: data.DATABASE_URL ?? null,
    doorUrl: data.DATABASE_DOOR_URL ?? null,
    ownerUrl: data.DATABASE_OWNER_URL ?? null,
    startPatienceMs: data.START_PATIENCE_SECONDS * 1_000,
    drainNoticeMs: (data.DRAIN_NOTICE_SECONDS ?? (name === 'production' ? 5 : 0)) * 1_000,
    drainMs: data.DRAIN_SECONDS * 1_000,
    jwtSecret: data.JWT_SECRET ?? null,
    previousJwtSecret: data.JWT_PREVIOUS_SECRET ?? null,
    credentialKeys: data.CREDENTIAL_KEYS ?? data.CREDENTIAL_KEY ?? null,
    carriers,
    billing,
    simulatedStripe: name === 'demo' && billing === null,
    carrierCoolDownMs: data.CARRIER_COOL_DOWN_MS,
    limits,
    limitReplicas: data.RATE_LIMIT_REPLICAS,
    limitRedisTimeoutMs: data.RATE_LIMIT_REDIS_TIMEOUT_MS,
    trustedProxies: data.TRUSTED_PROXIES,
    simulatedCarrier: name !== 'production' && data.SIMULATED_CARRIER !== 'off',
  };
  return { config, faults };
};

const missingInProduction = (data: Data, signUp: Config['signUp']): string[] => {
  const always = (['DATABASE_URL', 'DATABASE_DOOR_URL', 'JWT_SECRET', 'CREDENTIAL_KEY'] as const)
    .filter((name) => data[name] === undefined && !(name === 'CREDENTIAL_KEY' && data.CREDENTIAL_KEYS !== undefined))
    .map((name) => `${name}: must be set when NODE_ENV is production`);
  // Whoever signs up is sent a link, and couldn't sign up at all without it.
  const forMail = (['SMTP_URL', 'APP_URL'] as const)
    .filter((name) => signUp === 'confirmed' && data[name] === undefined)
    .map((name) => `${name}: must be set when NODE_ENV is production, unless SIGN_UP is immediate`);
  return [...always, ...forMail];
};

const tooOpenForProduction = ({ CORS_ORIGINS, SIMULATED_CARRIER }: Data): string[] => [
  ...(CORS_ORIGINS.includes('*') ? ['CORS_ORIGINS: must name each origin when NODE_ENV is production'] : []),
  ...(SIMULATED_CARRIER === 'on' ? ['SIMULATED_CARRIER: must not be on when NODE_ENV is production'] : []),
];

const contradictions = (data: Data): string[] => [
  ...redisFaults(data),
  ...(data.CREDENTIAL_KEY !== undefined && data.CREDENTIAL_KEYS !== undefined
    ? ['CREDENTIAL_KEY: must not be set beside CREDENTIAL_KEYS, in which it is k1']
    : []),
];

/** A root user's home is closed to the account that PostgreSQL runs as, so root keeps its data elsewhere. */
const defaultDataDir = (environment: Environment): string =>
  process.getuid?.() === 0
    ? '/var/lib/rappit'
    : join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'rappit');
