export { type FedexSimulator, type FedexSimulatorOptions, startFedexSimulator } from './fedex-simulator.js';
