import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { documents } from '../testing/documents.test-kit.js';

documents(inMemoryBackend);
