import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { faults } from '../testing/faults.test-kit.js';

faults(inMemoryBackend);
