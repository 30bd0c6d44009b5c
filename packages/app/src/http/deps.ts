import type { AccessTokens, Accounts, KeyHolder, Meter, OrganizationId, Terms, UnitOfWork } from '@rappit/domain';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config.js';
import type { ACCOUNT_REQUESTS } from '../jobs/jobs.js';
import type { SimulatedShops } from '../staging/shop-window.js';
import type { Stores, UseCases } from '../use-cases.js';
import type { RequestLimits } from './limits/request-limits.js';
import type { Readiness } from './ready.js';
import type { StandingOf } from './standing.js';
import type { PressureLimits } from './wire/pressure.js';

/** How long a client may take for the head of a request and for all of it, and how often that is looked at. */
export type Patience = { readonly headersMs: number; readonly requestMs: number; readonly lookEveryMs: number };

/** All that the HTTP layer needs, as one plain object. A pino logger is a `FastifyBaseLogger`. */
export type HttpDeps = {
  readonly useCases: UseCases;
  /** Reading needs no use case: routes read through the unit of work, and so only what belongs to the caller's organization. */
  readonly read: UnitOfWork<Stores>['read'];
  readonly tokens: Pick<AccessTokens, 'read'>;
  /** Whose secret of an API key this is. May remember its answers for a moment; `forgetKeys` ends that. */
  readonly recogniseKey: (secret: string) => Promise<KeyHolder | undefined>;
  /** Called after a key was revoked. */
  readonly forgetKeys: () => void;
  readonly accounts: Pick<Accounts, 'membership' | 'membershipsOf'>;
  /** Answers within a few seconds, whatever hangs. */
  readonly readiness: () => Promise<Readiness>;
  /** Whether this server is about to stop: each answer then ends its connection, and the next request goes elsewhere. */
  readonly isLeaving?: () => boolean;
  /** The metrics as they are scraped. */
  readonly expose: () => Promise<{ readonly contentType: string; readonly body: string }>;
  /** What a scraper has to send as its bearer token; null leaves the metrics open. */
  readonly metricsToken: string | null;
  readonly meter: Meter;
  readonly logger: FastifyBaseLogger;
  /** Called after something was stored that a job works off, so that it does so at once. Never throws. */
  readonly wake: (
    job: 'inbox' | 'imports' | 'webhooks' | 'backlog' | 'channels' | 'fulfilments',
    organizationIds: readonly OrganizationId[],
  ) => void;
  /** The same for what is of no organization. */
  readonly nudge: (sweep: typeof ACCOUNT_REQUESTS) => void;
  /** `confirmed`: signing up answers the same for every address, and goes on by mail. */
  readonly signUp: Config['signUp'];
  /** Where people look after what their organization pays for, in a browser. */
  readonly billingUrl: string;
  /** Where an organization's subscription stands. May remember its answers for a moment. */
  readonly standingOf: StandingOf;
  /** What subscriptions mean here: an installation may sell none. */
  readonly terms: Terms;
  /** Where people open the app in a browser, without a slash at its end. */
  readonly appUrl: string;
  readonly now: () => Date;
  /** Where the routes begin, such as `/api/v1`; a missing slash is added. */
  readonly apiPrefix: string;
  /** Origins whose pages may use the API from a browser, such as `https://desk.example.com`; `*` for any. */
  readonly corsOrigins: readonly string[];
  readonly pressure: PressureLimits;
  readonly limits: RequestLimits;
  /** Who may say for whom a request comes (`X-Forwarded-For`), as addresses and networks; from anybody else it counts for nothing. */
  readonly trustedProxies: readonly string[];
  /** Absent where no shop is simulated, as in production: then there is no route below `/test`. */
  readonly simulatedShops?: SimulatedShops;
  readonly patience?: Patience;
  /** Of this software, for the API document. */
  readonly version: string;
};
