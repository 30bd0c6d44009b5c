import { inMemoryBackend } from './testing/backend.test-kit.js';
import { accepted } from './testing/accepted.test-kit.js';

accepted(inMemoryBackend);
