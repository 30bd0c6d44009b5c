import { inMemoryBackend } from './testing/backend.test-kit.js';
import { guessing } from './testing/guessing.test-kit.js';

guessing(inMemoryBackend);
