export {
  type CarrierSimulator,
  type CarrierSimulatorOptions,
  type SoldLabel,
  startCarrierSimulator,
} from './carrier-simulator.js';
export { type FailureKind, failureKinds, type Operation } from './failures.js';
export { type SimulatedCarrierOptions, simulatedCarrier } from './simulated-carrier.js';
