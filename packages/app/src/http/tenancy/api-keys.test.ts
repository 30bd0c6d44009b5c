import { apiKeys } from '../testing/api-keys.test-kit.js';
import { inMemoryBackend } from '../testing/backend.test-kit.js';

apiKeys(inMemoryBackend);
