import { inMemoryBackend } from './testing/backend.test-kit.js';
import { hardening } from './testing/hardening.test-kit.js';

hardening(inMemoryBackend);
