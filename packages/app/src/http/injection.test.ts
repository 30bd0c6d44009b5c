import { inMemoryBackend } from './testing/backend.test-kit.js';
import { injection } from './testing/injection.test-kit.js';

injection(inMemoryBackend);
