import { inMemoryBackend } from './testing/backend.test-kit.js';
import { lists } from './testing/lists.test-kit.js';

lists(inMemoryBackend);
