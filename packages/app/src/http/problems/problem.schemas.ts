import Type from 'typebox';
import { Checks, QueueDepth, TookMs } from '../ops.schemas.js';
import { anyInteger, anyText, closed, component, listOf, moment, uuid } from '../vocabulary.schemas.js';
import { statusOf } from './problem.js';
import { titleOf } from './problem-titles.js';
import type { RefusalCode } from './refusals.js';

const Fault = Type.Object({ path: anyText, message: anyText }, closed);
const Shortfall = Type.Object({ sku: anyText, wanted: anyInteger, available: anyInteger }, closed);

export const Problem = component(
  'Problem',
  Type.Object(
    {
      type: anyText,
      title: anyText,
      status: anyInteger,
      code: Type.String({ description: 'Stable; what programs should look at.' }),
      detail: Type.Optional(anyText),
      errors: Type.Optional(listOf(Fault, { description: 'What is wrong, and where.' })),
      shortfalls: Type.Optional(listOf(Shortfall)),
      onHand: Type.Optional(anyInteger),
      available: Type.Optional(anyInteger),
      reserved: Type.Optional(anyInteger),
      listings: Type.Optional(anyInteger),
      waiting: Type.Optional(anyInteger),
      kits: Type.Optional(anyInteger),
      paymentStatus: Type.Optional(anyText),
      limit: Type.Optional(anyInteger),
      limitOf: Type.Optional(Type.String({ description: 'What there is a limit of, as plans name it.' })),
      usage: Type.Optional(anyInteger),
      violatedPolicies: Type.Optional(
        listOf(anyText, { description: 'The limits that were passed, by the names of `RateLimit-Policy`.' }),
      ),
      orderStatus: Type.Optional(anyText),
      shipmentStatus: Type.Optional(anyText),
      returnStatus: Type.Optional(anyText),
      pickupStatus: Type.Optional(anyText),
      reservationStatus: Type.Optional(anyText),
      subscriptionStatus: Type.Optional(anyText),
      billingUrl: Type.Optional(Type.String({ description: 'Where to pay, in a browser.' })),
      action: Type.Optional(anyText),
      orderId: Type.Optional(uuid),
      shipmentId: Type.Optional(uuid),
      shipmentIds: Type.Optional(listOf(uuid)),
      locationIds: Type.Optional(listOf(uuid)),
      version: Type.Optional(anyInteger),
      mayTrackAt: Type.Optional(moment),
      checks: Type.Optional(Checks),
      tookMs: Type.Optional(TookMs),
      queue: Type.Optional(QueueDepth),
    },
    {
      ...closed,
      description: 'RFC 9457. The codes are listed in docs/errors.md.',
      examples: [
        {
          type: 'urn:rappit:problem:order.insufficient_stock',
          title: titleOf['order.insufficient_stock'],
          status: 409,
          code: 'order.insufficient_stock',
          shortfalls: [{ sku: 'TEE-BLACK-M', wanted: 3, available: 2 }],
        },
      ],
    },
  ),
);

/** What any route may answer. */
const everywhere: readonly RefusalCode[] = [
  'request.invalid',
  'request.malformed',
  'request.url_malformed',
  'request.uri_too_long',
  'server.fault',
  'server.unavailable',
];
const whereSignedIn: readonly RefusalCode[] = ['token.invalid', 'permission.denied', 'rate_limit.exceeded'];
const withBody: readonly RefusalCode[] = [
  'request.too_large',
  'request.media_type_unsupported',
  'store.conflict',
  'store.unstorable',
];
const withKey: readonly RefusalCode[] = ['idempotency.in_progress', 'idempotency.key_reused'];

/** The kinds of routes, by what they have in common to refuse. */
const kinds = {
  none: [],
  public: everywhere,
  publicWrite: [...everywhere, ...withBody, 'rate_limit.exceeded'],
  read: [...everywhere, ...whereSignedIn],
  change: [...everywhere, ...whereSignedIn, ...withBody],
  post: [...everywhere, ...whereSignedIn, ...withBody, ...withKey],
} as const;

const PROBLEM_MEDIA = 'application/problem+json';
type Documented = {
  readonly description: string;
  readonly content: { readonly [PROBLEM_MEDIA]: { readonly schema: typeof Problem.ref } };
};

/** Response schemas of the refusals that a route may answer, by status, each status listing its codes. */
export const refusals = (kind: keyof typeof kinds, ...codes: readonly RefusalCode[]): Readonly<Record<number, Documented>> => {
  const byStatus = new Map<number, string[]>();
  for (const code of new Set([...kinds[kind], ...codes]))
    byStatus.set(statusOf[code], [...(byStatus.get(statusOf[code]) ?? []), `- \`${code}\`: ${titleOf[code]}`]);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, lines]) => [
        status,
        { description: lines.sort().join('\n'), content: { [PROBLEM_MEDIA]: { schema: Problem.ref } } },
      ]),
  );
};
