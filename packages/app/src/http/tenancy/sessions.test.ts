import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { sessions } from '../testing/sessions.test-kit.js';

sessions(inMemoryBackend);
