import {
  type Address,
  type Carrier,
  type CarrierUnavailable,
  type Consignment,
  err,
  type Label,
  type Pickup,
  type PickupOrder,
  type Refusal,
  type Result,
} from '@rappit/domain';
import type { BreakerOperation, CarrierBreakers } from './carrier-breakers.js';
import type { Passed } from './circuit.js';

export type BehindBreakerOptions = {
  /** The carrier account, unique over all organizations. */
  readonly account: string;
  readonly breakers: CarrierBreakers;
};

/**
 * A carrier that is left alone while it fails, and whose calls are measured.
 * - A call that wasn't made answers `carrier.unavailable` at once.
 * - `carrier.unavailable` and `carrier.unknown_outcome` count as failures; a refusal, a wrong key and an unknown reference are answers of a healthy carrier.
 * - It neither repeats a call nor cuts one short: the deadline is the adapter's own, and every answer reaches the caller.
 */
export const behindBreaker = (carrier: Carrier, options: BehindBreakerOptions): Carrier => {
  const through =
    <Asked, Value, Refused extends Refusal>(
      operation: BreakerOperation,
      call: (asked: Asked) => Promise<Result<Value, Refused>>,
    ) =>
    (asked: Asked): Promise<Result<Value, Refused | CarrierUnavailable>> =>
      guarded(carrier.code, operation, options)(() => call(asked));
  return {
    code: carrier.code,
    supports: carrier.supports,
    trackingPage: carrier.trackingPage,
    buyLabel: async (order) => {
      const answer = await guarded(carrier.code, 'buyLabel', options)(() => carrier.buyLabel(order));
      countPurchase(carrier.code, options, answer.ok ? 'bought' : reasonOf(answer.error));
      countCost(carrier.code, options, answer);
      return answer;
    },
    findByReference: async (trace) => {
      const answer = await guarded(carrier.code, 'findByReference', options)(() => carrier.findByReference(trace));
      if (answer.ok) countPurchase(carrier.code, options, 'found');
      countCost(carrier.code, options, answer);
      return answer;
    },
    voidLabel: through('voidLabel', (number: string) => carrier.voidLabel(number)),
    quoteRates: through('quoteRates', (consignment: Consignment) => carrier.quoteRates(consignment)),
    track: through('track', (numbers: readonly string[]) => carrier.track(numbers)),
    proofOfDelivery: through('proofOfDelivery', (number: string) => carrier.proofOfDelivery(number)),
    bookPickup: through('bookPickup', (order: PickupOrder) => carrier.bookPickup(order)),
    cancelPickup: through('cancelPickup', (pickup: Pickup) => carrier.cancelPickup(pickup)),
    validateAddress: through('validateAddress', (address: Address) => carrier.validateAddress(address)),
  };
};

const guarded =
  (carrier: string, operation: BreakerOperation, { account, breakers }: BehindBreakerOptions) =>
  async <Value, Refused extends Refusal>(
    call: () => Promise<Result<Value, Refused>>,
  ): Promise<Result<Value, Refused | CarrierUnavailable>> => {
    const { meter, monotonicMs } = breakers;
    const asked = (outcome: string) => meter.count('carrier_requests_total', { carrier, operation, outcome });
    const timed = async () => {
      const startedAt = monotonicMs();
      try {
        return await call();
      } catch (error) {
        asked('threw');
        throw error;
      } finally {
        meter.observe('carrier_request_duration_ms', { carrier, operation }, monotonicMs() - startedAt);
      }
    };
    const passed: Passed<Result<Value, Refused>> = await breakers
      .circuitOf({ carrier, account, operation })
      .pass(timed, isFailure);
    if (passed.kind === 'left') {
      asked(passed.because === 'open' ? 'breaker_open' : 'over_capacity');
      return err({ code: 'carrier.unavailable', message: reasonsToLeave[passed.because] });
    }
    asked(passed.answer.ok ? 'ok' : reasonOf(passed.answer.error));
    return passed.answer;
  };

const reasonsToLeave = {
  open: 'The carrier has been failing and is left alone for a moment.',
  full: 'Too many requests to this carrier are under way.',
} as const;

const failures: readonly string[] = ['carrier.unavailable', 'carrier.unknown_outcome'];
const isFailure = (answer: Result<unknown, Refusal>): boolean => !answer.ok && failures.includes(answer.error.code);

/** `carrier.unknown_outcome` → `unknown_outcome`. */
const reasonOf = ({ code }: Refusal): string => code.slice(code.indexOf('.') + 1);

const countPurchase = (carrier: string, { breakers }: BehindBreakerOptions, outcome: string): void =>
  breakers.meter.count('labels_bought_total', { carrier, outcome });

/** A label that was found again was paid for as well: its purchase had no answer to count. */
const countCost = (carrier: string, { breakers }: BehindBreakerOptions, answer: Result<Label, Refusal>): void => {
  if (!answer.ok || !answer.value.cost) return;
  const { amountMinor, currency } = answer.value.cost;
  if (amountMinor > 0) breakers.meter.count('carrier_cost_minor_total', { carrier, currency }, amountMinor);
};
