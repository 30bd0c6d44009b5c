export {
  type DhlSimulator,
  type DhlSimulatorOptions,
  type Recorded,
  type ScenarioFault,
  type SeenScan,
  startDhlSimulator,
} from './dhl-simulator.js';
