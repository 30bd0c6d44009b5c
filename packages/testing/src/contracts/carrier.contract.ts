import { carrierBuying } from './carrier-buying.contract.js';
import { carrierFinding } from './carrier-finding.contract.js';
import { carrierOnce } from './carrier-once.contract.js';
import { carrierServices } from './carrier-services.contract.js';
import { carrierTracking } from './carrier-tracking.contract.js';
import type { CarrierWorld } from './carrier-world.js';
import type { ContractCase } from './contract.js';

/** Everything that the port of a carrier promises. What an adapter can't do, its `supports` says and its calls refuse. */
export const carrierContract: readonly ContractCase<CarrierWorld>[] = [
  ...carrierBuying,
  ...carrierFinding,
  ...carrierServices,
  ...carrierTracking,
  ...carrierOnce,
];
