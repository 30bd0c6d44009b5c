import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { lowStock } from '../testing/low-stock.test-kit.js';

lowStock(inMemoryBackend);
