import { inMemoryBackend } from './testing/backend.test-kit.js';
import { isolation } from './testing/isolation.test-kit.js';

isolation(inMemoryBackend);
