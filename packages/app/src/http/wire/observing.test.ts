import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { observing } from '../testing/observing.test-kit.js';

observing(inMemoryBackend);
