import { keepContract } from '../wire/contract-world.test-kit.js';
import { fedexWorld } from './fedex-world.test-kit.js';

keepContract('fedexCarrier', fedexWorld);
