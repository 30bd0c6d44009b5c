import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { orderFilters } from '../testing/order-filters.test-kit.js';

orderFilters(inMemoryBackend);
