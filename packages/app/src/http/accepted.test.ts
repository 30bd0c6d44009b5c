import { accepted } from './testing/accepted.test-kit.js';
import { inMemoryBackend } from './testing/backend.test-kit.js';

accepted(inMemoryBackend);
