import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { billing } from '../testing/billing.test-kit.js';

billing(inMemoryBackend);
