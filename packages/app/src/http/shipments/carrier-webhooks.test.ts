import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { carrierWebhooks } from '../testing/carrier-webhooks.test-kit.js';

carrierWebhooks(inMemoryBackend);
