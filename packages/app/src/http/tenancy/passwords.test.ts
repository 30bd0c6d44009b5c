import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { passwords } from '../testing/passwords.test-kit.js';

passwords(inMemoryBackend);
