import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { orderLife } from '../testing/order-life.test-kit.js';

orderLife(inMemoryBackend);
