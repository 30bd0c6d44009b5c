import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { webhookEndpoints } from '../testing/webhook-endpoints.test-kit.js';

webhookEndpoints(inMemoryBackend);
