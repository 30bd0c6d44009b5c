import { inMemoryBackend } from './testing/backend.test-kit.js';
import { access } from './testing/access.test-kit.js';

access(inMemoryBackend);
