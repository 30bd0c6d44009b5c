import type { Persistence } from '@rappit/persistence';
import type { BillingBreaker, CarrierBreakers } from '@rappit/resilience';
import type { Readiness } from './http/deps.js';

/** How long the database may take to answer before it counts as away. */
const PATIENCE_MS = 2_000;

/**
 * Whether this process can do its work: the database answers. How carriers and the billing provider stand is told besides: one that is left alone keeps nobody from
 * placing orders, and so no process from being asked.
 */
export const readiness =
  (
    persistence: Pick<Persistence, 'ping'>,
    breakers: Pick<CarrierBreakers, 'states'>,
    billing: Pick<BillingBreaker, 'state'> | null,
  ) =>
  async (): Promise<Readiness> => {
    const database = await inTime(persistence.ping());
    const carriers = [...breakers.states()].map(([code, state]) => [`carrier.${code}`, state] as const);
    return {
      ready: database,
      checks: {
        database: database ? 'up' : 'down',
        ...Object.fromEntries(carriers),
        ...(billing && { billing: billing.state() }),
      },
    };
  };

/** Whoever is about to stop isn't ready for anything new, however well it is. */
export const leavingOr =
  (departure: { readonly told: boolean }, otherwise: () => Promise<Readiness>) => async (): Promise<Readiness> =>
    departure.told ? { ready: false, checks: { process: 'leaving' } } : otherwise();

const inTime = async (work: Promise<void>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};
