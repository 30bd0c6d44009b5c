export { type BehindBreakerOptions, behindBreaker } from './behind-breaker.js';
export { type BillingBreaker, billingBehindBreaker } from './billing-breaker.js';
export {
  type BreakerKey,
  type BreakerOperation,
  type CarrierBreakers,
  type CarrierBreakersOptions,
  carrierBreakers,
} from './carrier-breakers.js';
export type { Circuit, CircuitLimits, CircuitState, Passed } from './circuit.js';
export { type ShopBreakers, type ShopBreakersOptions, shopBreakers } from './shop-behind-breaker.js';
