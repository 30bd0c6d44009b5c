import { keepContract } from '../wire/contract-world.test-kit.js';
import { dhlWorld } from './dhl-world.test-kit.js';

keepContract('dhlCarrier', dhlWorld);
