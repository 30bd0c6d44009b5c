import type {
  AccessTokens,
  AccountForms,
  AccountRequests,
  Accounts,
  AllocationPolicy,
  Carriers,
  GuardedFetch,
  IdSource,
  LinkTokens,
  Mailer,
  Meter,
  OrderIntake,
  PasswordHasher,
  PushReader,
  SecretSource,
  ShopConnections,
  ShopReaders,
  Signals,
  UnitOfWork,
  Vault,
  WebhookSender,
} from '@rappit/domain';
import type { RateLimiter } from '@rappit/limits';
import type { PromMeter } from '@rappit/metrics';
import type { Doors, Persistence, Stores } from '@rappit/persistence';
import type { BillingBreaker, CarrierBreakers, ShopBreakers } from '@rappit/resilience';
import type { Logger } from 'pino';
import type { Log } from '../logger.js';
import type { PeoplePorts, Ports, UseCases } from '../use-cases.js';
import type { Connector } from './carrier-connections.js';
import type { Settings } from './settings.js';

declare const bound: unique symbol;
/** A name in the container that remembers what is bound to it. */
export type Token<Bound> = symbol & { readonly [bound]?: Bound };

const token = <Bound>(name: string): Token<Bound> => Symbol.for(`rappit.${name}`);

/** Everything that the container knows. */
export const tokens = {
  settings: token<Settings>('settings'),
  log: token<Log>('log'),
  logger: token<Logger>('logger'),
  persistence: token<Persistence>('persistence'),
  unitOfWork: token<UnitOfWork<Stores>>('unitOfWork'),
  intake: token<OrderIntake>('intake'),
  accounts: token<Accounts>('accounts'),
  doors: token<Doors>('doors'),
  passwords: token<PasswordHasher>('passwords'),
  accessTokens: token<AccessTokens>('accessTokens'),
  secrets: token<SecretSource>('secrets'),
  linkTokens: token<LinkTokens>('linkTokens'),
  accountRequests: token<AccountRequests>('accountRequests'),
  mailer: token<Mailer>('mailer'),
  signals: token<Signals>('signals'),
  openSignals: token<Signals & { readonly close: () => Promise<void>; readonly ping: (() => Promise<void>) | null }>(
    'openSignals',
  ),
  limiter: token<RateLimiter>('limiter'),
  vault: token<Vault>('vault'),
  ids: token<IdSource>('ids'),
  policy: token<AllocationPolicy>('policy'),
  connectors: token<readonly Connector[]>('connectors'),
  accountForms: token<AccountForms>('accountForms'),
  carriers: token<Carriers>('carriers'),
  breakers: token<CarrierBreakers>('breakers'),
  /** Null where nothing is sold. */
  billingBreaker: token<BillingBreaker | null>('billingBreaker'),
  billing: token<Ports['billing']>('billing'),
  shopBreakers: token<ShopBreakers>('shopBreakers'),
  shopConnections: token<ShopConnections>('shopConnections'),
  readers: token<ShopReaders>('readers'),
  pushReaders: token<readonly PushReader[]>('pushReaders'),
  guardedFetch: token<GuardedFetch>('guardedFetch'),
  webhookSender: token<WebhookSender>('webhookSender'),
  metrics: token<PromMeter>('metrics'),
  meter: token<Meter>('meter'),
  people: token<PeoplePorts>('people'),
  useCases: token<UseCases>('useCases'),
};
