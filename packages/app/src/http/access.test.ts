import { access } from './testing/access.test-kit.js';
import { inMemoryBackend } from './testing/backend.test-kit.js';

access(inMemoryBackend);
