import { inMemoryBackend } from './testing/backend.test-kit.js';
import { badInput } from './testing/bad-input.test-kit.js';

badInput(inMemoryBackend);
