import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { webhooks } from '../testing/webhooks.test-kit.js';

webhooks(inMemoryBackend);
