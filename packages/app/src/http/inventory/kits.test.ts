import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { kits } from '../testing/kits.test-kit.js';

kits(inMemoryBackend);
