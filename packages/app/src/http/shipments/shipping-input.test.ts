import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { shippingInput } from '../testing/shipping-input.test-kit.js';

shippingInput(inMemoryBackend);
