import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { shipping } from '../testing/shipping.test-kit.js';

shipping(inMemoryBackend);
