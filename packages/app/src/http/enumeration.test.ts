import { inMemoryBackend } from './testing/backend.test-kit.js';
import { enumeration } from './testing/enumeration.test-kit.js';

enumeration(inMemoryBackend);
