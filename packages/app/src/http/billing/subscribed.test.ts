import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { subscribed } from '../testing/subscribed.test-kit.js';

subscribed(inMemoryBackend);
