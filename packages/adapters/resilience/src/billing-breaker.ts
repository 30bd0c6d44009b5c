import { type BillingFault, type BillingProvider, err, type Result } from '@rappit/domain';
import { type CircuitLimits, type CircuitState, circuit } from './circuit.js';

/** The window is several deadlines long, so that a provider that hangs is found out although few merchants pay at once. */
const usual: CircuitLimits = { failurePercent: 50, minimumCalls: 5, windowMs: 120_000, coolDownMs: 10_000, concurrency: 50 };

export type BillingBreaker = {
  readonly provider: BillingProvider;
  readonly state: () => CircuitState;
  /** Calls after that are left. */
  readonly close: () => void;
};

/**
 * A billing provider that is left alone while it fails.
 * - A call that wasn't made answers `billing.unavailable` at once, as one that failed does: both may be asked again.
 * - A refusal is the answer of a healthy provider.
 * - It neither repeats a call nor cuts one short: deadlines and retries are the adapter's own.
 */
export const billingBehindBreaker = (
  provider: BillingProvider,
  { limits }: { readonly limits?: Partial<CircuitLimits> } = {},
): BillingBreaker => {
  const { pass, state, shutDown } = circuit({ ...usual, ...limits }, () => undefined);
  const through = async <Value>(call: () => Promise<Result<Value, BillingFault>>): Promise<Result<Value, BillingFault>> => {
    const passed = await pass(call, (answer) => !answer.ok && answer.error.code === 'billing.unavailable');
    return passed.kind === 'made' ? passed.answer : err({ code: 'billing.unavailable' });
  };
  return {
    provider: {
      customerOf: (payer) => through(() => provider.customerOf(payer)),
      subscriptionsOf: (customerId) => through(() => provider.subscriptionsOf(customerId)),
      checkout: (purchase) => through(() => provider.checkout(purchase)),
      portal: (customerId, returnUrl) => through(() => provider.portal(customerId, returnUrl)),
      changePlan: (subscriptionId, plan) => through(() => provider.changePlan(subscriptionId, plan)),
      cancelAtPeriodEnd: (subscriptionId) => through(() => provider.cancelAtPeriodEnd(subscriptionId)),
      resume: (subscriptionId) => through(() => provider.resume(subscriptionId)),
      endStopped: (subscriptionId) => through(() => provider.endStopped(subscriptionId)),
      invoicesOf: (customerId, page) => through(() => provider.invoicesOf(customerId, page)),
    },
    state,
    close: shutDown,
  };
};
