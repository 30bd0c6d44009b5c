import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { rates } from '../testing/rates.test-kit.js';

rates(inMemoryBackend);
