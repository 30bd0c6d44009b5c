import type { RateLimit } from '@rappit/limits';
import { z } from 'zod';

/** What is limited, with so many points in so many seconds unless `RATE_LIMIT_*` says otherwise. */
const usual = {
  auth_ip: [5, 900],
  auth_email: [10, 900],
  api_user: [1_000, 60],
  api_org: [5_000, 60],
  webhook_ip: [100, 60],
  webhook_org: [500, 60],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

export type LimitType = keyof typeof usual;
export const limitTypes = Object.keys(usual) as readonly LimitType[];

/** A type that isn't here isn't limited. */
export type LimitSizes = Readonly<Partial<Record<LimitType, RateLimit>>>;

/** The variable of a type, such as `RATE_LIMIT_AUTH_IP`. */
export const limitVariable = (type: LimitType): string => `RATE_LIMIT_${type.toUpperCase()}`;

const MOST = 1_000_000_000;
const size = z
  .string()
  .regex(/^(?:off|[1-9]\d{0,9}(?:\/[1-9]\d{0,5})?)$/, 'must be a count, a count and seconds such as 5/900, or off')
  .refine((text) => text === 'off' || Number(text.split('/')[0]) <= MOST, `must not be above ${MOST}`)
  .optional();

/** Reads the limits, with what is wrong about them. In production none can be switched off. */
export const readLimits = (
  environment: Readonly<Record<string, string | undefined>>,
  inProduction: boolean,
): { readonly sizes: LimitSizes; readonly faults: readonly string[] } => {
  const faults: string[] = [];
  const sizes = limitTypes.flatMap((type) => {
    const variable = limitVariable(type);
    const parsed = size.safeParse(environment[variable]);
    if (!parsed.success) faults.push(`${variable}: ${parsed.error.issues[0]?.message ?? 'is invalid'}`);
    if (parsed.data === 'off' && inProduction) faults.push(`${variable}: must not be off when NODE_ENV is production`);
    if (!parsed.success || parsed.data === 'off') return [];
    const [points = usual[type][0], seconds = usual[type][1]] = (parsed.data ?? '').split('/').filter(Boolean).map(Number);
    return [[type, { name: type, points, seconds }] as const];
  });
  return { sizes: Object.fromEntries(sizes), faults };
};
