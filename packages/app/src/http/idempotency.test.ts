import { inMemoryBackend } from './testing/backend.test-kit.js';
import { idempotency } from './testing/idempotency.test-kit.js';

idempotency(inMemoryBackend);
