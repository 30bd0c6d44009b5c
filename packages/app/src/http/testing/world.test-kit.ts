import { stripeEventReader } from '@rappit/billing';
import { dhlPush } from '@rappit/carriers/dhl';
import { mergePdf } from '@rappit/carriers/documents';
import { fedexPush } from '@rappit/carriers/fedex';
import { shopifyReader } from '@rappit/channels/shopify';
import { wooReader } from '@rappit/channels/woocommerce';
import {
  type AccessTokens,
  bug,
  carriersOfAccounts,
  inProcessSignals,
  type Mail,
  type OrganizationId,
  ok,
  PickupBookingId,
  type PlanId,
  type Role,
  relayOutbox,
  type ShopConnections,
  soldTerms,
  UserId,
} from '@rappit/domain';
import { inProcessRateLimiter } from '@rappit/limits';
import {
  type FakeBilling,
  type FakeCarrier,
  type FakeMailer,
  type FakeMeter,
  type FakeShopConnection,
  type FakeWebhookSender,
  fakeAccountFormOf,
  fakeBilling,
  fakeCarrier,
  fakeConnections,
  fakeGuardedFetch,
  fakeLinkTokens,
  fakeMailer,
  fakeMeter,
  fakePasswords,
  fakeSecretSource,
  fakeShopConnection,
  fakeTokens,
  fakeVault,
  fakeWebhookSender,
  sha256,
} from '@rappit/testing/fakes';
import type { FastifyInstance } from 'fastify';
import { type DestinationStream, pino } from 'pino';
import { PERSONAL, SECRET } from '../../../../../test/markers.js';
import { type LimitSizes, limitTypes } from '../../limit-config.js';
import { redacted } from '../../redaction.js';
import { standingIn } from '../../remembered-standing.js';
import { keeperOf, subscribersOf } from '../../subscribers.js';
import { makeUseCases, type Ports, type UseCases } from '../../use-cases.js';
import type { HttpDeps } from '../deps.js';
import { buildServer } from '../server.js';
import type { Backend, MakeBackend } from './backend.test-kit.js';
import { type Answer, clientOf, read, type Send } from './client.test-kit.js';
import { documentedBy, documentOf } from './documented.test-kit.js';
import { type Gate, gateAround } from './gate.test-kit.js';
import { expectNoLeak } from './leaks.test-kit.js';
import { loggingWork, type WorkLog } from './work-log.test-kit.js';

/** Somebody who signed up: the admin of an organization of their own, unless told otherwise. */
export type Account = {
  readonly token: string;
  readonly refreshToken: string;
  readonly organizationId: OrganizationId;
  readonly userId: string;
  readonly email: string;
};

/** A server that listens, with everything around it in a test's hands. */
export type World = {
  readonly server: FastifyInstance;
  readonly origin: string;
  readonly port: number;
  readonly send: Send;
  readonly useCases: UseCases;
  readonly carrier: FakeCarrier;
  /** Others, under the codes of real ones. */
  readonly dhl: FakeCarrier;
  readonly fedex: FakeCarrier;
  readonly meter: FakeMeter;
  readonly gate: Gate;
  readonly work: WorkLog;
  readonly mailer: FakeMailer;
  readonly webhooks: FakeWebhookSender;
  readonly billing: FakeBilling;
  readonly shops: FakeShops;
  /** Hands on what happened in an organization, as its job does. */
  readonly relay: (organizationId: OrganizationId) => Promise<void>;
  /** Runs the jobs that mail is sent by, and answers all that was sent so far. */
  readonly mails: () => Promise<readonly Mail[]>;
  readonly logged: () => string;
  /** Statements so far; always 0 where nobody counts them. */
  readonly statements: () => number;
  readonly woken: () => readonly OrganizationId[];
  readonly signUp: () => Promise<Account>;
  /** Somebody with an organization of their own, who is a member of this one too, and acts for it. */
  readonly join: (organizationId: OrganizationId, role: Role) => Promise<Account>;
  /** Makes a user a member, whatever anybody thinks of it. */
  readonly makeMember: (organizationId: OrganizationId, userId: string, role: Role) => Promise<void>;
  /** From now on the account has another role, or (null) was removed from its organization. */
  readonly makeRole: (account: Account, role: Role | null) => Promise<void>;
  /** From now on the account may sign in nowhere. */
  readonly disable: (account: Account) => Promise<void>;
  /** The trial of the account's organization ended yesterday. */
  readonly endTrial: (account: Account) => Promise<void>;
  /** The account's organization buys a plan, and we have heard of it. Answers whose customer it is. */
  readonly buyPlan: (account: Account, plan: PlanId) => Promise<string>;
  /** As if whoever booked a pickup had died ten minutes ago, before the carrier answered. */
  readonly abandonPickup: (account: Account, pickupId: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** So many that no suite meets its limits, unless it is about them. */
export const generous = Object.fromEntries(
  limitTypes.map((name) => [name, { name, points: 1_000_000, seconds: 3_600 }]),
) satisfies LimitSizes;

export const PREFIX = '/api/v1';
export const BILLING_URL = 'https://rappit.example/billing';
/** Of DHL's, FedEx's and Stripe's webhooks. */
export const WEBHOOK_SECRET = `tracking ${SECRET}`;
/** The installation's own app signs its webhooks with it. */
export const APP_SECRET = `app ${SECRET}`;
export const PASSWORD = `correct horse ${SECRET}`;

/**
 * `tokens` are both issued and read; with `planLimits` there may be only what a plan includes; `connections` stand in for the shops of fakes; other
 * changes are of the server alone.
 */
export const openWorld = async (
  makeBackend: MakeBackend,
  {
    tokens,
    planLimits = false,
    connections,
    ...change
  }: Partial<
    Omit<HttpDeps, 'tokens'> & {
      readonly tokens: AccessTokens;
      readonly planLimits: boolean;
      readonly connections: ShopConnections;
    }
  > = {},
): Promise<World> => {
  const backend = await makeBackend();
  const { unitOfWork, organizations } = notingOrganizations(backend.unitOfWork);
  const [carrier, meter, gate] = [fakeCarrier(), fakeMeter(), gateAround(unitOfWork)];
  const [mailer, webhooks, billing] = [fakeMailer(), fakeWebhookSender(), fakeBilling(backend.now)];
  const [dhl, fedex] = [fakeCarrier('dhl'), fakeCarrier('fedex')];
  const shops = fakeShops(backend.now);
  const fakes = { carrier, dhl, fedex, gate, mailer, webhooks, billing, planLimits, shops, meter };
  const { ports, work } = loggingWork({
    ...portsOver(backend, fakes),
    ...(tokens && { tokens }),
    ...(connections && { connections }),
  });
  const useCases = makeUseCases(ports);
  const lines: string[] = [];
  const woken: OrganizationId[] = [];
  const relayed = relayOutbox({
    unitOfWork: backend.unitOfWork,
    subscribers: subscribersOf({ ...ports, beginTelling: async () => undefined }),
    keeper: keeperOf(ports),
  });
  const relay = async (organizationId: OrganizationId): Promise<void> => {
    while ((await relayed(organizationId)) > 0);
  };
  const server = await buildServer({
    useCases,
    read: ports.unitOfWork.read,
    tokens: ports.tokens,
    accounts: ports.accounts,
    recogniseKey: useCases.recogniseApiKey,
    forgetKeys: () => undefined,
    readiness: async () => ({ ready: true, checks: { database: 'up' }, tookMs: { database: 1 } }),
    expose: async () => ({ contentType: 'text/plain; version=0.0.4', body: '# nothing\n' }),
    metricsToken: null,
    meter,
    logger: pino({ level: 'info', formatters: { log: redacted } }, into(lines)),
    wake: (_job, organizationIds) => void woken.push(...organizationIds),
    nudge: () => undefined,
    signUp: 'immediate',
    terms: soldTerms,
    billingUrl: BILLING_URL,
    standingOf: standingIn({ read: backend.unitOfWork.read, meter, terms: soldTerms }),
    appUrl: 'https://desk.example.com',
    now: backend.now,
    apiPrefix: PREFIX,
    corsOrigins: [],
    limits: { limiter: inProcessRateLimiter(), sizes: generous, pause: async () => undefined },
    trustedProxies: [],
    pressure: { eventLoopDelayMs: 0, heapBytes: 0 },
    version: '0.0.0-test',
    ...change,
  });
  const listening: Promise<string> = server.listen({ host: '127.0.0.1', port: 0 });
  const origin = await listening;
  const makeMember: World['makeMember'] = async (organizationId, userId, role) => {
    await backend.unitOfWork.run(organizationId, async ({ members }) => ok(await members.add(UserId(userId), role)));
  };
  const answers: Pick<Answer, 'status' | 'text' | 'headers'>[] = [];
  const hear = ({ status, text, headers }: Answer) => void answers.push({ status, text, headers });
  const send = clientOf(origin, documentedBy(documentOf(server)), hear);
  return {
    server,
    origin,
    port: Number(new URL(origin).port),
    send,
    useCases,
    carrier,
    dhl,
    fedex,
    meter,
    gate,
    work,
    mailer,
    webhooks,
    billing,
    shops,
    relay,
    mails: async () => {
      await useCases.workAccountRequests();
      for (const organizationId of organizations) await relay(organizationId);
      return mailer.sent();
    },
    logged: () => lines.join(''),
    statements: backend.statements ?? (() => 0),
    woken: () => woken,
    signUp: signingUp(send),
    join: joining(send, makeMember),
    makeMember,
    makeRole: async ({ organizationId, userId }, role) => {
      const id = UserId(userId);
      await backend.unitOfWork.run(organizationId, async ({ members }) =>
        ok(role === null ? await members.remove(id) : await members.setRole(id, role)),
      );
    },
    disable: async ({ organizationId, userId }) => {
      await backend.unitOfWork.run(organizationId, async ({ users, now }) => ok(await users.disable(UserId(userId), now)));
    },
    endTrial: async ({ organizationId }) => {
      await backend.unitOfWork.run(organizationId, async ({ subscriptions, now }) => {
        const trialEndsAt = new Date(now.getTime() - 86_400_000);
        return ok(await subscriptions.save({ ...(await subscriptions.lock()), trialEndsAt }));
      });
    },
    buyPlan: async ({ organizationId, token }, plan) => {
      const page = read<{ url: string }>(await send('POST', `${PREFIX}/billing/checkout`, { token, json: { plan } }));
      billing.pay(page.url);
      await useCases.refreshSubscription(organizationId, 'bought');
      const { customerId } = await backend.unitOfWork.read(organizationId, ({ subscriptions }) => subscriptions.find());
      return customerId ?? bug('whoever bought is a customer');
    },
    abandonPickup: async ({ organizationId }, pickupId) => {
      await backend.unitOfWork.run(organizationId, async ({ pickups, now }) => {
        const pickup = (await pickups.lock(PickupBookingId(pickupId))) ?? bug('there is such a pickup');
        const askedAt = new Date(now.getTime() - 600_000);
        const before = { status: 'booking', confirmation: null, station: null, askedAt } as const;
        return ok(await pickups.save({ ...pickup, ...before, version: pickup.version + 1 }));
      });
    },
    close: async () => {
      await server.close();
      const stored = await backend.stored();
      await backend.close();
      expectNoLeak({ log: lines.join(''), meter, answers, stored });
    },
  };
};

/** Notes for which organizations anything was done. */
const notingOrganizations = (unitOfWork: Backend['unitOfWork']) => {
  const organizations = new Set<OrganizationId>();
  const noting: Backend['unitOfWork'] = {
    read: unitOfWork.read,
    run: (organizationId, work, once) => {
      organizations.add(organizationId);
      return unitOfWork.run(organizationId, work, once);
    },
  };
  return { unitOfWork: noting, organizations };
};

const into = (lines: string[]): DestinationStream => ({ write: (line) => void lines.push(line) });

type Fakes = {
  readonly carrier: FakeCarrier;
  readonly dhl: FakeCarrier;
  readonly fedex: FakeCarrier;
  readonly gate: Gate;
  readonly mailer: FakeMailer;
  readonly webhooks: FakeWebhookSender;
  readonly billing: FakeBilling;
  readonly planLimits: boolean;
  readonly shops: FakeShops;
  readonly meter: FakeMeter;
};

/** Shops of both kinds, in memory. */
export type FakeShops = { readonly shopify: FakeShopConnection; readonly woocommerce: FakeShopConnection };

const fakeShops = (now: () => Date): FakeShops => ({
  shopify: fakeShopConnection('shopify', { now, appSecrets: [APP_SECRET] }),
  woocommerce: fakeShopConnection('woocommerce', { now, lifetimeMinutes: null }),
});

const portsOver = (
  backend: Backend,
  { carrier, dhl, fedex, gate, mailer, webhooks, billing, planLimits, shops, meter }: Fakes,
): Ports => ({
  unitOfWork: gate.unitOfWork,
  intake: backend.intake,
  accounts: backend.accounts,
  accountRequests: backend.accountRequests,
  linkTokens: fakeLinkTokens,
  mailer,
  now: backend.now,
  passwords: fakePasswords,
  tokens: fakeTokens(backend.now),
  signals: inProcessSignals(),
  ids: backend.ids,
  digest: sha256,
  policy: backend.policy,
  mergePdf,
  carriers: carriersOfAccounts({
    unitOfWork: gate.unitOfWork,
    vault: fakeVault,
    connections: fakeConnections(carrier.carrier, { ...carrier.carrier, code: 'post' }, dhl.carrier, fedex.carrier),
  }),
  accountForms: new Map(['fake', 'post'].map((code) => [code, fakeAccountFormOf(code)])),
  door: backend.door,
  readers: { shopify: shopifyReader, woocommerce: wooReader },
  connections: shops,
  meter,
  addressOf: ({ kind, id }) => `https://hub.example.com${PREFIX}/webhooks/${kind}/${id}`,
  pause: () => Promise.resolve(),
  beginShowing: () => Promise.resolve(),
  carrierName: (carrier) => `Carrier ${carrier}`,
  pushReaders: [dhlPush(WEBHOOK_SECRET), fedexPush(WEBHOOK_SECRET)],
  vault: fakeVault,
  secrets: fakeSecretSource(),
  guardedFetch: fakeGuardedFetch().guardedFetch,
  webhookSender: webhooks.sender,
  billing: {
    limits: planLimits,
    provider: billing.provider,
    read: stripeEventReader({ webhookSecrets: [WEBHOOK_SECRET], livemode: false }),
  },
  chance: () => 0.5,
});

/** A member without an invitation, signed up and switched to the organization. */
const joining =
  (send: Send, makeMember: World['makeMember']) =>
  async (organizationId: OrganizationId, role: Role): Promise<Account> => {
    const account = await signingUp(send)();
    await makeMember(organizationId, account.userId, role);
    const switched = await send('POST', `${PREFIX}/auth/switch`, { token: account.token, json: { organizationId } });
    return { ...account, organizationId, token: read<{ token: string }>(switched).token };
  };

let people = 0;

const signingUp = (send: Send) => async (): Promise<Account> => {
  people += 1;
  const email = `person-${people}@${PERSONAL}.example`;
  const answer = await send('POST', `${PREFIX}/auth/register`, {
    json: { organizationName: `Shop ${people}`, name: `Person ${people}`, email, password: PASSWORD },
  });
  const session = read<{ token: string; refreshToken: string; organization: { id: OrganizationId }; user: { id: string } }>(
    answer,
  );
  return {
    token: session.token,
    refreshToken: session.refreshToken,
    organizationId: session.organization.id,
    userId: session.user.id,
    email,
  };
};
